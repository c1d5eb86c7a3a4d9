/// What stands in a well with what must be known to resolve it.
package enum Tested: Hashable, Sendable {
    case single(SingleTube)
    case mixed(MixedTube)
    case environmental(EnvironmentalTube)
    case pooled(LaboratoryPool)

    package var kind: TestedKind {
        switch self {
        case .single: .single
        case .mixed: .mixed
        case .environmental: .environmental
        case .pooled: .pool
        }
    }

    /// A tube that is tested by itself.
    package init(_ tube: CollectedTube) {
        switch tube {
        case .single(let tube): self = .single(tube)
        case .mixed(let tube): self = .mixed(tube)
        case .environmental(let tube): self = .environmental(tube)
        }
    }
}

/// Why a test is due.
package enum Purpose: String, CaseIterable, Hashable, Sendable, Codable {
    /// The first test of a tube or pool.
    case routine
    /// A member of a laboratory pool that read positive.
    case retest
    /// A grey or invalid test is done again.
    case again = "repeat"
    /// A positive is proved with another kit before it counts.
    case confirmation
}

/// Which of the laboratory's kits a test is done with.
package enum KitRole: String, CaseIterable, Hashable, Sendable, Codable {
    /// The kit of routine work.
    case first
    /// Another kit with other regions, by which a positive is proved.
    case second
}

/// One earlier test of the same tube or pool.
package struct PastTest: Hashable, Sendable {
    package let kit: KitRole
    package let verdict: Verdict

    /// A test with its verdict.
    package init(kit: KitRole, verdict: Verdict) {
        self.kit = kit
        self.verdict = verdict
    }
}

/// The rules by which verdicts become resolutions; a programme or laboratory sets them.
package struct ResolutionPolicy: Hashable, Sendable, Codable {
    /// What a laboratory pool without a confirmed member leads to, beyond its outcome.
    package enum UnconfirmedPool: String, CaseIterable, Hashable, Sendable, Codable {
        /// The outcome is recorded; members keep their own results.
        case note
        /// The same, and a named task asks the supervisor to look into the plate.
        case investigate
    }

    /// The rule's name and version; every verdict remembers it.
    package let version: String
    /// Tests of one tube or pool after which an unreadable one is given up.
    package let maximumTests: Int
    /// What must be found a second time with another kit before it counts.
    package let secondKitFor: Set<TestedKind>
    package let unconfirmedPool: UnconfirmedPool
    /// The verdicts for which a test is done again with the same kit.
    package let repeated: Set<Verdict>
    /// What a second grey test with the same kit means.
    package let greyTwice: RepeatRule.GreyTwice

    /// A policy; `maximumTests` is at least 1.
    package init(
        version: String, maximumTests: Int, secondKitFor: Set<TestedKind>,
        unconfirmedPool: UnconfirmedPool, repeated: Set<Verdict> = [.grey, .invalid],
        greyTwice: RepeatRule.GreyTwice = .detected
    ) {
        precondition(maximumTests >= 1, "A tube is tested at least once.")
        self.version = version
        self.maximumTests = maximumTests
        self.secondKitFor = secondKitFor
        self.unconfirmedPool = unconfirmedPool
        self.repeated = repeated
        self.greyTwice = greyTwice
    }

    /// The policy for tests with an assay that has its own rule of what is repeated (ASSAY-7).
    package func with(_ rule: RepeatRule?) -> ResolutionPolicy {
        guard let rule else { return self }
        return ResolutionPolicy(
            version: version, maximumTests: rule.maximumTests, secondKitFor: secondKitFor,
            unconfirmedPool: unconfirmedPool, repeated: Set(rule.verdicts),
            greyTwice: rule.greyTwice)
    }
}
