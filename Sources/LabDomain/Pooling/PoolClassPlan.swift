package import LabPooling

/// The pools that are proposed for the waiting tubes of one risk class.
package struct PoolClassPlan: Sendable {
    /// A tube that is tested by itself.
    package struct Single: Hashable, Sendable {
        package let waiting: WaitingTube
        package let reason: SinglyReason
    }

    /// One way to test the class, as it was weighed.
    package struct Candidate: Hashable, Sendable {
        /// Nil is everybody singly.
        package let scheme: PoolScheme?
        /// Expected tests of the whole class, retests included.
        package let tests: Double
        /// Of the positives that single tests find, the share that it finds too.
        package let kept: Double
        /// Whether the floor on sensitivity lets it be chosen.
        package let keepsFloor: Bool
    }

    package let risk: RiskClass
    package let prevalence: Double
    /// Nil when everybody is tested singly.
    package let scheme: PoolScheme?
    /// Members of each pool in pipetting order, households together.
    package let pools: [[WaitingTube]]
    package let singly: [Single]
    /// What was weighed; empty where a rule decides before any cost.
    package let candidates: [Candidate]
    /// Why the class as a whole is tested singly; nil when it is pooled.
    package let classReason: SinglyReason?
    /// Expected tests, retests included.
    package let tests: Double
    /// The same pools if no two of their people shared a household.
    package let testsIfScattered: Double
    /// Tests of the fullest pools, with households cut at their borders.
    package let testsIfFull: Double
    /// Expected positives, and those that the pools miss beyond single tests.
    package let positives: Double
    package let missed: Double

    /// When the first clock of its tubes runs out; nil when none runs.
    package var earliestDue: Timestamp? {
        let pooled = pools.lazy.joined().compactMap(\.dueAt).min()
        let single = singly.lazy.compactMap(\.waiting.dueAt).min()
        return [pooled, single].compactMap(\.self).min()
    }

    /// Tests that are done at once: pools and single tubes.
    package var firstTests: Int { pools.count + singly.count }
}

extension PoolClassPlan {
    /// Chooses how the tubes of one class are tested, and puts them into pools (POOL-2 to POOL-5,
    /// POOL-10 to POOL-14).
    ///
    /// `waiting` are the tubes of the class in their order of receipt. A scheme that was asked for
    /// stands instead of the one with the fewest tests, and the tubes of `singly` are tested by
    /// themselves.
    /// - Throws: `PoolingFault` for a prevalence or correlation that is none.
    package init(
        risk: RiskClass, of waiting: [WaitingTube], prevalence: Double, under rules: PoolingRules,
        asked: PoolScheme? = nil, singly: Set<TubeID> = [], at now: Timestamp
    ) throws(PoolingFault) {
        var builder = try PoolPlanBuilder(
            waiting: waiting, prevalence: prevalence, rules: rules, singly: singly, now: now)
        if let reason = Self.wholeClass(risk, prevalence, rules) {
            self.init(risk, builder, try builder.everybodySingly(reason), [], reason)
            return
        }
        let single = try builder.everybodySingly(.costsLess)
        var weighed = [Candidate(scheme: nil, tests: single.tests, kept: 1, keepsFloor: true)]
        var admitted: [PoolPlanBuilder.Draft] = []
        for scheme in asked.map({ [$0] }) ?? rules.schemes {
            let draft = try builder.pooled(by: scheme)
            let keepsFloor = rules.kept(by: scheme) >= rules.floor - 1e-12
            weighed.append(
                Candidate(
                    scheme: scheme, tests: draft.tests, kept: rules.kept(by: scheme),
                    keepsFloor: keepsFloor))
            if keepsFloor { admitted.append(draft) }
        }
        // What hardly saves a test is not worth another round or a larger pool.
        let least = admitted.map(\.tests).min() ?? 0
        let best = admitted.first { $0.tests <= least * (1 + rules.worthwhile) + 1e-9 }
        guard let best else {
            let reason = rules.schemes.isEmpty ? SinglyReason.neverPooled : .sensitivity
            self.init(risk, builder, try builder.everybodySingly(reason), weighed, reason)
            return
        }
        if best.pools.isEmpty {
            // Nobody could be pooled: each tube keeps its own reason.
            let reasons = Dictionary(grouping: best.singly, by: \.reason)
            let most = reasons.max {
                ($0.value.count, $0.key.rawValue) < ($1.value.count, $1.key.rawValue)
            }
            self.init(risk, builder, best.singlyOnly, weighed, most?.key ?? .leftOver)
        } else if asked == nil, best.tests >= single.tests {
            self.init(risk, builder, single, weighed, .costsLess)
        } else {
            self.init(risk, builder, best, weighed, nil)
        }
    }

    /// The rule that keeps a whole class out of pools (POOL-2, POOL-10).
    private static func wholeClass(
        _ risk: RiskClass, _ prevalence: Double, _ rules: PoolingRules
    ) -> SinglyReason? {
        if !rules.risks.contains(risk) { return .neverPooled }
        return prevalence < rules.highestPrevalence ? nil : .prevalence
    }

    private init(
        _ risk: RiskClass, _ builder: PoolPlanBuilder, _ draft: PoolPlanBuilder.Draft,
        _ candidates: [Candidate], _ reason: SinglyReason?
    ) {
        self.init(
            risk: risk, prevalence: builder.prevalence, scheme: draft.scheme,
            pools: draft.pools.map { pool in pool.map { builder.waiting[$0] } },
            singly: draft.singly.map {
                Single(waiting: builder.waiting[$0.place], reason: $0.reason)
            }, candidates: candidates, classReason: reason, tests: draft.tests,
            testsIfScattered: draft.testsIfScattered, testsIfFull: draft.testsIfFull,
            positives: draft.positives,
            missed: draft.missed)
    }
}
