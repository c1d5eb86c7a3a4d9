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
}

/// Writes messages and lets none out that its schema refuses.
package struct MessageWriter: Sendable {
    private let schema: XMLSchema
    private let options: MessageOptions

    /// A writer with the schema compiled once; keep it.
    /// - Throws: `MessageFaults` when the schema that ships with Swabline is missing or broken.
    package init(options: MessageOptions = MessageOptions()) throws(MessageFaults) {
        self.options = options
        do throws(XMLFault) {
            schema = try XMLSchema(compiling: try Self.schemaBytes())
        } catch {
            throw MessageFaults(faults: [error])
        }
    }

    /// Writes one report as ORU^R01 2.5.1 in v2.xml, UTF-8.
    /// - Returns: The message; the same report and options give the same bytes.
    /// - Throws: `MessageFaults` with everything for which the message is held back.
    package func write(_ report: Report) throws(MessageFaults) -> [UInt8] {
        let bytes: [UInt8]
        do throws(XMLFault) {
            bytes = try ResultMessage.bytes(report, options)
        } catch {
            throw MessageFaults(faults: [error])
        }
        let faults = schema.validate(bytes)
        guard faults.isEmpty else { throw MessageFaults(faults: faults) }
        return bytes
    }

    private static func schemaBytes() throws(XMLFault) -> [UInt8] {
        let name = "oru_r01-2.5.1-elr"
        let file = Bundle.module.url(
            forResource: name, withExtension: "xsd", subdirectory: "Schemas")
        guard let file, let data = try? Data(contentsOf: file) else {
            throw XMLFault(message: "the schema \(name).xsd is missing; install Swabline again")
        }
        return Array(data)
    }
}
