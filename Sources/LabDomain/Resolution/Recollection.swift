/// How the search for a person who must be swabbed again ended.
package enum RecollectionOutcome: String, CaseIterable, Hashable, Sendable, Codable {
    /// A new single tube is registered and linked.
    case collected
    case refused
    case notFound = "not-found"
    case movedAway = "moved-away"
    case died
}

/// Named work for a person at the laboratory or authority that is not a test.
package enum TaskKind: String, CaseIterable, Hashable, Sendable, Codable {
    /// A specimen of the environment was found positive: clean, sample around it, find contacts.
    case positiveEnvironment = "positive-environment"
    /// A specimen of the environment could not be tested: take it again.
    case sampleAgain = "sample-again"
    /// No member of a positive pool was confirmed: look for carry-over or a false signal.
    case unconfirmedPool = "unconfirmed-pool"

    /// What is to be done.
    package var work: Wording {
        switch self {
        case .positiveEnvironment:
            "close and clean the place, sample around it, find who was there"
        case .sampleAgain: "take the specimen of the environment again"
        case .unconfirmedPool:
            "look at the pool's plate and its neighbours for carry-over or a late signal"
        }
    }
}
