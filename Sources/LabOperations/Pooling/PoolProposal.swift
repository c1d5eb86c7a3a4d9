package import LabDomain

/// The pools that are proposed for all that waits, and what they are expected to bring.
package struct PoolProposal: Codable, Sendable {
    /// One proposed pool, its tubes in pipetting order.
    package struct Pool: Codable, Sendable {
        package let number: Int
        package let risk: RiskClass
        package let scheme: PoolScheme
        package let tubes: [TubeID]
    }

    /// A tube that is tested by itself.
    package struct Single: Codable, Sendable {
        package let tube: TubeID
        package let risk: RiskClass
        package let reason: SinglyReason
    }

    /// The tubes of one risk class.
    package struct Class: Codable, Sendable {
        package let risk: RiskClass
        package let tubes: Int
        /// Nil is everybody singly.
        package let scheme: PoolScheme?
        package let pools: Int
        package let singly: Int
        package let prevalence: ClassPrevalence?
        /// The share of positives that it is planned with.
        package let plannedWith: Double
        /// Why it is tested so, in a sentence, and the figures behind it.
        package let reason: Wording
        package let why: PoolClassReason
        package let expectedTests: Double
        package let expectedPositives: Double
        /// The chance that somebody positive is found, relative to a single test.
        package let sensitivityKept: Double
        /// Expected tests that people of one household in one pool save over strangers.
        package let savedByHouseholds: Double
        /// Expected tests that pools cost which stay short because households stay whole.
        package let costOfWholeHouseholds: Double
    }

    /// The mixed tubes that wait; they are never pooled.
    package struct Mixed: Codable, Sendable {
        package let tubes: Int
        package let people: Int
        package let expectedPositiveTubes: Double
        /// People to call back.
        package let expectedCallBacks: Double
    }

    package let classes: [Class]
    package let mixed: Mixed
    package let pools: [Pool]
    package let singly: [Single]
    /// Wells now: pools, single and mixed tubes, and other tests that wait.
    package let wells: Int
    /// Wells that are expected to follow.
    package let expectedRetests: Double
    /// Plates now, and those that are expected to follow.
    package let plates: Int
    package let expectedRetestPlates: Int
    /// From now to the first verdicts, and to the last if every stage is needed.
    package let firstVerdicts: Span
    package let lastVerdicts: Span
    /// When the first clock of these tubes runs out; nil when none runs.
    package let earliestDue: Timestamp?
    /// Whether that is before the first round is read.
    package let isTooSlow: Bool
    /// Of the positives that single tests find, the share that the pools are expected to miss.
    package let missedShare: Double
}
