/// The number on a resident identity card: GB 11643-1999, eighteen characters.
///
/// Six digits of area (GB/T 2260), eight of birth date, three of sequence (odd for men, even for
/// women), one check character (ISO 7064 MOD 11-2). Valid by existing. Old birth years are not
/// refused: the standard's own example was born in 1880. Printing one shows no digits.
package struct ResidentNumber: Hashable, Sendable {
    /// Which areas are believed.
    package enum Mode: Hashable, Sendable {
        /// Any six digits: invented people carry areas that were never assigned.
        case anyArea
        /// The first two digits must be a province of GB/T 2260 (81 to 83: residence permits).
        case assignedArea
    }

    /// The eighteen characters in ASCII, the check character X a capital.
    package let text: String
    /// The day of birth that the number states.
    package let birthDate: CalendarDay

    /// Reads a number as it was typed, scanned or imported.
    ///
    /// White space around it is removed, full-width characters become ASCII, a small x is stored
    /// as a capital; nothing else is repaired.
    /// - Parameters:
    ///   - text: What was entered.
    ///   - mode: Whether the area must have been assigned.
    ///   - today: The last day on which a person can have been born; nil asks for no such check.
    /// - Throws: The first check that fails, in the order of `ResidentNumberFault`.
    package init(
        parsing text: String, mode: Mode = .anyArea, today: CalendarDay? = nil
    ) throws(ResidentNumberFault) {
        let typed = asciiCapitals(text)
        let codes = typed.unicodeScalars.map(\.value)
        let odd = codes.indices.first {
            !((48...57).contains(codes[$0]) || $0 == 17 && codes[$0] == 88)
        }
        guard codes.count != 15 || odd != nil else { throw .formOf1989 }
        guard codes.count == 18 else { throw .length(found: codes.count) }
        if let odd { throw .character(position: odd + 1) }
        let bytes = codes.map(UInt8.init)
        guard mode == .anyArea || Self.provinces.contains(Self.number(bytes[0..<2])) else {
            throw .area
        }
        let (year, month) = (Self.number(bytes[6..<10]), Self.number(bytes[10..<12]))
        guard let born = CalendarDay(year: year, month: month, day: Self.number(bytes[12..<14]))
        else { throw .birthDate }
        if let today, born > today { throw .birthInFuture }
        guard CheckCharacter.mod11Two.verifies(bytes) else { throw .checkCharacter }
        self.text = typed
        birthDate = born
    }

    /// Composes a number with its check character; the area is not looked up.
    /// - Parameters:
    ///   - area: 0 ... 999,999, written with six digits.
    ///   - birthDate: A day of the years 1 to 9999.
    ///   - sequence: 0 ... 999; odd for men.
    /// - Throws: `.length` when a part does not fit its digits.
    package init(
        area: Int, birthDate: CalendarDay, sequence: Int
    ) throws(ResidentNumberFault) {
        let date = birthDate.year * 10_000 + birthDate.month * 100 + birthDate.day
        let body = digits(area, width: 6) + digits(date, width: 8) + digits(sequence, width: 3)
        let check = CheckCharacter.mod11Two.compute(over: body.utf8) ?? 0
        try self.init(parsing: body + String(Unicode.Scalar(check)))
    }

    /// The sex that the number states: an odd sequence is a man's.
    package var sex: Sex {
        let sequence = text.utf8.dropLast().last ?? 0
        return sequence.isMultiple(of: 2) ? .female : .male
    }

    // 71 and 81 to 83 are not the mainland's: Taiwan, and the residence permits of Hong Kong,
    // Macao and Taiwan people.
    private static let provinces: Set<Int> = [
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
        50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
    ]

    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    }
}

/// Why a text is no resident number, in the order of the checks; it never holds the text.
package enum ResidentNumberFault: Error, Hashable, Sendable {
    /// Fifteen digits: the form of 1989. The number of eighteen characters is needed instead.
    case formOf1989
    /// Not eighteen characters.
    case length(found: Int)
    /// Not a digit (the last may be X); the position counts from 1.
    case character(position: Int)
    /// No province has these two first digits; only in `.assignedArea`.
    case area
    /// No day of the calendar.
    case birthDate
    /// A day after `today`.
    case birthInFuture
    /// The check character does not match: some character was mistaken.
    case checkCharacter
}

extension ResidentNumber: Codable, CustomStringConvertible {
    /// Says what this is and nothing of the number, so that a log cannot carry it.
    package var description: String { "ResidentNumber(hidden)" }

    /// Reads the eighteen characters and checks them again.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do throws(ResidentNumberFault) {
            try self.init(parsing: text)
        } catch {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a resident number: \(error)")
        }
    }

    /// Writes the text that `init(from:)` reads.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
