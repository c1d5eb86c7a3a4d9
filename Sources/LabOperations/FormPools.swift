package import LabDomain
internal import LabProgramme
internal import LabStore

/// Forms laboratory pools out of the single tubes that wait.
package struct FormPools: Command, Encodable {
    package static let verb = Verb.formPools

    /// A pool that somebody named.
    package struct Named: Sendable, Encodable {
        /// Scans of its tubes, in pipetting order.
        package let tubes: [String]
        /// Nil is the smallest two-stage scheme that the programme allows.
        package let scheme: PoolScheme?
        /// The line of a file on which each tube stands; empty where no file is behind it.
        package let lines: [Int]

        /// A named pool.
        package init(tubes: [String], scheme: PoolScheme? = nil, lines: [Int] = []) {
            self.tubes = tubes
            self.scheme = scheme
            self.lines = lines
        }
    }

    /// How the pools come about.
    package enum Choice: Sendable, Encodable {
        /// Out of all that wait, as `planPools` proposes.
        case proposed(PoolWishes)
        /// These pools.
        case named([Named])
    }

    let choice: Choice
    /// The prevalence of classes of whose positives somebody knows more, for pools that are named.
    let knowing: [RiskClass: Double]?

    /// The pools that were formed, and the tubes that stay single.
    package struct Answer: Codable, Sendable {
        package let pools: [Formed]
        package let singly: [TubeID]
    }

    /// One pool with its members in pipetting order.
    package struct Formed: Codable, Sendable {
        package let pool: PoolID
        package let risk: RiskClass
        package let scheme: PoolScheme
        package let tubes: [TubeID]
    }

    /// Pools as they were chosen.
    ///
    /// Whoever names pools may know of a class's prevalence as with a proposal; a proposal's own
    /// wishes say it already.
    package init(_ choice: Choice, knowing prevalence: [RiskClass: Double] = [:]) {
        self.choice = choice
        knowing = prevalence.isEmpty ? nil : prevalence
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        switch choice {
        case .proposed(let wishes):
            if let scheme = wishes.scheme { try work.rules.check(scheme) }
            let known = try work.prevalence
            let plans = try PoolPlanning(rules: work.rules, view: work.transaction, now: work.now)
                .classes(wishes, known).map(\.0)
            try refuseIfNone(plans)
            var pools: [Formed] = []
            for plan in plans {
                guard let scheme = plan.scheme else { continue }
                for pool in plan.pools {
                    pools.append(
                        try Self.form(pool.map(\.tube), plan.risk, by: scheme, in: work))
                }
            }
            return Answer(
                pools: pools, singly: plans.flatMap { $0.singly.map(\.waiting.tube.id) })
        case .named(let pools):
            let chosen = try NamedPools(pools, knowing: knowing ?? [:], in: work).chosen()
            return Answer(
                pools: try chosen.map { try Self.form($0.tubes, $0.risk, by: $0.scheme, in: work) },
                singly: [])
        }
    }

    private func refuseIfNone(_ plans: [PoolClassPlan]) throws {
        guard plans.allSatisfy(\.pools.isEmpty) else { return }
        let singly = plans.reduce(0) { $0 + $1.singly.count }
        throw Refusal(
            .nothingToDo,
            singly == 0
                ? "No single tube waits to be pooled."
                : "\(singly) single tubes wait, and none may share a pool.",
            remedy: singly == 0
                ? "Lay out a plate: swabline plate lay-out."
                : "See the reasons: swabline plan pools. Then: swabline plate lay-out.")
    }

    private static func form(
        _ members: [SingleTube], _ risk: RiskClass, by scheme: PoolScheme, in work: Work
    ) throws -> Formed {
        let id = PoolID(work.identifier("LP", members.map(\.id.text).joined(separator: " ")))
        let pool = try LaboratoryPool(id: id, members: members, below: scheme.below)
        try work.transaction.append([
            .poolFormed(PoolFormed(pool: pool, risk: risk)),
            .requestOpened(
                RequestOpened(
                    request: RequestID("\(id.text)/1"), of: .pool(id), ordinal: 1,
                    purpose: .routine, kit: .first, cause: nil)),
        ])
        return Formed(pool: id, risk: risk, scheme: scheme, tubes: members.map(\.id))
    }
}

extension Rules {
    /// Refuses a scheme that the programme in force does not allow (POOL-9), or for whose pools
    /// the kit is not validated (ASSAY-6).
    func check(_ scheme: PoolScheme) throws {
        guard programme.allows(scheme) else {
            throw Refusal(
                .rule, "The programme in force does not allow laboratory pools of \(scheme).",
                remedy: "Use one of: \(poolSchemes.map(\.description).joined(separator: ", ")).")
        }
        guard isValidated(scheme) else {
            throw Refusal(
                .rule, "The kit is not validated for pools of \(scheme).",
                remedy: "Its validated sizes are: \(validatedSizes).")
        }
    }
}
