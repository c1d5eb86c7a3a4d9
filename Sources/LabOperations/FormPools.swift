package import LabDomain
internal import LabStore

/// Forms laboratory pools out of the single tubes that wait.
package struct FormPools: Command, Encodable {
    package static let verb = Verb.formPools

    /// How the pools come about.
    package enum Choice: Sendable, Encodable {
        /// Out of all that wait, by risk class and order of receipt; nil is the programme's size
        /// in two stages.
        case proposed(scheme: PoolScheme?)
        /// These tubes, one list a pool, in pipetting order; nil is two stages of any size.
        case named([[String]], scheme: PoolScheme? = nil)
    }

    let choice: Choice

    /// The pools that were formed, and the tubes that stay single.
    package struct Answer: Codable, Sendable {
        package let pools: [Formed]
        package let singly: [TubeID]
    }

    /// One pool with its members in pipetting order.
    package struct Formed: Codable, Sendable {
        package let pool: PoolID
        package let risk: RiskClass
        package let tubes: [TubeID]
    }

    /// Pools as they were chosen.
    package init(_ choice: Choice) {
        self.choice = choice
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let formation: (pools: [[SingleTube]], singly: [SingleTube])
        let scheme: PoolScheme?
        switch choice {
        case .proposed(let chosen):
            scheme = chosen
            let proposal = try Self.propose(scheme: chosen, under: work.rules, in: work.transaction)
            formation = (proposal.pools, proposal.singly)
        case .named(let pools, let chosen):
            scheme = chosen
            formation = (try Self.named(pools, scheme: chosen, in: work), [])
        }
        guard !formation.pools.isEmpty else {
            throw Refusal(
                .nothingToDo,
                formation.singly.isEmpty
                    ? "No single tube waits to be pooled."
                    : "\(formation.singly.count) single tubes wait, and none may share a pool.",
                remedy: "Lay out a plate: swabline plate lay-out.")
        }
        return Answer(
            pools: try formation.pools.map {
                try Self.form($0, below: scheme?.below ?? [], in: work)
            },
            singly: formation.singly.map(\.id))
    }

    private static func form(
        _ members: [SingleTube], below: [Int], in work: Work
    ) throws -> Formed {
        let id = PoolID(work.identifier("LP", members.map(\.id.text).joined(separator: " ")))
        let pool = try LaboratoryPool(id: id, members: members, below: below)
        let risk = try members.first.flatMap { try work.transaction.risk(of: $0.id) } ?? .low
        try work.transaction.append([
            .poolFormed(PoolFormed(pool: pool, risk: risk)),
            .requestOpened(
                RequestOpened(
                    request: RequestID("\(id.text)/1"), of: .pool(id), ordinal: 1,
                    purpose: .routine, kit: .first, cause: nil)),
        ])
        return Formed(pool: id, risk: risk, tubes: members.map(\.id))
    }

    /// Pools whose tubes somebody named: each must wait for its first test, and they must be of
    /// one class that the programme lets share a pool.
    private static func named(
        _ pools: [[String]], scheme: PoolScheme?, in work: Work
    ) throws -> [[SingleTube]] {
        if let scheme { try check(scheme, under: work.rules) }
        let most = scheme?.first ?? work.rules.programme.poolSizes.max() ?? 0
        let waiting = Dictionary(
            try work.transaction.tubesToPool().map { ($0.tube.id, $0) }
        ) { first, _ in first }
        var places: [Refusal.Place] = []
        func complain(_ pool: Int, _ subject: String?, _ code: String, _ message: String) {
            places.append(
                Refusal.Place(
                    subject: subject ?? "pool \(pool)", code: code, message: message,
                    remedy: "Leave it out, or see swabline trace."))
        }
        var taken: Set<TubeID> = []
        let chosen = pools.enumerated().map { index, scans -> [SingleTube] in
            let (tubes, unread) = work.tubes(scanned: scans)
            places += unread
            if tubes.count > most {
                complain(
                    index + 1, nil, "pool-full",
                    scheme.map { "The scheme \($0) puts \(most) tubes into a pool." }
                        ?? "The programme allows \(most) tubes in a pool.")
            }
            let members = tubes.compactMap { waiting[$0.0] }
            for (tube, _) in tubes where waiting[tube] == nil {
                complain(
                    index + 1, tube.text, "not-waiting",
                    "It is no single tube that waits for its first test.")
            }
            for member in members where !taken.insert(member.tube.id).inserted {
                complain(index + 1, member.tube.id.text, "named-twice", "It is named twice.")
            }
            if Set(members.map(\.risk)).count > 1 {
                complain(index + 1, nil, "mixed-risk", "Its tubes are of different risk classes.")
            }
            for member in members where !work.rules.programme.poolRisks.contains(member.risk) {
                complain(
                    index + 1, member.tube.id.text, "risk",
                    "Tubes of the class \(member.risk.rawValue) are never pooled.")
            }
            return members.map(\.tube)
        }
        guard places.isEmpty else {
            throw Refusal(
                .rule, "The pools cannot be formed as named; none was.", remedy: "See below.",
                places: places)
        }
        return chosen.filter { !$0.isEmpty }
    }

    /// The pools that would be formed now; nil is the programme's size in two stages.
    static func propose(
        scheme: PoolScheme?, under rules: Rules, in view: StoreView
    ) throws -> PoolFormation {
        if let scheme { try check(scheme, under: rules) }
        return PoolFormation(
            of: try view.tubesToPool(), size: scheme?.first ?? rules.programme.defaultPoolSize,
            risks: rules.programme.poolRisks)
    }

    /// Refuses a scheme that the programme in force does not allow (POOL-9).
    private static func check(_ scheme: PoolScheme, under rules: Rules) throws {
        guard rules.programme.allows(scheme) else {
            let sizes = rules.programme.poolSizes.filter { $0 > 1 }.sorted().map { "\($0)>1" }
            let schemes = rules.programme.poolSchemes.map(\.description).sorted()
            throw Refusal(
                .rule, "The programme in force does not allow laboratory pools of \(scheme).",
                remedy: "Use one of: \((sizes + schemes).joined(separator: ", ")).")
        }
    }
}
