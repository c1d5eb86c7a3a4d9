internal import LabDomain
internal import LabStore

/// Pools whose tubes somebody named, held against the rules: all faults are told, or none is left.
struct NamedPools {
    /// A pool that may be formed.
    struct Chosen {
        let tubes: [SingleTube]
        let risk: RiskClass
        let scheme: PoolScheme
    }

    private let pools: [FormPools.Named]
    private let work: Work
    private let waiting: [TubeID: WaitingTube]
    private let rules: PoolingRules
    private let prevalence: [RiskClass: ClassPrevalence]
    private let wished: [RiskClass: Double]

    init(
        _ pools: [FormPools.Named], knowing wished: [RiskClass: Double], in work: Work
    ) throws {
        self.pools = pools
        self.wished = wished
        self.work = work
        rules = try work.rules.pooling()
        waiting = Dictionary(try work.transaction.tubesToPool().map { ($0.tube.id, $0) }) {
            one, _ in
            one
        }
        prevalence = try work.prevalence
    }

    /// The pools, when every tube waits for its first test and may be pooled, and each pool holds
    /// one class.
    /// - Throws: `Refusal` with every place.
    func chosen() throws -> [Chosen] {
        var places: [Refusal.Place] = []
        var taken: Set<TubeID> = []
        let chosen = pools.enumerated().compactMap { index, pool in
            check(pool, number: index + 1, &taken, &places)
        }
        guard places.isEmpty else {
            throw Refusal(
                .rule, "The pools cannot be formed as named; none was.",
                remedy: "Mend the places above.",
                places: places)
        }
        guard !chosen.isEmpty else {
            throw Refusal(
                .nothingToDo, "No pool is named.", remedy: "Name the tubes of one at least.")
        }
        return chosen
    }

    private func check(
        _ pool: FormPools.Named, number: Int, _ taken: inout Set<TubeID>,
        _ places: inout [Refusal.Place]
    ) -> Chosen? {
        func complain(
            _ place: Int?, _ subject: String?, _ code: String, _ message: Wording,
            _ remedy: Wording = "Leave it out, or see swabline trace."
        ) {
            let line = pool.lines.isEmpty ? nil : pool.lines[place ?? 0]
            places.append(
                Refusal.Place(
                    line: line, subject: subject ?? "pool \(number)", code: code,
                    message: message, remedy: remedy))
        }
        guard let scheme = scheme(of: pool, { complain(nil, nil, $0, $1, $2) }) else { return nil }
        var members: [WaitingTube] = []
        for (place, scan) in pool.tubes.enumerated() {
            let read = work.tubes(scanned: [scan])
            for fault in read.places {
                complain(
                    place, "scan \(place + 1)", fault.code, fault.message, "Scan the tube again.")
            }
            guard let tube = read.tubes.first?.0 else { continue }
            guard let member = waiting[tube] else {
                complain(place, tube.text, "not-waiting", state(of: tube))
                continue
            }
            if !taken.insert(tube).inserted {
                complain(place, tube.text, "named-twice", "It is named twice.")
            }
            if let words = obstacle(of: member, by: scheme) {
                complain(place, tube.text, words.code, words.message)
            }
            members.append(member)
        }
        let risks = Set(members.map(\.risk))
        if risks.count > 1 {
            complain(nil, nil, "mixed-risk", "Its tubes are of different risk classes.")
        }
        guard let risk = risks.first else { return nil }
        return Chosen(tubes: members.map(\.tube), risk: risk, scheme: scheme)
    }

