internal import LabDomain
internal import LabStore

/// How the outbox is emptied; the numbers are this house's.
enum SendingRules {
    /// Messages that are marked as sent together: what is lost by a crash is at most an answer to
    /// each of them, and they are sent again as they were.
    static let window = 32
    /// A message that failed so often no longer stands in the way of those behind it.
    static let patience = 5
    /// So many failures one after the other, and the receiver is left alone for a while.
    static let failures = 2
}

/// Marks what is due as sent, before anything of it leaves (SEND-6).
struct BeginSending: Command, Encodable {
    static let verb = Verb.sendReports

    let receiver: String
    let longestPause: Span

    struct Answer: Codable, Sendable {
        let messages: [MessageID]
    }

    func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let due = try work.transaction.messagesToSend(
            to: receiver, at: work.now, most: SendingRules.window,
            patience: SendingRules.patience, longestPause: longestPause
        ).map(\.id)
        guard !due.isEmpty else { return Answer(messages: []) }
        try work.transaction.append([
            .messagesSent(MessagesSent(receiver: receiver, messages: due))
        ])
        return Answer(messages: due)
    }
}

/// Records what became of messages that were sent.
struct RecordOutcomes: Command, Encodable {
    static let verb = Verb.sendReports

    let receiver: String
    let outcomes: [SendingOutcome]

    struct Answer: Codable, Sendable {
        let accepted: Int
        let rejected: Int
    }

    /// The clocks of reporting stop when the last message about a tube has arrived.
    func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let transaction = work.transaction
        try transaction.append([
            .messagesAnswered(MessagesAnswered(receiver: receiver, outcomes: outcomes))
        ])
        let accepted = outcomes.filter { $0.result == .accepted }
        let tubes = Set(try accepted.compactMap { try transaction.message($0.message)?.tube })
        let arrived = try tubes.sorted().filter { try transaction.isReportedUpward($0) }
        try work.reached(
            .reported,
            try arrived.compactMap { tube in
                try transaction.box(of: tube).map { (ClockSubject.tube(tube), $0) }
            })
        return Answer(
            accepted: accepted.count, rejected: outcomes.count { $0.result == .rejected })
    }
}
