/// How far a specimen's answer has come on its way out of the laboratory.
package enum AnswerState: String, CaseIterable, Hashable, Sendable, Codable {
    /// Read from a valid run; a second person has yet to look at it.
    case proposed
    /// Looked at by a second person.
    case reviewed
    /// Given out; it may be reported.
    case released
}

/// Why an answer cannot be reviewed or released, in the order of the checks (REV-1, REV-2).
package enum ReleaseFault: Error, Hashable, Sendable {
    case notReviewed
    case alreadyReleased
    /// Whoever entered the run may not review or release its answers.
    case ownEntry(by: String)
    /// Positives are released one by one, named by their barcode.
    case positiveInBulk
}

/// What is known of an answer when somebody wants to release it.
package struct ReleaseCandidate: Hashable, Sendable {
    package let outcome: Outcome
    package let state: AnswerState
    /// Who imported the run.
    package let enteredBy: String

    /// An answer on its way out.
    package init(outcome: Outcome, state: AnswerState, enteredBy: String) {
        self.outcome = outcome
        self.state = state
        self.enteredBy = enteredBy
    }

    /// Whether `actor` may release it now, alone or among many.
    package func release(by actor: String, inBulk: Bool) throws(ReleaseFault) {
        switch state {
        case .released: throw .alreadyReleased
        case .proposed: throw .notReviewed
        case .reviewed: break
        }
        guard actor != enteredBy else { throw .ownEntry(by: enteredBy) }
        guard !inBulk || outcome == .notDetected else { throw .positiveInBulk }
    }
}
