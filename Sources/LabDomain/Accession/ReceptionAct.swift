/// What is done to a tube at the reception.
package enum ReceptionAct: String, CaseIterable, Hashable, Sendable, Codable {
    case receipt
    case rejection

    /// How long a receipt or rejection can be taken back (ACC-4).
    ///
    /// A slip shows while the box is still on the table; after half an hour people may have been
    /// called and tubes carried on. The number is this house's.
    package static let undoLimit = Span.minutes(30)
}

/// Why the last thing done to a tube at the reception stands, in the order of the checks (ACC-4).
package enum UndoFault: Error, Hashable, Sendable {
    /// Nothing was done to it there, or all of it was taken back.
    case nothingDone
    case tooLate(ReceptionAct, at: Timestamp)
    /// Its test is pooled, plated or read, or is another one by now.
    case testMovedOn
    /// A person of it was swabbed again, or the search for them ended.
    case recollectionClosed
    case taskClosed
    /// A pool came to its outcome without it.
    case poolConcluded(PoolID)
    /// The sending unit knows of the rejection.
    case delivered
}
