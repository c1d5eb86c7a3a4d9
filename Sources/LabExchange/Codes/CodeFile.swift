internal import LabTables

/// What is wrong with a file of codes, and where.
struct CodeFault: Error, Equatable, CustomStringConvertible {
    let file: String
    let line: Int
    let message: String

    var description: String { "\(file).csv, line \(line): \(message)" }
}

/// A file of codes: comment lines that open with `#`, a heading, rows.
struct CodeFile {
    /// One row with its line.
    struct Row {
        let file: String
        let line: Int
        let fields: [String]

        subscript(_ column: Int) -> String { fields[column] }

        func fault(_ message: String) -> CodeFault {
            CodeFault(file: file, line: line, message: message)
        }

        /// A LOINC code: up to seven digits, a dash, and Luhn's check digit over them.
        func loinc(_ code: Int, _ text: Int) throws(CodeFault) -> Coded {
            let parts = self[code].split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, (3...7).contains(parts[0].count), !self[text].isEmpty,
                Luhn.checkDigit(of: parts[0].utf8) == parts[1].utf8.first, parts[1].count == 1
            else { throw fault("no LOINC code with its text") }
            return .loinc(self[code], self[text])
        }

        /// A SNOMED CT identifier: 6 to 18 digits, the last one Verhoeff's check digit.
        func snomed(_ code: Int, _ text: Int) throws(CodeFault) -> Coded {
            guard (6...18).contains(self[code].utf8.count), !self[text].isEmpty,
                Verhoeff.verifies(self[code].utf8)
            else { throw fault("no SNOMED CT code with its text") }
            return .snomed(self[code], self[text])
        }
    }

    let rows: [Row]

    /// Reads a file by its name; its heading must be these columns.
    init(
        _ name: String, _ columns: [String], _ text: (String) throws(CodeFault) -> String
    ) throws(CodeFault) {
        let table = try Self.table(of: try text(name), name)
        if let fault = table.faults.first {
            throw CodeFault(file: name, line: fault.line, message: fault.words.text)
        }
        guard table.header == columns else {
            throw CodeFault(file: name, line: table.headerLine, message: "another heading")
        }
        rows = table.rows.map { Row(file: name, line: $0.line, fields: $0.fields) }
    }

    /// The table in a text; its rows may have faults.
    static func table(of text: String, _ name: String) throws(CodeFault) -> DelimitedTable {
        // Comments become blank lines, so that lines keep their numbers.
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { $0.hasPrefix("#") ? "" : $0 }
        let table: DelimitedTable
        do {
            table = try DelimitedTable.parse(
                try TextDecoding.decode(Array(lines.joined(separator: "\n").utf8)))
        } catch let fault as TableFault {
            throw CodeFault(file: name, line: fault.line, message: fault.words.text)
        } catch {
            throw CodeFault(file: name, line: 0, message: "\(error)")
        }
        return table
    }
}

/// Luhn's check digit (ISO/IEC 7812), which LOINC codes end in.
enum Luhn {
    /// The digit behind a body of ASCII digits; nil for anything else.
    static func checkDigit(of body: some BidirectionalCollection<UInt8>) -> UInt8? {
        var sum = 0
        for (place, byte) in body.reversed().enumerated() {
            guard (48...57).contains(byte) else { return nil }
            let value = Int(byte) - 48
            let doubled = place.isMultiple(of: 2) ? value * 2 : value
            sum += doubled / 10 + doubled % 10
        }
        return UInt8(48 + (10 - sum % 10) % 10)
    }
}

/// Verhoeff's check digit, which SNOMED CT identifiers end in: it gives away every wrong digit and
/// every swap of neighbours.
enum Verhoeff {
    /// Whether the last digit fits the ones before it.
    static func verifies(_ digits: some BidirectionalCollection<UInt8>) -> Bool {
        var state = 0
        for (place, byte) in digits.reversed().enumerated() {
            guard (48...57).contains(byte) else { return false }
            state = product(state, permuted(Int(byte) - 48, times: place % 8))
        }
        return state == 0
    }

    /// The product in the dihedral group of order ten.
    private static func product(_ one: Int, _ other: Int) -> Int {
        switch (one < 5, other < 5) {
        case (true, true): (one + other) % 5
        case (true, false): 5 + (one + other - 5) % 5
        case (false, true): 5 + (one - 5 - other + 5) % 5
        case (false, false): (one - other + 5) % 5
        }
    }

    private static func permuted(_ digit: Int, times: Int) -> Int {
        (0..<times).reduce(digit) { value, _ in [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][value] }
    }
}
