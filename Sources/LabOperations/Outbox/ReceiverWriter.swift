internal import LabDomain
internal import LabExchange

/// Writes messages in the encoding and the codes of one receiver.
struct ReceiverWriter {
    let receiver: Receiver
    private let form: Form

    private enum Form {
        case hl7(MessageWriter, HL7Transcoder.Encoding)
        case fhir(BundleWriter, BundleWriter.Encoding)
    }

    /// A writer for a receiver; `writer` has its schema compiled already.
    ///
    /// A table of codes that an earlier release took in and this one does not understand holds the
    /// messages and no release: `missingCodes` then finds all of them.
    init(_ receiver: Receiver, _ writer: MessageWriter, laboratory oid: String) throws {
        self.receiver = receiver
        let tables = (try? CodeTables(receiver.codes, laboratory: oid)) ?? .empty
        let options = MessageOptions(wantsAnswer: receiver.answers, codes: tables)
        form =
            switch receiver.encoding {
            case .er7: .hl7(writer.with(options), .er7)
            case .xml: .hl7(writer.with(options), .xml)
            case .fhirXML: .fhir(try BundleWriter(options: options), .xml)
            case .fhirJSON: .fhir(try BundleWriter(options: options), .json)
            }
    }

    /// Everything in a report for which the receiver's codes have none.
    func missingCodes(_ report: Report, _ version: MessageVersion) -> [ReportFault] {
        switch form {
        case .hl7(let writer, _): writer.missingCodes(report, version)
        case .fhir(let writer, _): writer.missingCodes(report.parts, version)
        }
    }

    /// The message of one report under a number that `name` makes out of its content.
    /// - Throws: `MessageFaults` with everything for which the message is held back.
    func message(
        _ report: Report, _ version: MessageVersion, named name: ([UInt8]) -> String
    ) throws -> (id: MessageID, bytes: [UInt8]) {
        switch form {
        case .hl7(let writer, let encoding):
            let message = try writer.message(report, version, named: name)
            return (MessageID(message.message.controlID), message.bytes(as: encoding))
        case .fhir(let writer, let encoding):
            let message = try writer.message(
                .person(report), version, as: encoding, named: name)
            return (MessageID(message.number), message.bytes)
        }
    }
}
