/// The kinds of document by which a person is known.
package enum DocumentType: String, CaseIterable, Hashable, Sendable, Codable {
    /// The resident identity card (GB 11643).
    case residentID = "resident-id"
    /// A passport of any state.
    case passport
    /// Hong Kong and Macao people: the travel permit, or the residence permit of 2018.
    case hongKongMacaoPermit = "hong-kong-macao-permit"
    /// Taiwan people: the travel permit, or the residence permit of 2018.
    case taiwanPermit = "taiwan-permit"
    /// The foreigners' permanent residence card, of either form.
    case foreignResidencePermit = "foreign-residence-permit"
    /// The birth certificate of a newborn who has no resident number yet.
    case birthCertificate = "birth-certificate"
    /// Any other paper that names a person.
    case other
}

/// Why a text is no number of its document, in the order of the checks; it never holds the text.
package enum DocumentFault: Error, Hashable, Sendable {
    /// Nothing but white space.
    case empty
    /// More or fewer characters than the document has.
    case length(found: Int)
    /// The length fits, but not the letters, digits or first digits.
    case form
    /// The check character does not match: some character was mistaken.
    case checkCharacter
    /// A number of the resident form that fails one of its own checks.
    case resident(ResidentNumberFault)
}

/// A document with its number, valid for its type by existing.
///
/// Printing one shows no number.
package struct IdentityDocument: Hashable, Sendable {
    /// What kind of document it is.
    package let type: DocumentType
    /// The number in capitals and ASCII, without white space around it.
    package let number: String
    /// The number read as GB 11643, where it has that form: birth date and sex can be had from it.
    package let residentNumber: ResidentNumber?

    /// Reads a number as it was typed, scanned or imported.
    /// - Parameters:
    ///   - type: The document that the person shows.
    ///   - number: What was entered.
    ///   - mode: Whether the area of a resident number must have been assigned.
    ///   - today: The last day on which the holder can have been born; nil asks for no check.
    /// - Throws: The first check that fails, in the order of `DocumentFault`.
    package init(
        type: DocumentType, number: String, mode: ResidentNumber.Mode = .anyArea,
        today: CalendarDay? = nil
    ) throws(DocumentFault) {
        let text = asciiCapitals(number)
        guard !text.isEmpty else { throw .empty }
        let shape = Shape(text)
        var resident: ResidentNumber?
        switch type {
        case .residentID:
            resident = try Self.resident(text, mode: mode, today: today)
        case .passport:
            try shape.require(5...17, shape.isLettersAndDigits)
        case .hongKongMacaoPermit where text.count == 18:
            resident = try Self.resident(text, startingWith: ["81", "82"], today: today)
        case .hongKongMacaoPermit:
            // A person's eight digits, with two more on cards that count renewals.
            try shape.require([9, 11], shape.isLetters(1) && "HMC".contains(text.prefix(1)))
        case .taiwanPermit where text.count == 18:
            resident = try Self.resident(text, startingWith: ["83"], today: today)
        case .taiwanPermit:
            try shape.require([8], shape.isLetters(0))
        case .foreignResidencePermit where text.count == 18:
            guard text.hasPrefix("9"), shape.isLetters(0, droppingLast: 1) else { throw .form }
            guard CheckCharacter.mod11Two.verifies(shape.bytes) else { throw .checkCharacter }
        case .foreignResidencePermit:
            try shape.require([15], shape.isLetters(3))
        case .birthCertificate:
            // A letter and nine digits today; the wider form lets older ones in.
            try shape.require(6...20, shape.isLettersAndDigits)
        case .other:
            try shape.require(1...40, text.unicodeScalars.allSatisfy(isVisible))
        }
        self.type = type
        self.number = text
        residentNumber = resident
    }

    /// The text that the keyed index is made of: one person, one text.
    ///
    /// Resident cards, residence permits and the new cards of foreigners share one space of
    /// eighteen-character numbers, told apart by their first digits. They stand here without
    /// their type, so that a desk that picks the wrong card does not make a second person.
    package var canonical: String {
        switch type {
        case .residentID, .hongKongMacaoPermit, .taiwanPermit, .foreignResidencePermit:
            number.utf8.count == 18 ? "resident:\(number)" : "\(type.rawValue):\(number)"
        case .passport, .birthCertificate, .other: "\(type.rawValue):\(number)"
        }
    }

    private static func resident(
        _ text: String, startingWith prefixes: [String] = [],
        mode: ResidentNumber.Mode = .anyArea, today: CalendarDay?
    ) throws(DocumentFault) -> ResidentNumber {
        guard prefixes.isEmpty || prefixes.contains(where: text.hasPrefix) else { throw .form }
        do throws(ResidentNumberFault) {
            return try ResidentNumber(parsing: text, mode: mode, today: today)
        } catch {
            throw .resident(error)
        }
    }
}

extension IdentityDocument: CustomStringConvertible {
    /// Says what this is and nothing of the number, so that a log cannot carry it.
    package var description: String { "IdentityDocument(\(type.rawValue), hidden)" }
}

/// The letters and digits of a text, for the patterns above.
private struct Shape {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    var bytes: [UInt8] { Array(text.utf8) }

    var isLettersAndDigits: Bool { text.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) } }

    /// So many letters, then digits to the end, the last characters left out.
    func isLetters(_ letters: Int, droppingLast last: Int = 0) -> Bool {
        text.utf8.prefix(letters).allSatisfy(isLetter)
            && text.utf8.dropFirst(letters).dropLast(last).allSatisfy { (48...57).contains($0) }
    }

    func require(_ lengths: some Sequence<Int>, _ hasForm: Bool) throws(DocumentFault) {
        // Not characters as people see them: one of those can carry marks without end.
        let count = text.unicodeScalars.count
        guard lengths.contains(count) else { throw .length(found: count) }
        guard hasForm else { throw .form }
    }

    private func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) }
}

private func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator:
        false
    default: true
    }
}

/// A text without white space around it, full-width forms as ASCII, Latin letters as capitals.
///
/// Chinese input methods write full-width digits and letters (U+FF01 to U+FF5E).
func asciiCapitals(_ text: String) -> String {
    // Nearly every number comes as it should be; this keeps a busy intake fast.
    let isPlain = text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    if isPlain { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        let narrow = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
        let capital = (97...122).contains(narrow) ? narrow - 32 : narrow
        scalars.append(Unicode.Scalar(capital) ?? scalar)
    }
    let trimmed = String(scalars).drop { $0.isWhitespace }
    guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(trimmed[...last])
}
