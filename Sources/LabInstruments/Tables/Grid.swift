internal import LabDomain

/// Rows of cells with their numbers: a sheet of a workbook, a section of a text, a whole text.
struct Grid {
    struct Row {
        /// The line or row, from 1.
        var number: Int
        var cells: [String]
        /// The columns with a formula whose value the file does not hold.
        var unsaved: [Int] = []
        /// Whether it is a text's last line and no line end follows.
        var isUnended = false

        subscript(index: Int?) -> String {
            guard let index, cells.indices.contains(index) else { return "" }
            return cells[index]
        }

        var isBlank: Bool { cells.allSatisfy(\.isEmpty) && unsaved.isEmpty }
    }

    var part: FilePlace.Part?
    var rows: [Row]

    /// The name of the sheet or section, in small letters.
    var name: String {
        switch part {
        case .sheet(let name), .section(let name): Heading.key(name)
        default: ""
        }
    }

    /// Whether each row ends where its line ends; a sheet leaves out what is empty.
    var hasLines: Bool {
        if case .sheet = part { false } else { true }
    }

    func place(_ row: Row, column: Int? = nil) -> FilePlace {
        FilePlace(part, line: row.number, column: column.map { $0 + 1 })
    }

    /// What the rows before a heading say: `* Key = Value`, `# Key: Value` or two cells.
    func facts(before heading: Int) -> [String: String] {
        var facts: [String: String] = [:]
        for row in rows[..<heading] {
            var key = row[0]
            var value = row.cells.dropFirst().first { !$0.isEmpty } ?? ""
            key = String(key.drop { $0 == "*" || $0 == "#" || $0 == " " })
            if let end = key.firstIndex(where: { $0 == "=" || $0 == ":" }), value.isEmpty {
                value = String(key[key.index(after: end)...]).trimmed
                key = String(key[..<end])
            }
            let name = Heading.key(key)
            if !name.isEmpty, !value.isEmpty, facts[name] == nil { facts[name] = value }
        }
        return facts
    }
}

/// Names of columns, compared as people see them.
enum Heading {
    /// Small letters, single spaces, and the letters that programs took from other alphabets.
    ///
    /// Applied Biosystems write the T of CT in Cyrillic, or as a small capital.
    static func key(_ text: String) -> String {
        // Appended to as scalars: through `String.unicodeScalars` each would copy the whole.
        var key = String.UnicodeScalarView()
        key.reserveCapacity(text.utf8.count)
        var isSpaced = false
        for scalar in text.unicodeScalars {
            if scalar.value <= 0x20 || scalar.value == 0xA0 || scalar == "_" || scalar == "\u{FEFF}"
            {
                isSpaced = !key.isEmpty
                continue
            }
            if isSpaced { key.append(" " as Unicode.Scalar) }
            isSpaced = false
            let known = lookAlikes[scalar] ?? scalar
            key.append(contentsOf: known.properties.lowercaseMapping.unicodeScalars)
        }
        return String(key)
    }

    private static let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = [
        "т": "t", "Т": "t", "ᴛ": "t", "ₜ": "t", "с": "c", "С": "c", "ᴄ": "c", "а": "a", "А": "a",
        "е": "e", "Е": "e", "о": "o", "О": "o", "р": "p", "Р": "p", "ꞯ": "q",
    ]
}

/// A heading's columns by what they mean.
struct HeadingRow {
    let index: Int
    let keys: [String]

    /// The column of the first of these names that is there.
    func column(_ names: [String]) -> Int? {
        for name in names {
            if let index = keys.firstIndex(of: name) { return index }
        }
        return nil
    }

    /// The first row of a grid in which each group has a name that is there.
    static func find(in grid: Grid, _ groups: [[String]], within: Int = 400) -> HeadingRow? {
        for (index, row) in grid.rows.prefix(within).enumerated() where row.cells.count > 1 {
            let keys = row.cells.map(Heading.key)
            let isHeading = groups.allSatisfy { names in names.contains { keys.contains($0) } }
            if isHeading { return HeadingRow(index: index, keys: keys) }
        }
        return nil
    }
}
