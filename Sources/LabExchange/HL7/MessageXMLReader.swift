package import LabXML

/// Reads messages of the v2.xml encoding.
///
/// Groups are taken apart; fields and components stand where their numbers say, whatever the data
/// type before the number, so that messages of other versions keep everything too.
package enum MessageXMLReader {
    /// The message that an element holds.
    /// - Throws: `HL7Fault` for an element that is neither a group, a segment nor a numbered part.
    package static func message(_ root: XMLElement) throws(HL7Fault) -> HL7Message {
        var segments: [HL7Segment] = []
        try collect(root, into: &segments)
        guard segments.first?.name == "MSH" else {
            throw HL7Fault(
                line: root.line, "the message does not begin with MSH",
                remedy: "send a message of the v2.xml encoding")
        }
        return HL7Message(segments)
    }

    private static func collect(
        _ group: XMLElement, into segments: inout [HL7Segment]
    ) throws(HL7Fault) {
        for child in group.children {
            guard child.namespace == MessageXMLWriter.namespace || child.namespace == nil else {
                throw HL7Fault(
                    line: child.line, "an element of another namespace",
                    remedy: "send a message of the v2.xml encoding")
            }
            if isSegment(child.name) {
                segments.append(try segment(child))
            } else {
                try collect(child, into: &segments)
            }
        }
    }

    private static func isSegment(_ name: String) -> Bool {
        name.utf8.count == 3 && name.utf8.allSatisfy { (0x30...0x5A).contains($0) }
    }

    /// The segment that an element holds.
    static func segment(_ element: XMLElement) throws(HL7Fault) -> HL7Segment {
        var fields: [Int: [HL7Value]] = [:]
        for child in element.children {
            let number = try number(of: child)
            fields[number, default: []].append(try value(child, depth: 1))
        }
        let last = fields.keys.max() ?? 0
        let all = (0..<last).map { index in
            let values = fields[index + 1] ?? []
            return HL7Field(values.first ?? .empty, others: Array(values.dropFirst()))
        }
        let segment = HL7Segment(element.name, all, line: element.line)
        if HL7Segment.namesSeparators(segment.name) { try checkSeparators(segment) }
        return segment
    }

    /// Without four sound separators a message could not be written in ER7.
    private static func checkSeparators(_ header: HL7Segment) throws(HL7Fault) {
        let encoding = Array(header.text(2).utf8)
        guard let field = header.text(1).utf8.first, encoding.count >= 4,
            HL7Separators(field: field, encoding: encoding) != nil
        else {
            throw HL7Fault(
                line: header.line, place: "\(header.name)-2",
                "the separators cannot be told apart",
                remedy:
                    "begin with \(header.name) and the usual signs, or with five others that differ"
            )
        }
    }

    /// More fields or components than this no standard knows, and a file should cost little.
    private static let mostParts = 999

    private static func number(of element: XMLElement) throws(HL7Fault) -> Int {
        let digits = element.name.split(separator: ".", maxSplits: 1).last ?? ""
        guard let number = Int(digits), (1...mostParts).contains(number),
            element.name.contains(".")
        else {
            throw HL7Fault(
                line: element.line, "an element without a number of its field or component",
                remedy: "name elements as PID.5 and XPN.1")
        }
        return number
    }

    private static func value(_ element: XMLElement, depth: Int) throws(HL7Fault) -> HL7Value {
        let parts = element.children.filter { $0.name != "escape" }
        guard !parts.isEmpty else { return leaf(element) }
        var values: [HL7Value] = []
        for part in parts {
            let number = try number(of: part)
            while values.count < number { values.append(.empty) }
            values[number - 1] = try value(part, depth: depth + 1)
        }
        let value = HL7Value(parts: values)
        guard value.isLeaf || depth <= 2 else {
            throw HL7Fault(
                line: element.line, "parts within a subcomponent",
                remedy: "leave them out; no encoding of HL7 2 can carry them")
        }
        return value
    }

    private static func leaf(_ element: XMLElement) -> HL7Value {
        var pieces: [HL7Piece] = []
        var rest = element.text.utf8[...]
        for child in element.children {
            pieces += self.pieces(child.lead)
            rest = rest.dropFirst(child.lead.utf8.count)
            pieces.append(.escape(child.attribute("V") ?? ""))
        }
        pieces += self.pieces(String(decoding: rest, as: UTF8.self))
        if pieces.isEmpty { return .empty }
        if pieces.count == 1, case .text(let text) = pieces[0] { return .text(text) }
        return .formatted(pieces)
    }

    /// A text in which sequences without an element of their own stand as in ER7: `\X41\`.
    private static func pieces(_ text: String) -> [HL7Piece] {
        guard text.contains("\\") else { return text.isEmpty ? [] : [.text(text)] }
        var pieces: [HL7Piece] = []
        var rest = text[...]
        while let match = rest.firstMatch(of: /\\([XCM][0-9A-Fa-f]+|Z[^\\]*)\\/) {
            let before = rest[..<match.range.lowerBound]
            if !before.isEmpty { pieces.append(.text(String(before))) }
            pieces.append(.escape(String(match.output.1)))
            rest = rest[match.range.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        return pieces
    }
}
