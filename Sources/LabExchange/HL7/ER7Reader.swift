/// Reads segments of the ER7 encoding, "pipes", line by line.
struct ER7Reader {
    /// The longest file that is read at once, 64 MiB.
    static let limit = 64 << 20

    private(set) var separators = HL7Separators.standard

    /// Reads one line as a segment; MSH, FHS and BHS set the separators from there on.
    /// - Returns: Nil for a line of blanks.
    mutating func segment(
        _ line: ArraySlice<UInt8>, number: Int
    ) throws(HL7Fault) -> HL7Segment? {
        let line = line.drop { $0 == 0x20 || $0 == 0x09 }
        if line.isEmpty { return nil }
        let name = line.prefix(3)
        guard line.count >= 3, Self.isName(name) else {
            throw HL7Fault(
                line: number, "no segment begins here",
                remedy: "begin each line with a segment's name of three capital letters or digits")
        }
        let text = String(decoding: name, as: UTF8.self)
        if HL7Segment.namesSeparators(text) { return try header(text, line, number) }
        let rest = line.dropFirst(3)
        guard rest.isEmpty || rest.first == separators.field else {
            throw HL7Fault(
                line: number, place: text, "another character than the field separator follows",
                remedy: "use the separator that MSH-1 names")
        }
        return HL7Segment(text, fields(rest.dropFirst(), isSent: !rest.isEmpty), line: number)
    }

    private static func isName(_ name: ArraySlice<UInt8>) -> Bool {
        guard let first = name.first, (0x41...0x5A).contains(first) else { return false }
        return name.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
    }

    private mutating func header(
        _ name: String, _ line: ArraySlice<UInt8>, _ number: Int
    ) throws(HL7Fault) -> HL7Segment {
        let rest = line.dropFirst(3)
        let encoding = rest.dropFirst().prefix { $0 != rest.first }
        guard let field = rest.first,
            let separators = HL7Separators(field: field, encoding: Array(encoding))
        else {
            throw HL7Fault(
                line: number, place: "\(name)-2", "the separators cannot be told apart",
                remedy: "begin with \(name) and the usual signs, or with five others that differ")
        }
        self.separators = separators
        let names = [
            HL7Field(.text(String(decoding: [field], as: UTF8.self))),
            HL7Field(.text(separators.encoding)),
        ]
        let body = rest.dropFirst(1 + encoding.count)
        return HL7Segment(
            name, names + fields(body.dropFirst(), isSent: !body.isEmpty), line: number)
    }

    private func fields(_ body: ArraySlice<UInt8>, isSent: Bool) -> [HL7Field] {
        guard isSent else { return [] }
        var fields: [HL7Field] = []
        Self.split(body, at: separators.field) { fields.append(field($0)) }
        return fields
    }

    private func field(_ bytes: ArraySlice<UInt8>) -> HL7Field {
        guard let repetition = separators.repetition, bytes.contains(repetition) else {
            return HL7Field(value(bytes))
        }
        var values: [HL7Value] = []
        Self.split(bytes, at: repetition) { values.append(value($0)) }
        return HL7Field(values[0], others: Array(values.dropFirst()))
    }

    private func value(_ bytes: ArraySlice<UInt8>) -> HL7Value {
        if bytes.isEmpty { return .empty }
        guard bytes.contains(separators.component) else {
            return HL7Value(parts: [component(bytes)])
        }
        var parts: [HL7Value] = []
        Self.split(bytes, at: separators.component) { parts.append(component($0)) }
        return HL7Value(parts: parts)
    }

    private func component(_ bytes: ArraySlice<UInt8>) -> HL7Value {
        let escapes = ER7Escapes(separators: separators)
        guard let subcomponent = separators.subcomponent, bytes.contains(subcomponent) else {
            return escapes.value(bytes)
        }
        var parts: [HL7Value] = []
        Self.split(bytes, at: subcomponent) { parts.append(escapes.value($0)) }
        return HL7Value(parts: parts)
    }

    private static func split(
        _ bytes: ArraySlice<UInt8>, at separator: UInt8, _ body: (ArraySlice<UInt8>) -> Void
    ) {
        var start = bytes.startIndex
        for index in bytes.indices where bytes[index] == separator {
            body(bytes[start..<index])
            start = index + 1
        }
        body(bytes[start...])
    }
}
