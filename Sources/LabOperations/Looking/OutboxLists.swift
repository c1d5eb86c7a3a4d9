internal import Foundation
package import LabDomain
internal import LabExchange
internal import LabProgramme
package import LabStore

/// A receiver in a list.
package struct ReceiverEntry: Codable, Sendable {
    package let name: String
    package let profile: String
    package let encoding: Receiver.Encoding
    /// `standard`, `laboratory` or the name of a table.
    package let codes: String
    package let transport: String
    package let isRetired: Bool
    package let adoptedAt: Timestamp
}

/// A message in a list.
package struct OutboxEntry: Codable, Sendable {
    /// MSH-10.
    package let message: MessageID
    package let receiver: String
    package let tube: TubeID
    package let person: PersonID
    package let says: MessageKind
    package let version: Int
    package let state: MessageState
    package let isUrgent: Bool
    package let madeAt: Timestamp
    package let dueAt: Timestamp
    package let tries: Int
    package let nextAt: Timestamp?
    package let answeredAt: Timestamp?
    package let answer: String?
}

/// A message that its receiver refused, with the receiver's words.
package struct RejectEntry: Codable, Sendable {
    package let message: MessageID
    package let receiver: String
    package let tube: TubeID
    package let person: PersonID
    package let says: MessageKind
    package let answeredAt: Timestamp?
    package let answer: String
    package let words: ReceiverWords?
}

/// A message that cannot be written yet.
package struct HeldEntry: Codable, Sendable {
    package let receiver: String
    package let tube: TubeID
    package let person: PersonID
    package let says: MessageKind
    package let heldAt: Timestamp
    package let reasons: [String]
}

/// A change of a released result that awaits its second signature.
package struct AmendmentEntry: Codable, Sendable {
    package let amendment: AmendmentID
    package let tube: TubeID
    package let person: PersonID
    /// What the result would be; nil when it would be withdrawn.
    package let outcome: Outcome?
    package let reason: AmendmentReason
    package let proposedBy: String
    package let proposedAt: Timestamp
}

/// The laboratory in numbers, and beside them those of the outbox.
package struct WholeStatus: Encodable, Sendable {
    package let laboratory: LaboratoryStatus
    package let outbox: [OutboxCounts]

    private enum Keys: String, CodingKey {
        case outbox
    }

    package func encode(to encoder: any Encoder) throws {
        // The numbers stand where they always stood.
        try laboratory.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(outbox, forKey: .outbox)
    }
}

extension Receiver {
    /// What its messages keep to.
    fileprivate var profile: String {
        if encoding.isFHIR { return "FHIR-R4" }
        return answers ? "PHLabReport-Ack" : "PHLabReport-NoAck"
    }
}

extension Laboratory {
    /// The receivers of reports.
    package func receivers(as handle: String) throws -> [ReceiverEntry] {
        try look(.seeWork, as: handle) { view in
            try view.receivers().map { stored in
                let receiver = try Receiver(stored.settings, file: stored.name)
                return ReceiverEntry(
                    name: stored.name,
                    profile: receiver.profile, encoding: receiver.encoding,
                    codes: receiver.codes.text, transport: receiver.transport.text,
                    isRetired: stored.isRetired, adoptedAt: stored.adoptedAt)
            }
        }
    }

    /// A receiver's settings as they were adopted.
    package func receiverText(_ name: String, as handle: String) throws -> String {
        try look(.seeWork, as: handle) { view in
            guard let stored = try view.receivers().first(where: { $0.name == name }) else {
                throw Refusal(
                    .unknown, "No receiver has this name.", remedy: "See swabline receiver list.")
            }
            return stored.settings
        }
    }

    /// The settings of a receiver to start from.
    package static func shippedReceiver() throws -> String { try ShippedRules.receiver.text() }

    /// The laboratory in numbers, with what waits for each receiver.
    package func wholeStatus(as handle: String) throws -> WholeStatus {
        WholeStatus(laboratory: try status(as: handle), outbox: try outbox(as: handle))
    }

    /// What waits for each receiver.
    package func outbox(as handle: String) throws -> [OutboxCounts] {
        try look(.seeWork, as: handle) { try $0.outbox() }
    }

    /// Messages, the newest first.
    package func messages(
        to receiver: String? = nil, in state: MessageState? = nil, about tube: TubeID? = nil,
        limit: Int, as handle: String
    ) throws -> [OutboxEntry] {
        let filter = OutboxFilter(receiver: receiver, state: state, tube: tube)
        return try look(.seeWork, as: handle) { view in
            try view.messages(filter, limit: limit).map {
                OutboxEntry(
                    message: $0.id, receiver: $0.receiver, tube: $0.tube, person: $0.person,
                    says: $0.says, version: $0.version, state: $0.state, isUrgent: $0.isUrgent,
                    madeAt: $0.madeAt, dueAt: $0.dueAt, tries: $0.tries, nextAt: $0.nextAt,
                    answeredAt: $0.answeredAt, answer: $0.answer)
            }
        }
    }

    /// Messages that were refused, with the receivers' words: for those who may see people.
    package func rejects(
        of receiver: String?, limit: Int, as handle: String
    ) throws -> [RejectEntry] {
        try look(.exportReports, as: handle) { view in
            try view.rejectedMessages(of: receiver, limit: limit).map { stored in
                RejectEntry(
                    message: stored.id, receiver: stored.receiver, tube: stored.tube,
                    person: stored.person, says: stored.says, answeredAt: stored.answeredAt,
                    answer: stored.answer ?? "",
                    words: try stored.words.flatMap {
                        ReceiverWords(kept: try vault.open(words: $0, about: stored.id))
                    })
            }
        }
    }

    /// Messages that cannot be written yet, with every reason.
    package func heldMessages(
        for receiver: String?, limit: Int, as handle: String
    ) throws -> [HeldEntry] {
        try look(.seeWork, as: handle) { view in
            try view.heldMessages(of: receiver, limit: limit).map {
                HeldEntry(
                    receiver: $0.receiver, tube: $0.tube, person: $0.person, says: $0.says,
                    heldAt: $0.heldAt, reasons: $0.reasons)
            }
        }
    }

    /// The bytes of one message as they are sent: it names the person.
    package func messageBytes(_ id: MessageID, as handle: String) throws -> [UInt8] {
        try look(.exportReports, as: handle) { view in
            guard let sealed = try view.sealedMessage(id) else {
                throw Refusal(
                    .unknown, "No message has this number.", remedy: "See swabline report list.")
            }
            return try vault.open(message: sealed, id)
        }
    }

    /// Changes of released results that await their second signature.
    package func amendments(as handle: String) throws -> [AmendmentEntry] {
        try look(.seeWork, as: handle) { view in
            try view.proposedAmendments().map { stored in
                var outcome: Outcome?
                if case .correction(let corrected) = stored.change { outcome = corrected }
                return AmendmentEntry(
                    amendment: stored.id, tube: stored.tube, person: stored.person,
                    outcome: outcome, reason: stored.reason, proposedBy: stored.proposedBy,
                    proposedAt: stored.proposedAt)
            }
        }
    }
}
