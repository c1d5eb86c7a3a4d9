/// Somebody found that a released answer is wrong; it counts when another one has signed too.
package struct AmendmentProposed: FactPayload {
    package static let kind = FactKind.amendmentProposed
    package let amendment: AmendmentID
    package let tube: TubeID
    package let person: PersonID
    package let change: Amendment
    package let reason: AmendmentReason
    package var subject: String { tube.text }

    /// A proposed change.
    package init(
        amendment: AmendmentID, tube: TubeID, person: PersonID, change: Amendment,
        reason: AmendmentReason
    ) {
        self.amendment = amendment
        self.tube = tube
        self.person = person
        self.change = change
        self.reason = reason
    }
}

/// A second person signed a change of a released answer, or refused it.
package struct AmendmentDecided: FactPayload {
    package static let kind = FactKind.amendmentDecided
    package let amendment: AmendmentID
    package let tube: TubeID
    package let isAccepted: Bool
    package var subject: String { tube.text }

    /// The decision on a change.
    package init(amendment: AmendmentID, tube: TubeID, isAccepted: Bool) {
        self.amendment = amendment
        self.tube = tube
        self.isAccepted = isAccepted
    }
}
