/// A receiver of reports is known from now on, or known otherwise, with the text of its settings.
package struct ReceiverAdopted: FactPayload {
    package static let kind = FactKind.receiverAdopted
    package let name: String
    package let settings: String
    package var subject: String { name }

    /// A receiver.
    package init(name: String, settings: String) {
        self.name = name
        self.settings = settings
    }
}

/// A receiver gets nothing more.
package struct ReceiverRetired: FactPayload {
    package static let kind = FactKind.receiverRetired
    package let name: String
    package var subject: String { name }

    /// The end of a receiver.
    package init(name: String) {
        self.name = name
    }
}

/// A message about a person's report was written for a receiver.
///
/// Whatever was made before about the same report for the same receiver is settled with it.
package struct MessageMade: FactPayload {
    package static let kind = FactKind.messageMade
    /// MSH-10.
    package let message: MessageID
    package let receiver: String
    package let tube: TubeID
    package let person: PersonID
    /// 1 for the first message about the report, 2 for the next.
    package let version: Int
    package let says: MessageKind
    /// The pool of a preliminary result, or the one that a result points back at.
    package let pool: PoolID?
    /// Of the bytes that are sent.
    package let hash: Bytes
    package let isUrgent: Bool
    /// OBR-22.
    package let releasedAt: Timestamp
    package let dueAt: Timestamp
    package var subject: String { tube.text }

    /// A new message.
    package init(
        message: MessageID, receiver: String, tube: TubeID, person: PersonID, version: Int,
        says: MessageKind, pool: PoolID?, hash: Bytes, isUrgent: Bool, releasedAt: Timestamp,
        dueAt: Timestamp
    ) {
        self.message = message
        self.receiver = receiver
        self.tube = tube
        self.person = person
        self.version = version
        self.says = says
        self.pool = pool
        self.hash = hash
        self.isUrgent = isUrgent
        self.releasedAt = releasedAt
        self.dueAt = dueAt
    }
}

/// A message cannot be written yet; the reasons name fields and no values.
package struct MessageHeld: FactPayload {
    package static let kind = FactKind.messageHeld
    package let receiver: String
    package let tube: TubeID
    package let person: PersonID
    package let says: MessageKind
    package let reasons: [String]
    package var subject: String { tube.text }

    /// A held message with all its reasons.
    package init(
        receiver: String, tube: TubeID, person: PersonID, says: MessageKind, reasons: [String]
    ) {
        self.receiver = receiver
        self.tube = tube
        self.person = person
        self.says = says
        self.reasons = reasons
    }
}

/// What was made or held about a person's report is sent to nobody any more.
package struct MessagesDropped: FactPayload {
    package static let kind = FactKind.messagesDropped
    package let receiver: String
    package let tube: TubeID
    package let person: PersonID
    package var subject: String { tube.text }

    /// The end of what nobody has received.
    package init(receiver: String, tube: TubeID, person: PersonID) {
        self.receiver = receiver
        self.tube = tube
        self.person = person
    }
}

/// Messages are about to leave: from here on the receiver may have them.
package struct MessagesSent: FactPayload {
    package static let kind = FactKind.messagesSent
    package let receiver: String
    package let messages: [MessageID]
    package var subject: String { receiver }

    /// Messages on their way.
    package init(receiver: String, messages: [MessageID]) {
        self.receiver = receiver
        self.messages = messages
    }
}

/// What became of messages that were sent.
package struct MessagesAnswered: FactPayload {
    package static let kind = FactKind.messagesAnswered
    package let receiver: String
    package let outcomes: [SendingOutcome]
    package var subject: String { receiver }

    /// The outcomes in the order of sending.
    package init(receiver: String, outcomes: [SendingOutcome]) {
        self.receiver = receiver
        self.outcomes = outcomes
    }
}

/// A rejected message is sent once more as it is: the receiver has mended its side.
package struct MessageReturned: FactPayload {
    package static let kind = FactKind.messageReturned
    package let message: MessageID
    package let tube: TubeID
    package var subject: String { tube.text }

    /// A message that is sent again unchanged.
    package init(message: MessageID, tube: TubeID) {
        self.message = message
        self.tube = tube
    }
}
