/// How a released answer is changed.
package enum Amendment: Hashable, Sendable, Codable {
    /// The result was another one.
    case correction(Outcome)
    /// The result is not this person's.
    case withdrawal
}

/// Why a released answer is changed.
///
/// The list is this house's; it is closed, so that no reason ever names a person.
package enum AmendmentReason: String, CaseIterable, Hashable, Sendable, Codable {
    case tubesSwapped = "tubes-swapped"
    case wellsSwapped = "wells-swapped"
    case misread
    case contamination
    case wrongPerson = "wrong-person"
    case enteredInError = "entered-in-error"

    /// What the reason means.
    package var meaning: Wording {
        switch self {
        case .tubesSwapped: "tubes were swapped"
        case .wellsSwapped: "wells were swapped"
        case .misread: "the curves were misread"
        case .contamination: "the specimen or the plate was contaminated"
        case .wrongPerson: "the tube was bound to the wrong person"
        case .enteredInError: "entered in error"
        }
    }
}

/// Why a released answer cannot be changed so, in the order of the checks (SEND-12).
package enum AmendmentFault: Error, Hashable, Sendable {
    case notReleased
    /// Whoever entered the run may not change its answer.
    case ownEntry
    /// The person's result was withdrawn before.
    case alreadyWithdrawn
    /// Another change waits for its second signature.
    case alreadyProposed
    /// The answer says so already.
    case sameOutcome
    /// Only a tube of one person tested by itself can be corrected: nobody else's result hangs on
    /// it.
    case shared
}

/// What is known of a person's released answer when somebody wants to change it.
package struct AmendmentCandidate: Hashable, Sendable {
    package let outcome: Outcome
    package let isReleased: Bool
    package let enteredBy: String
    /// Whether the tube was tested by itself and is one person's.
    package let isAlone: Bool
    package let isWithdrawn: Bool
    package let isProposed: Bool

    /// An answer of one person.
    package init(
        outcome: Outcome, isReleased: Bool, enteredBy: String, isAlone: Bool, isWithdrawn: Bool,
        isProposed: Bool
    ) {
        self.outcome = outcome
        self.isReleased = isReleased
        self.enteredBy = enteredBy
        self.isAlone = isAlone
        self.isWithdrawn = isWithdrawn
        self.isProposed = isProposed
    }

    /// Whether `actor` may propose the change, or sign it when it is proposed.
    package func amend(
        _ amendment: Amendment, by actor: String, isSecond: Bool
    ) throws(AmendmentFault) {
        guard isReleased else { throw .notReleased }
        guard actor != enteredBy else { throw .ownEntry }
        guard !isWithdrawn else { throw .alreadyWithdrawn }
        guard isSecond || !isProposed else { throw .alreadyProposed }
        guard case .correction(let outcome) = amendment else { return }
        guard outcome != self.outcome else { throw .sameOutcome }
        guard isAlone else { throw .shared }
    }
}
