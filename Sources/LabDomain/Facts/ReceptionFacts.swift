/// The receipt of a tube was a slip and is taken back.
package struct ReceiptUndone: FactPayload {
    package static let kind = FactKind.receiptUndone
    package let tube: TubeID
    package let box: BoxID
    package var subject: String { tube.text }

    /// A tube that is expected again.
    package init(tube: TubeID, box: BoxID) {
        self.tube = tube
        self.box = box
    }
}

/// The rejection of a tube was a slip and is taken back.
package struct RejectionUndone: FactPayload {
    package static let kind = FactKind.rejectionUndone
    package let tube: TubeID
    /// The test that the rejection withdrew and that waits again.
    package let request: RequestID?
    /// The searches that it began and that end with it.
    package let recollections: [RecollectionID]
    /// The task to sample the environment again that it began.
    package let task: TaskID?
    package var subject: String { tube.text }

    /// A tube that is as it was before it was rejected.
    package init(
        tube: TubeID, request: RequestID?, recollections: [RecollectionID], task: TaskID?
    ) {
        self.tube = tube
        self.request = request
        self.recollections = recollections
        self.task = task
    }
}

/// The tubes of a box on the table were counted, and the box was closed.
package struct BoxClosed: FactPayload {
    package static let kind = FactKind.boxClosed
    package let box: BoxID
    package let counted: Int
    /// Tubes of the box that nobody had received or rejected.
    package let missing: [TubeID]
    package var subject: String { box.text }

    /// A closed box.
    package init(box: BoxID, counted: Int, missing: [TubeID]) {
        self.box = box
        self.counted = counted
        self.missing = missing
    }
}
