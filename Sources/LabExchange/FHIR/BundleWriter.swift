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
        try ReportCodes.check(result.parts, version, in: options.codes)
        return try Self.bytes(ResultBundle.make(result, version, options), as: encoding)
    }

    /// The bundle of one result under a number that follows from its content.
    /// - Parameters:
    ///   - result: The result.
    ///   - version: Which message about it this is.
    ///   - encoding: How it is encoded; the number is the same in either encoding.
    ///   - name: Makes the number out of the bundle without one, in JSON.
    /// - Returns: The number, and the document.
    /// - Throws: `MessageFaults` with everything for which the message is held back.
    package func message(
        _ result: ReportedResult, _ version: MessageVersion, as encoding: Encoding,
        named name: ([UInt8]) -> String
    ) throws(MessageFaults) -> (number: String, bytes: [UInt8]) {
        try ReportCodes.check(result.parts, version, in: options.codes)
        let content = try Self.bytes(
            ResultBundle.make(result, version, options, number: ""), as: .json)
        let number = name(content)
        let bundle = ResultBundle.make(result, version, options, number: number)
        try Self.check(bundle)
        return (number, try Self.bytes(bundle, as: encoding))
    }

    /// What R4 does not have is no message that leaves this house.
    private static func check(_ bundle: FHIRObject) throws(MessageFaults) {
        var run = FHIRCheckRun(tables: .shipped, number: 1, fileLine: nil)
        run.look(at: FHIRNode(bundle))
        let faults = run.findings.filter { $0.level == .error }
        guard faults.isEmpty else {
            throw MessageFaults(
                faults: faults.map { XMLFault(path: $0.place, message: $0.words.text) })
        }
    }

    /// Everything in a report for which the receiver's codes have none.
    package func missingCodes(
        _ parts: ReportParts, _ version: MessageVersion = .first
    ) -> [ReportFault] {
        ReportCodes.missing(for: parts, version, in: options.codes)
    }

    private static func bytes(
        _ bundle: FHIRObject, as encoding: Encoding
    ) throws(MessageFaults) -> [UInt8] {
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
