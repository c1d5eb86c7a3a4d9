package import LabDomain
package import LabPooling
internal import LabStore

/// What the results so far say of each member of a laboratory pool.
package struct PoolPicture: Codable, Sendable {
    /// One kept tube.
    package struct Member: Codable, Sendable {
        package let tube: TubeID
        /// Nil while nothing of it was read.
        package let outcome: MemberOutcome?
        /// P(positive | all results so far), by Bayes' rule.
        package let posterior: Double
        /// The test that waits for it: its own or a smaller pool's; nil when none does.
        package let waitsFor: String?
    }

    /// One reading of the pool, a smaller pool or a member.
    package struct Reading: Codable, Sendable {
        package let of: String
        package let verdict: Verdict
        package let kit: KitRole
    }

    /// A smaller pool that was cut out of the first pool or of one below it.
    package struct Part: Codable, Sendable {
        package let pool: PoolID
        package let parent: PoolID
        package let state: PoolState
        /// In pipetting order.
        package let tubes: [TubeID]
    }

    /// The first pool of the family.
    package let pool: PoolID
    package let formedAt: Timestamp
    /// Its own size and those that follow when it reads positive; nil for one tube alone.
    package let scheme: PoolScheme?
    package let risk: RiskClass
    package let state: PoolState
    /// What was thought of its class when it was formed.
    package let prior: Double
    package let members: [Member]
    package let readings: [Reading]
    /// Smaller pools, the larger ones first.
    package let parts: [Part]
    /// What the pipette takes out of each tube, in microlitres.
    package let aliquot: Int
}

extension Laboratory {
    /// What is known of the members of a pool, whichever stage it or its smaller pools have
    /// reached.
    ///
    /// For whoever sees the laboratory's work; no person is in it.
    /// - Throws: `Refusal` for an unknown pool.
    package func picture(
        of pool: PoolID, as handle: String
    ) throws -> PoolPicture {
        try look(.seeWork, as: handle) { view in
            let rules = try rules(in: view)
            guard let family = try view.poolFamily(of: pool) else {
                throw Refusal(
                    .unknown, "There is no laboratory pool of this name.",
                    remedy: "See swabline pool list --all.")
            }
            // As it was when the pool was formed: its own result must not count twice.
            let before = try view.prevalence(under: rules, at: family.formedAt, keptReadings)
            let prior =
                before[family.risk]?.prevalence ?? rules.programme.poolLimits.highestPrevalence
            return try PoolPicture(family, prior: prior, under: rules)
        }
    }
}

extension PoolPicture {
    init(_ family: StoredPoolFamily, prior: Double, under rules: Rules) throws {
        let tubes = family.members.map(\.tube)
        let places = Dictionary(uniqueKeysWithValues: zip(tubes, tubes.indices))
        let bench = rules.settings.bench
        let single = try Accuracy(
            sensitivity: bench.sensitivity, specificity: bench.specificity)
        let model = try rules.testModel()
        let evidence = try Evidence(
            risks: Array(repeating: prior, count: tubes.count),
            readings: family.readings.compactMap { reading in
                let members = reading.tubes.compactMap { places[$0] }
                // Grey of one tube says nothing yet; of a pool it counts as found.
                guard reading.verdict != .invalid, !members.isEmpty,
                    !(reading.verdict == .grey && members.count == 1)
                else { return nil }
                return PoolReading(
                    members: members, isPositive: reading.verdict != .notDetected,
                    // Who was found in a larger pool is found in a smaller one: as in the planner,
                    // dilution is felt in the first pool.
                    accuracy: members.count < tubes.count
                        ? single : model.accuracies(first: members.count, stages: 2)[0])
            })
        // Perfect tests that contradict each other leave what was thought before.
        let posteriors = evidence.posteriors() ?? evidence.risks
        let wasFound = Set(
            family.readings.filter { $0.verdict == .detected || $0.verdict == .grey }
                .flatMap(\.tubes))
        self.init(
            pool: family.id, formedAt: family.formedAt,
            scheme: PoolScheme(sizes: [tubes.count] + family.below), risk: family.risk,
            state: family.state, prior: prior,
            members: zip(family.members, posteriors).map { member, posterior in
                Member(
                    tube: member.tube,
                    outcome: member.outcome(
                        isUnexplained: family.state == .unconfirmed
                            && wasFound.contains(member.tube)),
                    posterior: posterior, waitsFor: member.waitsFor)
            },
            readings: family.readings.map {
                Reading(of: $0.subject, verdict: $0.verdict, kit: $0.kit)
            },
            parts: family.parts.map {
                Part(pool: $0.id, parent: $0.parent, state: $0.state, tubes: $0.tubes)
            }, aliquot: bench.volumes.aliquot)
    }
}

extension StoredPoolFamily.Member {
    fileprivate func outcome(isUnexplained: Bool) -> MemberOutcome? {
        if isCalledBack { return .awaitingRecollection }
        switch answer {
        case .detected?: return .positive
        case .notDetected?: return isUnexplained ? .discordant : .negative
        case nil: break
        }
        guard let lastVerdict else { return nil }
        return lastVerdict == .invalid ? .invalid : .awaitingRetest
    }
}
