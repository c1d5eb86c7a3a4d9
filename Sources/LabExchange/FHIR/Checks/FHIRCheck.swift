internal import LabDomain
internal import LabXML

/// Checks message Bundles of FHIR R4 in XML, JSON or NDJSON: their structure, the codes that must
/// come from a list, the form of primitive values, and the references within each.
package struct FHIRCheck {
    private let tables: FHIRTables

    /// A check; keep it for several files.
    /// - Throws: `HL7Fault` when a file that ships with Swabline is missing or broken.
    package init() throws(HL7Fault) {
        tables = FHIRTables.shipped
        guard !tables.types.isEmpty, !tables.codes.isEmpty else {
            throw HL7Fault(
                "a file of rules that belongs to Swabline is missing", remedy: "install it again")
        }
    }

    /// Whether a file is FHIR by its content: a JSON object, or XML in FHIR's namespace.
    package static func isFHIR(_ bytes: [UInt8]) -> Bool {
        var head = bytes.prefix(4_096)
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { head = head.dropFirst(3) }
        head = head.drop { [0x09, 0x0A, 0x0D, 0x20].contains($0) }
        if head.first == UInt8(ascii: "{") { return true }
        let text = String(decoding: head, as: UTF8.self)
        return text.hasPrefix("<") && text.contains("\"\(FHIRWriter.namespace)\"")
    }

    /// Everything that is found in a file, bundle by bundle.
    /// - Throws: `HL7Fault` when the file cannot be read at all.
    package func findings(in bytes: [UInt8]) throws(HL7Fault) -> (bundles: Int, [HL7Finding]) {
        let bundles = try Self.read(bytes)
        let findings = bundles.enumerated().flatMap { index, bundle in
            var run = FHIRCheckRun(tables: tables, number: index + 1, fileLine: bundle.line)
            run.look(at: bundle.node)
            return run.findings
        }
        return (bundles.count, findings)
    }

    private static func read(
        _ bytes: [UInt8]
    ) throws(HL7Fault) -> [(node: FHIRNode, line: Int?)] {
        if bytes.first(where: { ![0xEF, 0xBB, 0xBF, 0x09, 0x0A, 0x0D, 0x20].contains($0) })
            == UInt8(ascii: "<")
        {
            do throws(XMLFault) {
                return [(FHIRNode(resource: try XMLReader.read(bytes)), nil)]
            } catch {
                throw HL7Fault(error)
            }
        }
        // One document over many lines, or a document on each.
        if let node = FHIRNode(json: bytes) { return [(node, nil)] }
        var bundles: [(FHIRNode, Int?)] = []
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 <= 0x20 }) {
            guard let node = FHIRNode(json: Array(line)) else {
                throw HL7Fault(
                    line: index + 1, "this is no JSON object",
                    remedy: "give one document, or NDJSON with a document on each line")
            }
            bundles.append((node, index + 1))
        }
        return bundles
    }
}
