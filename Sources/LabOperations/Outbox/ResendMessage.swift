package import LabDomain
internal import LabStore

/// Sends a message that its receiver refused once more: written anew from what is known now, or as
/// it is because the receiver has mended its side (SEND-9).
package struct ResendMessage: Command, Encodable {
    package static let verb = Verb.exportReports

    let message: MessageID
    let isUnchanged: Bool

    /// What is sent instead.
    package struct Answer: Codable, Sendable {
        /// The message that was refused.
        package let refused: MessageID
        /// MSH-10 of the one that is sent: another one where the content is another; nil when the
        /// new one is held.
        package let message: MessageID?
    }

    /// A refused message by its number (MSH-10).
    package init(message: MessageID, isUnchanged: Bool) {
        self.message = message
        self.isUnchanged = isUnchanged
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard let known = try work.transaction.message(message) else {
            throw Refusal(
                .unknown, "No message has this number.", remedy: "See swabline report rejects.")
        }
        guard known.state == .rejected else {
            throw Refusal(
                .rule, "The message is not refused: it is \(known.state.word).",
                remedy: "See swabline report list.")
        }
        guard !isUnchanged else {
            try work.transaction.append([
                .messageReturned(MessageReturned(message: message, tube: known.tube))
            ])
            return Answer(refused: message, message: message)
        }
        guard let writer = try OutboxWriter(work, to: known.receiver) else {
            throw Refusal(
                .rule, "The receiver \(known.receiver) is not in use any more.",
                remedy: "Adopt it again: swabline receiver adopt.")
        }
        try writer.write(again: known)
        let newest = try work.transaction.messages(
            to: known.receiver, about: known.tube, known.person
        ).last
        return Answer(refused: message, message: newest?.id == message ? nil : newest?.id)
    }
}

/// Writes what is held once more, after something was mended (SEND-5).
package struct WriteHeld: Command, Encodable {
    package static let verb = Verb.exportReports

    let receiver: String?

    /// How it went.
    package struct Answer: Codable, Sendable {
        package let written: Int
        package let held: Int
    }

    /// What is held for one receiver, or for all.
    package init(receiver: String?) {
        self.receiver = receiver
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let held = try work.transaction.heldMessages(of: receiver, limit: 1_000)
        for message in held {
            guard let writer = try OutboxWriter(work, to: message.receiver) else { continue }
            do {
                try writer.write(held: message)
            } catch is Refusal {
                // A pool's member is not told of any more once its own test is under way.
                continue
            }
        }
        let left = try held.count { message in
            try work.transaction.heldMessage(
                for: message.receiver, about: message.tube, message.person) != nil
        }
        return Answer(written: held.count - left, held: left)
    }
}
