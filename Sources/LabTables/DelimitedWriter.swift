/// Writes a table as RFC 4180 CSV in UTF-8, safe to open in a spreadsheet.
package struct DelimitedWriter: Sendable {
    /// What has been written so far.
    package private(set) var bytes: [UInt8]
    private let guardsFormulas: Bool
    private let delimiter: UInt8

    /// A writer without rows.
    /// - Parameters:
    ///   - guardsFormulas: Puts an apostrophe before a cell that opens with `=`, `+`, `-`, `@` or
    ///     a tab, so that no spreadsheet runs it as a formula. Switch it off for machines.
    ///   - isMarked: Opens the file with a byte-order mark, which Excel needs to read Chinese.
    ///   - delimiter: What separates cells: a comma, a semicolon or a tab.
    package init(
        guardsFormulas: Bool = true, isMarked: Bool = false, delimiter: UInt8 = 0x2C
    ) {
        self.guardsFormulas = guardsFormulas
        self.delimiter = delimiter
        bytes = isMarked ? [0xEF, 0xBB, 0xBF] : []
    }

    /// Writes one record and its line end (CR LF).
    package mutating func row(_ fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(delimiter) }
            write(field, isAlone: fields.count == 1)
        }
        bytes.append(Byte.carriageReturn)
        bytes.append(Byte.lineFeed)
    }

    private mutating func write(_ field: String, isAlone: Bool) {
        let isFormula =
            guardsFormulas && field.utf8.first.map { Self.formulaOpeners.contains($0) } == true
        guard needsQuotes(field) || (isAlone && field.isEmpty) else {
            if isFormula { bytes.append(Self.apostrophe) }
            bytes.append(contentsOf: field.utf8)
            return
        }
        bytes.append(Byte.quote)
        if isFormula { bytes.append(Self.apostrophe) }
        for byte in field.utf8 {
            if byte == Byte.quote { bytes.append(Byte.quote) }
            bytes.append(byte)
        }
        bytes.append(Byte.quote)
    }

    private func needsQuotes(_ field: String) -> Bool {
        // Spaces at the edge would be trimmed by a reader that finds them unquoted.
        if let first = field.first, let last = field.last,
            Blank.isBlank(first) || Blank.isBlank(last)
        {
            return true
        }
        return field.utf8.contains { Self.quoted.contains($0) }
    }

    private static let apostrophe = UInt8(ascii: "'")
    private static let formulaOpeners: [UInt8] = [0x3D, 0x2B, 0x2D, 0x40, Byte.tab]
    private static let quoted: [UInt8] = [
        Byte.comma, Byte.semicolon, Byte.tab, Byte.quote, Byte.carriageReturn, Byte.lineFeed,
    ]
}
