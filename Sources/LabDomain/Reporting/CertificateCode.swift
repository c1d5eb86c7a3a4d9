/// The code of a certificate as people type it: sixteen characters and a check character.
///
/// It is printed in groups of four, `7KQ2-M9XD-3TFW-C81R-V`. The body is ten bytes in base 32, made
/// with the laboratory's key from the result itself; nothing of the person can be read from it.
package struct CertificateCode: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Why a text is no code, in the order of the checks.
    package enum Fault: Error, Hashable, Sendable {
        /// More or fewer characters than a code has.
        case length(found: Int)
        /// A character that codes do not have.
        case character
        /// The check character does not fit: some character was mistaken.
        case checkCharacter
    }

    /// How many bytes stand behind a code: too many to be guessed.
    package static let size = 10
    private static let length = 17

    /// The seventeen characters without dashes.
    package let text: String

    /// The code of ten bytes.
    package init(_ bytes: some Collection<UInt8>) {
        precondition(bytes.count == Self.size, "A code is made of ten bytes.")
        let body = Base32.text(bytes)
        let check = CheckCharacter.mod37Thirtysix.compute(over: body.utf8) ?? 48
        text = body + String(Unicode.Scalar(check))
    }

    /// Reads a code as it was typed: small letters, dashes and blanks are taken too.
    /// - Throws: The first check that fails, in the order of `Fault`.
    package init(typed: String) throws(Fault) {
        let text = asciiCapitals(typed).filter { !"- \t\u{2010}\u{2013}".contains($0) }
        guard text.utf8.count == Self.length, let last = text.last else {
            throw .length(found: text.count)
        }
        guard let bytes = Base32.bytes(text.utf8.dropLast()), bytes.count == Self.size else {
            throw .character
        }
        self.init(bytes)
        guard self.text.last == last else { throw .checkCharacter }
    }

    /// The ten bytes.
    package var bytes: [UInt8] { Base32.bytes(text.utf8.dropLast()) ?? [] }

    /// In groups of four, as it is printed.
    package var description: String {
        stride(from: 0, to: Self.length, by: 4).map { String(text.dropFirst($0).prefix(4)) }
            .joined(separator: "-")
    }

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        do {
            try self.init(typed: text)
        } catch {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: "no certificate's code"))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
