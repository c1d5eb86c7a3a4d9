/// What stands in one place of a message: nothing, a text, or smaller parts.
///
/// A repetition of a field has components for parts, a component has subcomponents. A single part
/// is the same as its text, because HL7 cannot tell them apart.
package indirect enum HL7Value: Hashable, Sendable {
    /// Nothing was sent.
    case empty
    /// A text without escape sequences; `""` is HL7's null, "delete what you have".
    case text(String)
    /// A text with sequences that stand for no character, such as `\.br\`.
    case formatted([HL7Piece])
    /// Components or subcomponents, the last one not empty.
    ///
    /// One alone has parts itself: `a&b` is one component of two subcomponents.
    case parts([HL7Value])

    /// HL7's null: the value is to be deleted.
    package static let null = HL7Value.text("\"\"")

    /// The value of some parts: trailing empty ones are left out, a single text stands alone.
    package init(parts: [HL7Value]) {
        var parts = parts
        while let last = parts.last, last == .empty { parts.removeLast() }
        if parts.count == 1, parts[0].isLeaf {
            self = parts[0]
        } else {
            self = parts.isEmpty ? .empty : .parts(parts)
        }
    }

    /// The value of a text; an empty text is no value.
    package init(_ text: String) {
        self = text.isEmpty ? .empty : .text(text)
    }

    /// Whether nothing stands here.
    package var isEmpty: Bool {
        if case .empty = self { return true }
        return false
    }

    /// Whether it has no parts.
    package var isLeaf: Bool {
        if case .parts = self { return false }
        return true
    }

    /// A part by its number from 1.
    package subscript(_ number: Int) -> HL7Value {
        if case .parts(let parts) = self {
            return parts.indices.contains(number - 1) ? parts[number - 1] : .empty
        }
        return number == 1 ? self : .empty
    }

    /// How many parts there are; a text is one.
    package var count: Int {
        switch self {
        case .empty: 0
        case .text, .formatted: 1
        case .parts(let parts): parts.count
        }
    }

    /// The text of the first part; sequences stand as they are written between backslashes.
    package var text: String {
        switch self {
        case .empty: ""
        case .text(let text): text
        case .formatted(let pieces): pieces.map(\.text).joined()
        case .parts(let parts): parts.first?.text ?? ""
        }
    }
}

/// A stretch of a text that has escape sequences.
package enum HL7Piece: Hashable, Sendable {
    /// Characters.
    case text(String)
    /// What stood between two escape characters: `.br`, `H`, `X0D`, `Zlocal`.
    case escape(String)

    /// The stretch with backslashes for escape characters.
    var text: String {
        switch self {
        case .text(let text): text
        case .escape(let code): "\\\(code)\\"
        }
    }
}
