internal import Foundation
package import LabDomain
package import LabXML

/// Why a message was not given out; places and advice, no values.
package struct MessageFaults: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong, at least one.
    package let faults: [XMLFault]

    /// The faults in one line.
    package var description: String {
        "the message is held: " + faults.map(\.description).joined(separator: "; ")
    }

    /// Parts of a report for which a receiver's codes have none.
    static func missing(_ codes: [ReportFault]) -> MessageFaults {
        MessageFaults(faults: codes.map { XMLFault(message: $0.description) })
    }

    /// An order that no code names.
    static let withoutCode = MessageFaults(faults: [
        XMLFault(
            path: "OBR-4",
            message: "no code is known for what the assay looks for; name its targets as "
                + "Schemas/codes has them")
    ])
}

/// A message that its schema accepts.
package struct WrittenMessage: Sendable {
    /// The message as a tree.
    package let message: HL7Message
    /// The message in the v2.xml encoding.
    package let xml: [UInt8]

    /// The message in either encoding.
    package func bytes(as encoding: HL7Transcoder.Encoding) -> [UInt8] {
        guard encoding == .er7 else { return xml }
        var writer = ER7Writer()
        writer.write(message)
        return writer.bytes
    }
}

/// Writes messages and lets none out that its schema refuses.
package struct MessageWriter: Sendable {
    private let schema: XMLSchema
    private var options: MessageOptions

    /// A writer with the schema compiled once; keep it.
    /// - Throws: `MessageFaults` when the schema that ships with Swabline is missing or broken.
    package init(options: MessageOptions = MessageOptions()) throws(MessageFaults) {
        self.options = options
        if let fault = CodeTables.fault {
            throw MessageFaults(faults: [XMLFault(message: fault.description)])
        }
        do throws(XMLFault) {
            schema = try XMLSchema(compiling: try Self.schemaBytes())
        } catch {
            throw MessageFaults(faults: [error])
        }
    }

    /// The same writer, with the schema that is compiled, for a receiver that wants it otherwise.
    package func with(_ options: MessageOptions) -> MessageWriter {
        var writer = self
        writer.options = options
        return writer
    }

    /// The message of one report under a number that follows from its content.
    /// - Parameters:
    ///   - report: The report.
    ///   - version: Which message about it this is.
    ///   - name: Makes MSH-10 out of the message in pipes without one.
    /// - Returns: The message, checked against the schema.
    /// - Throws: `MessageFaults` with everything for which the message is held back.
    package func message(
        _ report: Report, _ version: MessageVersion, named name: ([UInt8]) -> String
    ) throws(MessageFaults) -> WrittenMessage {
        try ReportCodes.check(report.parts, version, in: options.codes)
        var message = ResultMessage.make(report, version, options)
        message.segments[0][10] = .empty
        var writer = ER7Writer()
        writer.write(message)
        message.segments[0][10] = HL7Field(HL7Value(name(writer.bytes)))
        return WrittenMessage(message: message, xml: try checked(message))
    }

    /// Everything in a report for which the receiver's codes have none.
    package func missingCodes(
        _ report: Report, _ version: MessageVersion = .first
    ) -> [ReportFault] {
        ReportCodes.missing(for: report.parts, version, in: options.codes)
    }

    /// The message of one report, checked against the schema.
    /// - Returns: The message; the same report, version and options give the same bytes.
    /// - Throws: `MessageFaults` with everything for which the message is held back.
    package func message(
        _ report: Report, _ version: MessageVersion = .first
    ) throws(MessageFaults) -> WrittenMessage {
        try ReportCodes.check(report.parts, version, in: options.codes)
        let message = ResultMessage.make(report, version, options)
        return WrittenMessage(message: message, xml: try checked(message))
    }

    /// Writes one report as ORU^R01 2.5.1, UTF-8.
    /// - Throws: `MessageFaults` with everything for which the message is held back.
    package func write(
        _ report: Report, _ version: MessageVersion = .first,
        as encoding: HL7Transcoder.Encoding = .xml
    ) throws(MessageFaults) -> [UInt8] {
        try message(report, version).bytes(as: encoding)
    }

    /// The message of one report without a look at its schema; the check costs most of the time.
    package func unchecked(_ report: Report, _ version: MessageVersion = .first) -> HL7Message {
        ResultMessage.make(report, version, options)
    }

    /// The document of such a message.
    package func uncheckedDocument(
        _ report: Report, _ version: MessageVersion = .first
    ) throws(MessageFaults) -> [UInt8] {
        do throws(XMLFault) {
            return try MessageXMLWriter.document(unchecked(report, version)).bytes
        } catch {
            throw MessageFaults(faults: [error])
        }
    }

    /// The document of a message that its schema accepts; what v2.xml cannot say is no message
    /// that leaves this house.
    private func checked(_ message: HL7Message) throws(MessageFaults) -> [UInt8] {
        let (bytes, lost): ([UInt8], [String])
        do throws(XMLFault) {
            (bytes, lost) = try MessageXMLWriter.document(message)
        } catch {
            throw MessageFaults(faults: [error])
        }
        let faults =
            lost.map { XMLFault(path: $0, message: "has no place in HL7 2.5.1") }
            + schema.validate(bytes)
        guard faults.isEmpty else { throw MessageFaults(faults: faults) }
        return bytes
    }

    static func schemaBytes() throws(XMLFault) -> [UInt8] {
        let name = "oru_r01-2.5.1-elr"
        let file = Bundle.module.url(
            forResource: name, withExtension: "xsd", subdirectory: "Schemas")
        guard let file, let data = try? Data(contentsOf: file) else {
            throw XMLFault(message: "the schema \(name).xsd is missing; install Swabline again")
        }
        return Array(data)
    }
}
