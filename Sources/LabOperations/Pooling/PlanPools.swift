package import LabDomain
internal import LabPooling
internal import LabStore

/// What somebody wants of a proposal.
package struct PoolWishes: Codable, Hashable, Sendable {
    /// The scheme of every class that may be pooled; nil is the one with the fewest tests.
    package var scheme: PoolScheme?
    /// Scans of tubes that are to be tested by themselves.
    package var singly: [String]
    /// The prevalence of a class, where somebody knows of more positives, or nothing was read.
    package var prevalence: [RiskClass: Double]

    /// Wishes; none by default.
    package init(
        scheme: PoolScheme? = nil, singly: [String] = [], prevalence: [RiskClass: Double] = [:]
    ) {
        self.scheme = scheme
        self.singly = singly
        self.prevalence = prevalence
    }
}

extension Laboratory {
    /// Which pools would be formed now; nothing is stored.
    ///
    /// For whoever may form pools.
    package func planPools(
        _ wishes: PoolWishes = PoolWishes(), as handle: String, at now: Timestamp
    ) throws -> PoolProposal {
        try look(.formPools, as: handle) { view in
            let planning = PoolPlanning(rules: try rules(in: view), view: view, now: now)
            let known = try view.prevalence(under: planning.rules, at: now, keptReadings)
            return try planning.proposal(
                of: try planning.planned(wishes, known), wishes, known)
        }
    }
}

/// Loads what waits, asks the pure plan for each class, and adds up.
struct PoolPlanning {
    let rules: Rules
    let view: StoreView
    let now: Timestamp

    /// The plan of each class that waits, in the order of classes.
    func classes(
        _ wishes: PoolWishes, _ known: [RiskClass: ClassPrevalence]
    ) throws -> [(PoolClassPlan, ClassPrevalence?)] {
        let singly = try tubes(wishes.singly)
        let pooling = try rules.pooling()
        let waiting = Dictionary(grouping: try view.tubesToPool(), by: \.risk)
        try refuseUnknown(singly, among: waiting)
        return try RiskClass.allCases.compactMap { risk in
            guard let own = waiting[risk] else { return nil }
            let estimate = known[risk]
            guard let prevalence = share(of: risk, wishes, known) else {
                guard pooling.risks.contains(risk) else {
                    // A class that is never pooled needs no estimate to be so.
                    return (try plan(risk, own, 0, pooling, wishes, singly), nil)
                }
                throw Refusal(
                    .rule, NamedPools.unknownPrevalence(of: risk),
                    remedy: """
                        Add it to the programme, or give --prevalence \(risk.word)=SHARE.
                        """)
            }
            return (try plan(risk, own, prevalence, pooling, wishes, singly), estimate)
        }
    }

    private func share(
        of risk: RiskClass, _ wishes: PoolWishes, _ known: [RiskClass: ClassPrevalence]
    ) -> Double? {
        ClassPrevalence.share(wished: wishes.prevalence[risk], known: known[risk])
    }

    private func plan(
        _ risk: RiskClass, _ waiting: [WaitingTube], _ prevalence: Double,
        _ pooling: PoolingRules, _ wishes: PoolWishes, _ singly: Set<TubeID>
    ) throws -> PoolClassPlan {
        do throws(PoolingFault) {
            return try PoolClassPlan(
                risk: risk, of: waiting, prevalence: prevalence, under: pooling,
                asked: wishes.scheme, singly: singly, at: now)
        } catch {
            throw Refusal(
                .badData, "The class \(risk.word) cannot be planned: \(error).",
                remedy: "Give a share from 0 to 1.")
        }
    }

    private func tubes(_ scans: [String]) throws -> Set<TubeID> {
        let (tubes, places) = rules.tubes(scanned: scans)
        guard places.isEmpty else {
            throw Refusal(
                .badData, "Not every barcode can be read; nothing was planned.",
                remedy: "Scan them again.", places: places)
        }
        return Set(tubes.map(\.0))
    }

    private func refuseUnknown(
        _ singly: Set<TubeID>, among waiting: [RiskClass: [WaitingTube]]
    ) throws {
        let known = Set(waiting.values.joined().map(\.tube.id))
        let strangers = singly.subtracting(known).sorted()
        guard strangers.isEmpty else {
            throw Refusal(
                .rule, "Not every named tube waits for its first test; nothing was planned.",
                remedy: "Leave them out.",
                places: strangers.map {
                    Refusal.Place(
                        subject: $0.text, code: "not-waiting",
                        message: "It is no single tube that waits for its first test.",
                        remedy: "See swabline trace.")
                })
        }
    }

