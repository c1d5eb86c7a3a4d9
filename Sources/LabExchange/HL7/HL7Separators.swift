/// The characters that part a message in its ER7 encoding (MSH-1 and MSH-2).
package struct HL7Separators: Hashable, Sendable {
    /// Between fields.
    package let field: UInt8
    /// Between components.
    package let component: UInt8
    /// Between repetitions.
    package let repetition: UInt8?
    /// Before and after an escape sequence.
    package let escape: UInt8?
    /// Between subcomponents.
    package let subcomponent: UInt8?
    /// MSH-2 as it was read; it may name the truncation character too.
    package let encoding: String

    /// The recommended ones: `|^~\&`.
    package static let standard = HL7Separators(
        field: 0x7C, component: 0x5E, repetition: 0x7E, escape: 0x5C, subcomponent: 0x26,
        encoding: "^~\\&")

    private init(
        field: UInt8, component: UInt8, repetition: UInt8?, escape: UInt8?, subcomponent: UInt8?,
        encoding: String
    ) {
        self.field = field
        self.component = component
        self.repetition = repetition
        self.escape = escape
        self.subcomponent = subcomponent
        self.encoding = encoding
    }

    /// The separators that a field separator and the text of MSH-2 name; nil when they cannot be
    /// told apart, are letters, digits or blanks, or are not ASCII.
    package init?(field: UInt8, encoding: [UInt8]) {
        let all = [field] + encoding
        guard (1...5).contains(encoding.count), Set(all).count == all.count,
            all.allSatisfy(Self.mayPart)
        else { return nil }
        func place(_ index: Int) -> UInt8? {
            encoding.indices.contains(index) ? encoding[index] : nil
        }
        self.init(
            field: field, component: encoding[0], repetition: place(1), escape: place(2),
            subcomponent: place(3), encoding: String(decoding: encoding, as: UTF8.self))
    }

    private static func mayPart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: false
        case 0x21...0x7E: true
        default: false
        }
    }

    /// The separators that a header segment names, the standard ones where it names none.
    init(of header: HL7Segment) {
        let field = header[1].first.text.utf8.first ?? Self.standard.field
        let encoding = Array(header[2].first.text.utf8)
        self = Self(field: field, encoding: encoding) ?? .standard
    }
}
