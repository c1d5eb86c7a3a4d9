/// What a message says of a person's report.
package enum MessageKind: String, CaseIterable, Hashable, Sendable, Codable {
    /// The result.
    case final
    /// Another result than the receiver was told.
    case corrected
    /// What the receiver was told is another person's, or was entered in error.
    case withdrawn
    /// The specimen could not be tested and will not be.
    case cancelled
    /// Found in a laboratory pool; the member's own test is under way.
    case preliminary
}

/// How far a message has come.
package enum MessageState: String, CaseIterable, Hashable, Sendable, Codable {
    /// Written; nothing of it has left.
    case made
    /// It may have left; no answer that settles it has come.
    case sent
    /// The receiver has it.
    case accepted
    /// The receiver found something wrong in it; a person must look.
    case rejected
    /// The receiver has it, and a later message about the same report was made.
    case corrected
    /// A later message was made before this one had arrived; it is not sent any more.
    case superseded
}

/// What became of one attempt to send a message.
package struct SendingOutcome: Hashable, Sendable, Codable {
    /// What follows from it.
    package enum Result: String, CaseIterable, Hashable, Sendable, Codable {
        case accepted
        /// Parked for a person.
        case rejected
        /// To be sent again, with the same bytes, not before `nextAt`.
        case retry
        /// Nothing of it left the house.
        case untried
    }

    package let message: MessageID
    package let result: Result
    /// The code of the answer (MSA-1), or a word for what came instead of one.
    package let answer: String
    /// The first place that the receiver names, such as `PID-3.4`.
    package let place: String?
    /// The receiver's words, sealed: they may quote a value.
    package let words: Bytes?
    package let nextAt: Timestamp?

    /// What became of an attempt.
    package init(
        message: MessageID, result: Result, answer: String, place: String? = nil,
        words: Bytes? = nil, nextAt: Timestamp? = nil
    ) {
        self.message = message
        self.result = result
        self.answer = answer
        self.place = place
        self.words = words
        self.nextAt = nextAt
    }
}
