internal import LabDomain
internal import LabExchange

/// A file of HL7 messages in the other encoding; needs no laboratory.
package struct TranscodedMessages: Codable, Sendable {
    /// The file.
    package let bytes: [UInt8]
    /// The places whose values v2.xml has no element for, such as `OBX-3.7`.
    package let lost: [String]

    /// Turns ER7 into v2.xml and v2.xml into ER7, whichever the content is.
    /// - Throws: `Refusal` with the first place that cannot be read.
    package init(_ file: [UInt8]) throws(Refusal) {
        do throws(HL7Fault) {
            let transcoded = try HL7Transcoder.transcode(file)
            bytes = transcoded.bytes
            lost = transcoded.lost
        } catch {
            throw Refusal(unreadable: error, "The file is no HL7 message.")
        }
    }
}

extension Refusal {
    /// A file of messages that cannot be read.
    init(unreadable fault: HL7Fault, _ message: Wording) {
        self.init(
            .badData, message, remedy: "Mend it or ask for it again.",
            places: [
                Place(
                    line: fault.line, subject: fault.place, code: "hl7", message: fault.message,
                    remedy: fault.remedy)
            ])
    }
}
