internal import LabDomain
internal import LabTables

/// A record that could not be kept as a row, as it was written.
struct LostRow {
    /// The line of its fault.
    let line: Int
    /// Its text; a record with a quote out of place may bring lines of its neighbours.
    let text: String

    /// Every word in it that could be a tube's barcode.
    ///
    /// With cells missing or to spare nobody can say which cell is the tube's, so all count: a
    /// tube too many is held back, and none too few.
    var possibleTubes: [TubeID] {
        text.split { ",;\t\"".contains($0) || $0.isNewline }.map { TubeID(normalised(String($0))) }
    }

    /// The records of a table's faulty rows.
    static func rows(of table: DelimitedTable, in text: DecodedText) -> [LostRow] {
        let starts = lineStarts(in: text.utf8)
        let broken = table.faults.filter { !$0.isOfHeading }
        let known = Set(table.rows.map(\.line) + broken.map(\.line)).sorted()
        return broken.map { fault in
            var first = fault.line
            if case .character(let line, _) = fault.place {
                // The record may have begun on an earlier line, inside a quoted cell.
                first = (known.last { $0 < line } ?? table.headerLine) + 1
            }
            let end = known.first { $0 > fault.line } ?? starts.count + 1
            let from = starts[min(first, fault.line) - 1]
            let to = end <= starts.count ? starts[end - 1] : text.utf8.count
            let record = String(decoding: text.utf8[from..<max(from, to)], as: UTF8.self)
            return LostRow(line: fault.line, text: record.trimmingLineEnds)
        }
    }

    /// The offset of each line; CR LF, LF and CR each end one.
    private static func lineStarts(in bytes: [UInt8]) -> [Int] {
        var starts = [0]
        for (offset, byte) in bytes.enumerated() {
            let isPair = byte == 13 && offset + 1 < bytes.count && bytes[offset + 1] == 10
            if byte == 10 || (byte == 13 && !isPair) { starts.append(offset + 1) }
        }
        return starts
    }
}

extension String {
    /// Without the line ends behind it.
    fileprivate var trimmingLineEnds: String {
        var rest = self[...]
        while let last = rest.last, last.isNewline { rest = rest.dropLast() }
        return String(rest)
    }
}
