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

    init(_ pools: [FormPools.Named], in work: Work) throws {
        self.pools = pools
        self.work = work
        rules = try work.rules.pooling()
        waiting = Dictionary(try work.transaction.tubesToPool().map { ($0.tube.id, $0) }) {
            one, _ in
            one
        }
        prevalence = try work.transaction.prevalence(under: work.rules, at: work.now)
    }

    /// The pools, when every tube waits for its first test and may be pooled, and each pool holds
    /// one class.
    /// - Throws: `Refusal` with every place.
    func chosen() throws -> [Chosen] {
        var places: [Refusal.Place] = []
        var taken: Set<TubeID> = []
        let chosen = try pools.enumerated().compactMap { index, pool in
            try check(pool, number: index + 1, &taken, &places)
        }
        guard places.isEmpty else {
            throw Refusal(
                .rule, "The pools cannot be formed as named; none was.", remedy: "See below.",
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
    ) throws -> Chosen? {
        func complain(_ subject: String?, _ code: String, _ message: String) {
            places.append(
                Refusal.Place(
                    line: pool.line, subject: subject ?? "pool \(number)", code: code,
                    message: message, remedy: "Leave it out, or see swabline trace."))
        }
        if let scheme = pool.scheme { try work.rules.check(scheme) }
        let (tubes, unread) = work.tubes(scanned: pool.tubes)
        places += unread
        let most = pool.scheme?.first ?? work.rules.programme.poolSizes.max() ?? 0
        if tubes.count > most {
            complain(
                nil, "pool-full",
                pool.scheme.map { "The scheme \($0) puts \(most) tubes into a pool." }
                    ?? "The programme allows \(most) tubes in a pool.")
        }
        let scheme = pool.scheme ?? PoolScheme(size: max(2, tubes.count))
        let members = tubes.compactMap { waiting[$0.0] }
        for (tube, _) in tubes where waiting[tube] == nil {
            complain(
                tube.text, "not-waiting", "It is no single tube that waits for its first test.")
        }
        for member in members {
            if !taken.insert(member.tube.id).inserted {
                complain(member.tube.id.text, "named-twice", "It is named twice.")
            }
            if let words = obstacle(of: member, stages: scheme?.stages ?? 2) {
                complain(member.tube.id.text, words.code, words.message)
            }
        }
        let risks = Set(members.map(\.risk))
        if risks.count > 1 {
            complain(nil, "mixed-risk", "Its tubes are of different risk classes.")
        }
        guard let risk = risks.first, let scheme else { return nil }
        return Chosen(tubes: members.map(\.tube), risk: risk, scheme: scheme)
    }

    /// Why a tube may not be pooled, whoever names it (POOL-2, POOL-10, POOL-12).
    private func obstacle(
        of tube: WaitingTube, stages: Int
    ) -> (code: String, message: String)? {
        if !rules.risks.contains(tube.risk) {
            return ("risk", "Tubes of the class \(tube.risk.rawValue) are never pooled.")
        }
        if let known = prevalence[tube.risk], known.prevalence >= rules.highestPrevalence {
            return (
                "prevalence",
                "\(share(known.prevalence)) of the class \(tube.risk.rawValue) are positive; the "
                    + "programme pools below \(share(rules.highestPrevalence)) only."
            )
        }
        return rules.obstacle(of: tube, stages: stages, at: work.now).flatMap { reason in
            // A technician may take the risk of a late retest, not one of a wrong result.
            reason == .tooLate ? nil : (reason.rawValue, reason.words(under: rules))
        }
    }
}

extension SinglyReason {
    /// The reason for people, with the limit that stands behind it.
    func words(under rules: PoolingRules) -> String {
        switch self {
        case .neverPooled: "The programme never pools its class."
        case .prevalence: "Too many of its class are positive."
        case .sensitivity: "No scheme finds enough of the positives."
        case .costsLess: "Pools would cost more tests."
        case .leftOver: "It is left over alone."
        case .recollected: "Its person was called back; such tubes are tested singly."
        case .tooOld:
            "Its swab is older than \(rules.oldest.text); such tubes are tested singly."
        case .tooLittle:
            "It holds too little for a pool and the tests after it: "
                + "\(rules.volumes.needed(stages: 2, testsAfter: rules.testsAfter)) microlitres."
        case .tooLate: "Its clock leaves no time for a retest."
        case .asked: "It was taken out."
        }
    }
}
