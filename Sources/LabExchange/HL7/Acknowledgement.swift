/// What a receiver answered to a message (MSA and ERR).
package struct Acknowledgement: Hashable, Sendable {
    /// What the receiver says of the message (MSA-1, table 0008).
    package enum Code: String, CaseIterable, Hashable, Sendable {
        /// Accepted.
        case accepted = "AA"
        /// Something in the message is wrong.
        case error = "AE"
        /// Refused for another reason than its content: busy, not ready.
        case rejected = "AR"
        /// Kept safely; nothing is said about the content yet.
        case commitAccepted = "CA"
        /// Not kept because of something in the message.
        case commitError = "CE"
        /// Not kept for another reason.
        case commitRejected = "CR"
    }

    /// One thing that the receiver found wrong (ERR).
    package struct Finding: Hashable, Sendable {
        /// The place as the receiver names it, such as `PID-3.4` (ERR-2); empty when it names none.
        package let place: String
        /// The code of table 0357 (ERR-3).
        package let code: String
        /// E error, W warning, I information, F fatal (ERR-4).
        package let severity: String
        /// The receiver's words (ERR-8, else ERR-7, ERR-3.2); they may quote a value.
        package let words: String
    }

    /// What the receiver says.
    package let code: Code
    /// MSH-10 of the message that is meant (MSA-2).
    package let messageID: String
    /// MSA-3, where the receiver uses it.
    package let words: String
    /// The findings in their order.
    package let findings: [Finding]

    /// The longest answer that is read, 1 MiB.
    package static let limit = 1 << 20

    /// An answer that was not written in HL7 v2.
    init(_ code: Code, of messageID: String, words: String, findings: [Finding]) {
        self.code = code
        self.messageID = messageID
        self.words = words
        self.findings = findings
    }

    /// Reads an answer of either encoding.
    /// - Throws: `HL7Fault` when it is no acknowledgement.
    package init(reading bytes: [UInt8]) throws(HL7Fault) {
        guard bytes.count <= Self.limit else {
            throw HL7Fault(
                "the answer is longer than 1 MiB", remedy: "ask the receiver what it sends")
        }
        let file = try HL7Transcoder.read(bytes)
        guard file.messages.count == 1, let message = file.messages.first,
            let answer = message.segments("MSA").first
        else {
            throw HL7Fault(
                "the answer holds no acknowledgement", remedy: "ask the receiver what it sends")
        }
        guard let code = Code(rawValue: answer.text(1)) else {
            throw HL7Fault(
                place: "MSA-1", "the answer says nothing that HL7 knows",
                remedy: "ask the receiver what it sends")
        }
        self.code = code
        messageID = answer.text(2)
        words = answer.text(3)
        findings = message.segments("ERR").map(Finding.init)
    }
}

extension Acknowledgement.Finding {
    /// Reads ERR as 2.5.1 has it, and ERR-1 of versions before.
    init(_ segment: HL7Segment) {
        let isOld = segment[2].isEmpty
        let location = isOld ? segment[1].first : segment[2].first
        // ERL counts the field's repetition between field and component, ELD does not.
        let name = location[1].text
        let field = location[3].text
        let component = isOld ? "" : location[5].text
        place =
            name.isEmpty
            ? ""
            : name + (field.isEmpty ? "" : "-" + field)
                + (component.isEmpty ? "" : "." + component)
        let coded = isOld ? location[4] : segment[3].first
        code = isOld ? location[4][1].text : coded[1].text
        severity = segment.text(4)
        words = [segment.text(8), segment.text(7), coded[2].text].first { !$0.isEmpty } ?? ""
    }
}
