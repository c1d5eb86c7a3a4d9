/// One field of a segment with its repetitions.
package struct HL7Field: Hashable, Sendable {
    /// The first repetition; nearly every field has no other.
    package var first: HL7Value
    /// The repetitions behind the first; the last one is not empty.
    package var others: [HL7Value]

    /// A field; trailing empty repetitions are left out.
    package init(_ first: HL7Value, others: [HL7Value] = []) {
        self.first = first
        self.others = others
        while let last = self.others.last, last == .empty { self.others.removeLast() }
    }

    /// A field that was not sent.
    package static let empty = HL7Field(.empty)

    /// All repetitions; none of an empty field.
    package var repetitions: [HL7Value] { isEmpty ? [] : [first] + others }

    /// Whether nothing was sent.
    package var isEmpty: Bool { others.isEmpty && first.isEmpty }
}

/// A segment: a name of three characters and its fields.
package struct HL7Segment: Hashable, Sendable {
    /// The name, such as `PID`.
    package let name: String
    /// The fields from number 1; of MSH, FHS and BHS the first two name the separators.
    package var fields: [HL7Field]
    /// The line of the file it was read from, from 1; 0 when it was made here.
    package var line: Int

    /// A segment; trailing empty fields are left out.
    package init(_ name: String, _ fields: [HL7Field] = [], line: Int = 0) {
        self.name = name
        self.fields = fields
        self.line = line
        while let last = self.fields.last, last.isEmpty { self.fields.removeLast() }
    }

    /// A field by its number from 1; empty when it was not sent.
    package subscript(_ number: Int) -> HL7Field {
        get { fields.indices.contains(number - 1) ? fields[number - 1] : .empty }
        set {
            while fields.count < number { fields.append(.empty) }
            fields[number - 1] = newValue
            while let last = fields.last, last.isEmpty { fields.removeLast() }
        }
    }

    /// The text at a place of the first repetition.
    package func text(_ field: Int, _ component: Int = 1, _ subcomponent: Int = 1) -> String {
        self[field].first[component][subcomponent].text
    }

    /// Segments are equal by what they say, wherever they stood.
    package static func == (one: HL7Segment, other: HL7Segment) -> Bool {
        one.name == other.name && one.fields == other.fields
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(fields)
    }

    /// Whether the first two fields of segments of this name are the separators.
    static func namesSeparators(_ name: String) -> Bool {
        name == "MSH" || name == "BHS" || name == "FHS"
    }
}

/// A message of HL7 version 2 as a tree, whatever it was read from or is written as.
package struct HL7Message: Hashable, Sendable {
    /// The segments in their order, MSH first.
    package var segments: [HL7Segment]

    /// A message of segments.
    package init(_ segments: [HL7Segment]) {
        self.segments = segments
    }

    /// MSH, or an empty segment where a message has none.
    package var header: HL7Segment { segments.first ?? HL7Segment("MSH") }

    /// The identifier that an acknowledgement repeats (MSH-10).
    package var controlID: String { header.text(10) }

    /// The name of the structure (MSH-9.3), made of type and event where it is not named.
    package var structureName: String {
        let named = header.text(9, 3)
        if !named.isEmpty { return named }
        let (type, event) = (header.text(9, 1), header.text(9, 2))
        return type == "ACK" || event.isEmpty ? type : "\(type)_\(event)"
    }

    /// All segments of a name.
    package func segments(_ name: String) -> [HL7Segment] { segments.filter { $0.name == name } }
}
