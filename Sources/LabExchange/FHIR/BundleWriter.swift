package import LabDomain
internal import LabXML

/// Writes results as message Bundles of FHIR R4, one at a time.
package struct BundleWriter: Sendable {
    /// How a bundle is encoded.
    package enum Encoding: String, CaseIterable, Hashable, Sendable {
        case xml
        /// JSON on one line, as NDJSON wants it.
        case json
    }

    private let options: MessageOptions

    /// A writer; keep it for many bundles.
    /// - Throws: `MessageFaults` when the codes that ship with Swabline are missing or broken.
    package init(options: MessageOptions = MessageOptions()) throws(MessageFaults) {
        if let fault = CodeTables.fault {
            throw MessageFaults(faults: [XMLFault(message: fault.description)])
        }
        self.options = options
    }

    /// The bundle of one result.
    /// - Returns: The document; JSON without a line end. The same result, version and options give
    ///   the same bytes.
    /// - Throws: `MessageFaults` with what it is held back for: no code, or a character that no
    ///   message may hold.
    package func write(
        _ result: ReportedResult, _ version: MessageVersion = .first, as encoding: Encoding
    ) throws(MessageFaults) -> [UInt8] {
        guard ReportCodes(result.parts.method) != nil else { throw .withoutCode }
        let bundle = ResultBundle.make(result, version, options)
        do throws(XMLFault) {
            switch encoding {
            case .xml: return try FHIRWriter.xml(bundle)
            case .json: return try FHIRWriter.json(bundle)
            }
        } catch {
            throw MessageFaults(faults: [error])
        }
    }
}
