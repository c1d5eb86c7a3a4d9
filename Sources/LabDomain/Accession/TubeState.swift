/// Where a tube stands between the sampling desk and its answer.
package enum TubeState: String, CaseIterable, Hashable, Sendable, Codable {
    /// Registered, not yet in the laboratory.
    case expected
    /// In the laboratory; exactly one test of it, or of its pool, is due.
    case received
    /// Not fit for testing; its people are called back.
    case rejected
    /// Tested as far as the rules ask: answers, recollections or tasks took its place.
    case resolved
}

/// Why a scan at the reception is refused, in the order of the checks (ACC-1).
package enum ReceptionFault: Error, Hashable, Sendable {
    case unknown
    case rejected(RejectReason)
    case alreadyReceived(at: Timestamp, by: String)
    case otherBox(BoxID)
}

/// A tube as the reception looks it up.
package struct ExpectedTube: Hashable, Sendable {
    package let tube: CollectedTube
    package let box: BoxID
    package let state: TubeState
    package let receivedAt: Timestamp?
    package let receivedBy: String?
    package let rejectedBecause: RejectReason?

    /// A registered tube with what has happened to it.
    package init(
        tube: CollectedTube, box: BoxID, state: TubeState, receivedAt: Timestamp?,
        receivedBy: String?, rejectedBecause: RejectReason?
    ) {
        self.tube = tube
        self.box = box
        self.state = state
        self.receivedAt = receivedAt
        self.receivedBy = receivedBy
        self.rejectedBecause = rejectedBecause
    }

    /// Whether this tube may be received out of `box` now.
    package func admit(from box: BoxID) throws(ReceptionFault) {
        if let reason = rejectedBecause { throw .rejected(reason) }
        if let at = receivedAt { throw .alreadyReceived(at: at, by: receivedBy ?? "") }
        guard self.box == box else { throw .otherBox(self.box) }
    }
}
