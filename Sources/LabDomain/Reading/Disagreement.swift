/// Two findings about the same people that do not go together, for whoever reviews a run.
///
/// Grey and invalid tests say nothing, so that they contradict nothing.
package enum Disagreement: String, CaseIterable, Hashable, Sendable, Codable {
    /// Some targets of the well are found and others are not.
    case targets
    /// An earlier test of the same tube or pool, or a pool that held the tube, said the opposite.
    case earlierVerdict = "earlier-verdict"
    /// The pool read positive and every one of its members was cleared since.
    case poolCleared = "pool-cleared"
    /// The tube or smaller pool is cleared, as all others of a pool that read positive.
    case clearsPool = "clears-pool"
}

/// What is known of one well when it is asked whether its findings go together.
package struct WellFindings: Hashable, Sendable {
    package let kind: TestedKind
    package let result: WellResult
    /// What each target said; empty where the limits are not known any more.
    package let calls: [Call]
    /// The verdicts of earlier tests of the same tube or pool, from valid runs.
    package let earlier: [Verdict]
    /// The verdicts of the pools that hold the tube or out of which the pool was cut.
    package let ofPoolsAround: [Verdict]
    /// What became of the pool in this well; nil for a tube.
    package let pool: PoolState?
    /// What became of the pools that hold the tube or out of which the pool was cut.
    package let poolsAround: [PoolState]

    /// A well with what is known about its tube or pool.
    package init(
        kind: TestedKind, result: WellResult, calls: [Call], earlier: [Verdict] = [],
        ofPoolsAround: [Verdict] = [], pool: PoolState? = nil, poolsAround: [PoolState] = []
    ) {
        self.kind = kind
        self.result = result
        self.calls = calls
        self.earlier = earlier
        self.ofPoolsAround = ofPoolsAround
        self.pool = pool
        self.poolsAround = poolsAround
    }

    /// Everything in which the findings do not go together (WEB-43), in the order of the cases.
    ///
    /// A member that is not detected does not contradict its positive pool, another member may be
    /// the one; a tube that is detected contradicts a pool of it that was not.
    package var disagreements: [Disagreement] {
        Disagreement.allCases.filter { disagreement in
            switch disagreement {
            case .targets: targetsDisagree
            case .earlierVerdict: contradictsEarlier
            case .poolCleared:
                pool == .unconfirmed && (result.verdict == .detected || result.verdict == .grey)
            case .clearsPool:
                result.verdict == .notDetected && poolsAround.contains(.unconfirmed)
            }
        }
    }

    private var targetsDisagree: Bool {
        // A failed or refused run says nothing, whatever its curves look like.
        guard result.reason != .controlsFailed, result.reason != .runRefused else { return false }
        return result.reason == .singleTarget
            || (calls.contains(.detected) && calls.contains { $0 != .detected })
    }

    private var contradictsEarlier: Bool {
        switch result.verdict {
        case .detected: earlier.contains(.notDetected) || ofPoolsAround.contains(.notDetected)
        case .notDetected: earlier.contains(.detected)
        case .grey, .invalid: false
        }
    }
}