    /// The plan of each class, when the scheme that was asked for is allowed.
    func planned(
        _ wishes: PoolWishes, _ known: [RiskClass: ClassPrevalence]
    ) throws -> [(PoolClassPlan, ClassPrevalence?)] {
        if let scheme = wishes.scheme { try rules.check(scheme) }
        return try classes(wishes, known)
    }

    /// What the plans of all classes come to.
    func proposal(
        of planned: [(PoolClassPlan, ClassPrevalence?)], _ wishes: PoolWishes,
        _ known: [RiskClass: ClassPrevalence]
    ) throws -> PoolProposal {
        let plans = planned.map(\.0)
        let other = try view.otherTestsWaiting()
        let mixed = try mixedTubes(other.mixed, wishes, known)
        var pools: [PoolProposal.Pool] = []
        for plan in plans {
            guard let scheme = plan.scheme else { continue }
            for pool in plan.pools {
                pools.append(
                    PoolProposal.Pool(
                        number: pools.count + 1, risk: plan.risk, scheme: scheme,
                        tubes: pool.map(\.tube.id)))
            }
        }
        let firstTests = plans.reduce(0) { $0 + $1.firstTests }
        let wells = firstTests + mixed.tubes + other.first + other.second
        let retests = plans.reduce(0) { $0 + $1.tests } - Double(firstTests)
        let bench = rules.settings.bench
        let room =
            rules.settings.plateFormat.rawValue
            - rules.settings.controls(for: .first).controls.count
        // A plate holds one kit.
        let plates =
            (wells - other.second + room - 1) / room + (other.second + room - 1) / room
        let retestPlates = Int((retests / Double(room)).rounded(.up))
        let rounds = (plates + bench.instruments - 1) / bench.instruments
        let later = (retestPlates + bench.instruments - 1) / bench.instruments
        let positives = bench.sensitivity * plans.reduce(0) { $0 + $1.positives }
        let roundsAfter = try rules.pooling().roundsAfter
        let stages = (plans.compactMap(\.scheme?.stages).max() ?? 1) + roundsAfter
        let due = plans.compactMap(\.earliestDue).min()
        let first = Span(milliseconds: bench.round.milliseconds * Int64(rounds))
        return PoolProposal(
            classes: planned.map { summary($0, $1) }, mixed: mixed, pools: pools,
            singly: plans.flatMap { plan in
                plan.singly.map {
                    PoolProposal.Single(
                        tube: $0.waiting.tube.id, risk: plan.risk, reason: $0.reason)
                }
            }, wells: wells, expectedRetests: retests, plates: plates,
            expectedRetestPlates: retestPlates, firstVerdicts: first,
            lastVerdicts: Span(
                milliseconds: first.milliseconds + bench.round.milliseconds
                    * Int64(max(later, stages - 1))),
            earliestDue: due,
            isTooSlow: due.map { now.advanced(by: first) > $0 } ?? false,
            missedShare: positives > 0 ? plans.reduce(0) { $0 + $1.missed } / positives : 0)
    }

    private func mixedTubes(
        _ tubes: [(risk: RiskClass, people: Int)], _ wishes: PoolWishes,
        _ known: [RiskClass: ClassPrevalence]
    ) throws -> PoolProposal.Mixed {
        let bench = rules.settings.bench
        var positive = 0.0
        var callBacks = 0.0
        for tube in tubes {
            let prevalence = share(of: tube.risk, wishes, known) ?? 0
            let clear = ClusterModel.independent.clear(tube.people, prevalence: prevalence)
            // False alarms call people back too.
            let chance = bench.sensitivity * (1 - clear) + (1 - bench.specificity) * clear
            positive += chance
            callBacks += chance * Double(tube.people)
        }
        return PoolProposal.Mixed(
            tubes: tubes.count, people: tubes.reduce(0) { $0 + $1.people },
            expectedPositiveTubes: positive, expectedCallBacks: callBacks)
    }

    private func summary(
        _ plan: PoolClassPlan, _ prevalence: ClassPrevalence?
    ) -> PoolProposal.Class {
        let kept = plan.candidates.first { $0.scheme == plan.scheme }?.kept ?? 1
        let why = PoolClassReason(plan, rules)
        return PoolProposal.Class(
            risk: plan.risk, tubes: plan.pools.reduce(plan.singly.count) { $0 + $1.count },
            scheme: plan.scheme, pools: plan.pools.count, singly: plan.singly.count,
            prevalence: prevalence, plannedWith: plan.prevalence,
            reason: why.sentence, why: why,
            expectedTests: plan.tests, expectedPositives: plan.positives, sensitivityKept: kept,
            savedByHouseholds: plan.testsIfScattered - plan.tests,
            costOfWholeHouseholds: max(0, plan.tests - plan.testsIfFull))
    }
}
