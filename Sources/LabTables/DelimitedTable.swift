/// A table in delimited text (RFC 4180): a header, the sound rows and a fault for every other row.
package struct DelimitedTable: Sendable {
    /// A record with exactly as many fields as the header.
    package struct Row: Equatable, Sendable {
        /// The line of the file on which the record starts, from 1.
        package let line: Int
        /// The cells, trimmed outside quotes.
        package let fields: [String]
    }

    /// What separates the cells of a record.
    package enum Delimiter: Sendable, CaseIterable {
        case comma
        case tab
        case semicolon

        var byte: UInt8 {
            switch self {
            case .comma: Byte.comma
            case .tab: Byte.tab
            case .semicolon: Byte.semicolon
            }
        }
    }

    /// The names of the columns as they are written.
    package let header: [String]
    /// The line of the file on which the header stands, from 1.
    package let headerLine: Int
    /// The delimiter that the header line uses most.
    package let delimiter: Delimiter
    /// The rows that can be used, in the order of the file.
    package let rows: [Row]
    /// What is wrong with the header and with the rows left out, in the order of the file.
    package let faults: [TableFault]

    /// Reads a table, collecting the faults of its rows.
    ///
    /// Lines end in CR LF, LF or CR; a quoted cell may hold any of them. Blank lines and records
    /// whose cells are all empty are skipped.
    /// - Parameter text: The decoded file.
    /// - Returns: The header, the sound rows and the faults.
    /// - Throws: `TableFault` for a file without a header and for a quote that is never closed,
    ///   because nothing after it can be trusted.
    /// - Complexity: O(*n*) in the bytes.
    package static func parse(_ text: DecodedText) throws(TableFault) -> DelimitedTable {
        try text.utf8.withUnsafeBufferPointer { (bytes) throws(TableFault) in try read(bytes) }
    }

    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(TableFault) -> DelimitedTable {
        let delimiter = detectDelimiter(in: bytes)
        var records = RecordReader(bytes: bytes, delimiter: delimiter.byte)
        guard let header = try records.next() else { throw TableFault(.empty, at: .line(1)) }
        var faults = header.fault.map { [$0] } ?? []
        faults += nameFaults(in: header)

        let width = header.fields.count
        var rows: [Row] = []
        while let record = try records.next(expecting: width) {
            let found = record.fields.count
            if let fault = record.fault {
                faults.append(fault)
            } else if found < width {
                faults.append(
                    TableFault(
                        .tooFewFields(found: found, expected: width), at: .line(record.line)))
            } else if found > width {
                faults.append(
                    TableFault(
                        .tooManyFields(found: found, expected: width), at: .line(record.line)))
            } else {
                rows.append(Row(line: record.line, fields: record.fields))
            }
        }
        return DelimitedTable(
            header: header.fields, headerLine: header.line, delimiter: delimiter, rows: rows,
            faults: faults)
    }

    private static func nameFaults(in header: RecordReader.Record) -> [TableFault] {
        var firstNumbers: [String: Int] = [:]
        var faults: [TableFault] = []
        for (index, name) in header.fields.enumerated() {
            let place = TableFault.Place.column(line: header.line, number: index + 1)
            let key = Columns.key(name)
            if key.isEmpty {
                faults.append(TableFault(.unnamedColumn, at: place))
            } else if let first = firstNumbers[key] {
                faults.append(TableFault(.doubledColumn(first: first), at: place))
            } else {
                firstNumbers[key] = index + 1
            }
        }
        return faults
    }

    /// The candidate that stands most often outside quotes in the first line that is not blank.
    private static func detectDelimiter(in bytes: UnsafeBufferPointer<UInt8>) -> Delimiter {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        var hasContent = false
        for byte in bytes {
            if byte == Byte.quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == Byte.lineFeed || byte == Byte.carriageReturn {
                if hasContent { break }
                counts = [:]
                continue
            }
            if byte > Byte.space { hasContent = true }
            counts[byte, default: 0] += 1
        }
        var best = Delimiter.comma
        for candidate in Delimiter.allCases
        where counts[candidate.byte, default: 0] > counts[best.byte, default: 0] {
            best = candidate
        }
        return best
    }
}
