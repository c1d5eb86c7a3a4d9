/// A sentence that can be said in more than one language.
///
/// It is written like any text, `"The plate \(plate) is read already."`, and keeps its template
/// with numbered places, `The plate {0} is read already.`, apart from what fills them. The template
/// is what catalogues of other languages look up. A brace of the text itself is doubled in the
/// template.
package struct Wording: Sendable {
    /// What stands in a place of a template.
    package indirect enum Argument: Sendable {
        /// The same in every language: a number, a barcode, a name.
        case text(String)
        /// A wording that is translated on its own.
        case wording(Wording)
        /// A wording that opens its sentence, and so begins with a capital letter.
        case opening(Wording)
    }

    /// One template with its arguments.
    package struct Part: Sendable {
        package let template: String
        package let arguments: [Argument]
        /// What kind of word it is, where one English word has several meanings.
        let sense: String?

        /// Under what a catalogue keeps it: the template, with its sense before it.
        package var key: String { sense.map { "\($0)|\(template)" } ?? template }
    }

    /// What is said one after the other; each part is translated on its own.
    package let parts: [Part]

    /// What is said one after the other.
    package init(parts: [Part]) {
        self.parts = parts
    }

    /// A text as it is, without places; it is translated only where its whole text is known.
    package init(plain text: String) {
        self.init(template: Self.escaped(text), arguments: [])
    }

    /// One word of a closed list, as `refused` of runs and of people: catalogues tell them apart.
    package init(word: String, of sense: String) {
        self.init(template: Self.escaped(word), arguments: [], sense: sense)
    }

    private init(template: String, arguments: [Argument], sense: String? = nil) {
        parts =
            template.isEmpty
            ? [] : [Part(template: template, arguments: arguments, sense: sense)]
    }

    /// The English text.
    package var text: String { said { _ in nil } }

    /// Whether nothing is said.
    package var isEmpty: Bool { text.isEmpty }

    /// Whether the English text holds these words.
    package func contains(_ words: String) -> Bool { text.contains(words) }

    /// The text in the words of another language.
    ///
    /// - Parameter translate: The other template by a part's key; nil keeps the English one. Places
    ///   may come in another order.
    /// - Returns: The text with every place filled; a place without an argument stays as written.
    package func said(_ translate: (String) -> String?) -> String {
        parts.map { part in
            let arguments = part.arguments.map { argument in
                switch argument {
                case .text(let text): return text
                case .wording(let wording): return wording.said(translate)
                case .opening(let wording):
                    let words = wording.said(translate)
                    return words.prefix(1).uppercased() + words.dropFirst()
                }
            }
            return Self.fill(translate(part.key) ?? part.template, with: arguments)
        }.joined()
    }

    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x7B || $0 == 0x7D }) else { return text }
        return text.reduce(into: "") { escaped, character in
            escaped.append(character)
            if character == "{" || character == "}" { escaped.append(character) }
        }
    }

    /// Puts arguments into their places; a place that has none stays as it is written.
    private static func fill(_ template: String, with arguments: [String]) -> String {
        guard template.utf8.contains(where: { $0 == 0x7B || $0 == 0x7D }) else { return template }
        var text = ""
        var rest = template[...]
        while let character = rest.popFirst() {
            if character == rest.first, character == "{" || character == "}" {
                text.append(character)
                rest.removeFirst()
            } else if character == "{", let end = rest.firstIndex(of: "}"),
                let place = Int(rest[..<end]), arguments.indices.contains(place)
            {
                text += arguments[place]
                rest = rest[rest.index(after: end)...]
            } else {
                text.append(character)
            }
        }
        return text
    }
}

extension Wording: Hashable {
    /// Wordings are equal when they say the same in English, however they came about.
    package static func == (one: Wording, other: Wording) -> Bool { one.text == other.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension Wording: CustomStringConvertible {
    package var description: String { text }
}

extension Wording: Codable {
    /// Reads a plain text, as stored answers hold it.
    package init(from decoder: any Decoder) throws {
        self.init(plain: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the English text.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Wording: ExpressibleByStringInterpolation {
    /// Collects a template and its arguments.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var template = ""
        fileprivate var arguments: [Argument] = []

        /// Room for a template.
        package init(literalCapacity: Int, interpolationCount: Int) {
            template.reserveCapacity(literalCapacity + 3 * interpolationCount)
            arguments.reserveCapacity(interpolationCount)
        }

        /// Words of the template; their braces are doubled.
        package mutating func appendLiteral(_ literal: String) {
            template += escaped(literal)
        }

        /// Something that is the same in every language.
        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            append(.text(value.description))
        }

        /// A wording within this one.
        package mutating func appendInterpolation(_ wording: Wording) {
            append(.wording(wording))
        }

        /// A wording that opens the sentence, and so begins with a capital letter.
        package mutating func appendInterpolation(opening wording: Wording) {
            append(.opening(wording))
        }

        private mutating func append(_ argument: Argument) {
            template += "{\(arguments.count)}"
            arguments.append(argument)
        }
    }

    /// A text without places.
    package init(stringLiteral text: String) {
        self.init(plain: text)
    }

    /// A template with what fills its places.
    package init(stringInterpolation: StringInterpolation) {
        self.init(
            template: stringInterpolation.template, arguments: stringInterpolation.arguments)
    }
}
