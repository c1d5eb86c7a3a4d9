package import LabPooling

/// The rules by which pools are chosen: the programme's and the laboratory's.
package struct PoolingRules: Sendable {
    /// Classes whose tubes may be pooled at all.
    package let risks: Set<RiskClass>
    /// The prevalence below which pools are proposed.
    package let highestPrevalence: Double
    /// The schemes that may be chosen, the fewest stages and the smallest pools first.
    package let schemes: [PoolScheme]
    /// Of the positives that single tests find, the least share that pools must find too.
    package let floor: Double
    /// The share of tests that a scheme must save over one with fewer stages or smaller pools.
    package let worthwhile: Double
    /// The age, since the swab was taken, up to which a tube may be tested.
    package let oldest: Span
    package let volumes: PipettingVolumes
    /// Tests of its own that a tube may need after its pools.
    package let testsAfter: Int
    /// How long a round takes, from the plate to the verdicts.
    package let round: Span
    /// Rounds that follow the last stage before a positive counts: its proof with another kit.
    package let roundsAfter: Int
    package let model: TestModel
    /// How people of one household share their fate.
    package let households: ClusterModel

    /// Rules as programme and laboratory give them.
    package init(
        risks: Set<RiskClass>, highestPrevalence: Double, schemes: [PoolScheme], floor: Double,
        worthwhile: Double, oldest: Span, volumes: PipettingVolumes, testsAfter: Int, round: Span,
        roundsAfter: Int,
        model: TestModel,
        households: ClusterModel
    ) {
        self.risks = risks
        self.highestPrevalence = highestPrevalence
        self.schemes = schemes
        self.floor = floor
        self.worthwhile = worthwhile
        self.oldest = oldest
        self.volumes = volumes
        self.testsAfter = testsAfter
        self.round = round
        self.roundsAfter = roundsAfter
        self.model = model
        self.households = households
    }

    /// Why a tube is not pooled in so many stages, whatever its class; nil when it may be.
    package func obstacle(of waiting: WaitingTube, stages: Int, at now: Timestamp) -> SinglyReason?
    {
        if waiting.isRecollection { return .recollected }
        // A retest of the last stage must still find it fit.
        let last = now.advanced(by: Span(milliseconds: round.milliseconds * Int64(stages - 1)))
        if waiting.collectedAt.span(to: last) > oldest { return .tooOld }
        let volume = waiting.measuredMicrolitres ?? volumes.nominal
        if volume < volumes.needed(stages: stages, testsAfter: testsAfter) { return .tooLittle }
        if let due = waiting.dueAt,
            now.span(to: due).milliseconds < round.milliseconds * Int64(stages + roundsAfter)
        {
            return .tooLate
        }
        return nil
    }

    /// The sensitivity that a scheme keeps of a single test's.
    package func kept(by scheme: PoolScheme) -> Double {
        let accuracies = model.accuracies(first: scheme.first, stages: scheme.stages)
        let single = model.accuracies(first: 1, stages: 1)[0].sensitivity
        guard single > 0 else { return 1 }
        return accuracies.reduce(1) { $0 * $1.sensitivity } / single
    }
}

/// Why a tube is tested by itself.
package enum SinglyReason: String, CaseIterable, Hashable, Sendable, Codable {
    /// The programme never pools its class: patients, contacts, key persons, outbreak areas.
    case neverPooled = "never-pooled"
    /// Too many of its class are positive.
    case prevalence
    /// No scheme that the programme allows finds enough of the positives.
    case sensitivity
    /// Pools would cost more tests.
    case costsLess = "costs-less"
    /// It was left over alone.
    case leftOver = "left-over"
    /// Its person was called back.
    case recollected
    case tooOld = "too-old"
    /// It holds too little for a pool and the tests that may follow.
    case tooLittle = "too-little"
    /// Its clock leaves no time for a retest.
    case tooLate = "too-late"
    /// Somebody took it out of the proposal.
    case asked
}
