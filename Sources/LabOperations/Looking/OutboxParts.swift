internal import Foundation
package import LabDomain
internal import LabExchange
package import LabStore

/// One message with everything that is known of it, and what else was said about the same report.
package struct MessageStory: Sendable {
    package let message: StoredMessage
    /// What the receiver said, where it refused; nil for those who may not read it.
    package let words: ReceiverWords?
    /// Every message about the same report for the same receiver, the first one first.
    package let versions: [StoredMessage]
}

extension Laboratory {
    /// A part of the messages, the newest first.
    package func messages(
        _ filter: OutboxFilter, after: String, as handle: String
    ) throws -> Part<StoredMessage> {
        try look(.seeWork, as: handle) { try $0.messages(filter, after: after) }
    }

    /// A part of the messages that were refused, with the receivers' words.
    package func rejects(
        of receiver: String?, after: String, as handle: String
    ) throws -> Part<RejectEntry> {
        try look(.exportReports, as: handle) { view in
            try view.rejectedMessages(of: receiver, after: after).map { stored in
                RejectEntry(
                    message: stored.id, receiver: stored.receiver, tube: stored.tube,
                    person: stored.person, says: stored.says, answeredAt: stored.answeredAt,
                    answer: stored.answer ?? "", words: try words(of: stored))
            }
        }
    }

    /// A part of the messages that cannot be written yet, with every reason.
    package func heldMessages(
        for receiver: String?, after: String, as handle: String
    ) throws -> Part<HeldEntry> {
        try look(.seeWork, as: handle) { view in
            try view.heldMessages(of: receiver, after: after).map {
                HeldEntry(
                    receiver: $0.receiver, tube: $0.tube, person: $0.person, says: $0.says,
                    heldAt: $0.heldAt, reasons: $0.reasons)
            }
        }
    }

    /// One message and its story; nil when there is none under this number.
    package func messageStory(_ id: MessageID, as handle: String) throws -> MessageStory? {
        try look(.seeWork, as: handle) { view, member in
            guard let message = try view.message(id) else { return nil }
            let mayRead = member.actor.role.may(.exportReports)
            return MessageStory(
                message: message, words: mayRead ? try words(of: message) : nil,
                versions: try view.messages(
                    to: message.receiver, about: message.tube, message.person))
        }
    }

    private func words(of message: StoredMessage) throws -> ReceiverWords? {
        try message.words.flatMap {
            ReceiverWords(kept: try vault.open(words: $0, about: message.id))
        }
    }
}