    /// The scheme of a pool, when it holds its tubes, is allowed and finds enough (POOL-9,
    /// POOL-13).
    private func scheme(
        of pool: FormPools.Named, _ complain: (_ code: String, _ message: Wording, Wording) -> Void
    ) -> PoolScheme? {
        let programme = work.rules.programme
        let count = pool.tubes.count
        let fitting = work.rules.poolSchemes.first { $0.stages == 2 && $0.first >= count }
        let validated: Wording = "Its validated sizes are: \(work.rules.validatedSizes)."
        guard let scheme = pool.scheme ?? fitting else {
            if programme.poolSizes.contains(where: { $0 >= count }) {
                complain(
                    "not-validated", "The kit is not validated for a pool of \(count) tubes.",
                    validated)
                return nil
            }
            complain(
                "pool-full",
                "It has \(count) tubes; the programme allows \(programme.poolSizes.max() ?? 0).",
                "Form more pools of it.")
            return nil
        }
        if !programme.allows(scheme) {
            complain(
                "scheme", "The programme in force does not allow pools of \(scheme).",
                "Use one of: \(work.rules.poolSchemes.map(\.description).joined(separator: ", ")).")
        }
        if !work.rules.isValidated(scheme) {
            complain(
                "not-validated", "The kit is not validated for pools of \(scheme).", validated)
        }
        if count > scheme.first {
            complain(
                "pool-full", "It has \(count) tubes; the scheme \(scheme) takes \(scheme.first).",
                "Form more pools of it.")
        }
        if count < 2, !programme.poolSizes.contains(1) {
            complain(
                "pool-of-one", "One tube is no pool.", "Leave it out: it is tested singly.")
        }
        if rules.kept(by: scheme) < rules.floor - 1e-12 {
            complain(
                "sensitivity",
                """
                \(scheme) finds \(share(rules.kept(by: scheme))) of what single tests find; the \
                programme asks for \(share(rules.floor)).
                """,
                "Take a smaller pool, or validate this size in the settings.")
        }
        return scheme
    }

    /// Why a tube is none that waits for its first test.
    private func state(of tube: TubeID) -> Wording {
        guard let known = try? work.transaction.tube(tube) else {
            return "No tube is registered under this barcode."
        }
        if known.tube.kind != .single {
            return "It is a \(known.tube.kind.word) tube; only single tubes are pooled."
        }
        switch known.state {
        case .expected: return "It has not been received."
        case .rejected: return "It was rejected."
        case .resolved: return "It has its result, or its person is called back."
        case .received: return "It is in a pool, on a plate, or was tested before."
        }
    }

    /// Nothing was read of a class, and the programme expects nothing.
    static func unknownPrevalence(of risk: RiskClass) -> Wording {
        """
        Nothing says how many of the class \(risk.word) are positive: the programme names no \
        expected_prevalence.\(risk.rawValue), and no test of it was read in two days.
        """
    }

    /// Why a tube may not be pooled, whoever names it (POOL-2, POOL-10, POOL-12).
    private func obstacle(
        of tube: WaitingTube, by scheme: PoolScheme
    ) -> (code: String, message: Wording)? {
        let risk = tube.risk.word
        if !rules.risks.contains(tube.risk) {
            return ("risk", "Tubes of the class \(risk) are never pooled.")
        }
        let known = ClassPrevalence.share(wished: wished[tube.risk], known: prevalence[tube.risk])
        guard let known else {
            return (
                "prevalence",
                Self.unknownPrevalence(of: tube.risk)
            )
        }
        if known >= rules.highestPrevalence {
            return (
                "prevalence",
                """
                \(share(known)) of the class \(risk) are estimated to be positive; the \
                programme pools below \(share(rules.highestPrevalence)) only.
                """
            )
        }
        return rules.obstacle(of: tube, stages: scheme.stages, at: work.now).flatMap { reason in
            // A technician may take the risk of a late retest, not one of a wrong result.
            reason == .tooLate
                ? nil : (reason.rawValue, reason.words(of: tube, by: scheme, under: rules))
        }
    }
}

extension SinglyReason {
    /// The reason for people, with the limit that stands behind it.
    func words(of tube: WaitingTube, by scheme: PoolScheme, under rules: PoolingRules) -> Wording {
        switch self {
        case .neverPooled: "The programme never pools its class."
        case .prevalence: "Too many of its class are positive."
        case .sensitivity: "No scheme finds enough of the positives."
        case .costsLess: "Pools would cost more tests."
        case .leftOver: "It is left over alone."
        case .recollected: "Its person was called back; such tubes are tested singly."
        case .tooOld:
            "Its swab would be older than \(rules.oldest.text) by its last retest."
        case .tooLittle:
            """
            \(tube.measuredMicrolitres ?? rules.volumes.nominal) microlitres are left, \
            \(rules.volumes.needed(stages: scheme.stages, testsAfter: rules.testsAfter)) are \
            needed for its pools and the tests after them.
            """
        case .tooLate: "Its clock leaves no time for a retest."
        case .asked: "It was taken out."
        }
    }
}
