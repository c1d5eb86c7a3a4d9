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
