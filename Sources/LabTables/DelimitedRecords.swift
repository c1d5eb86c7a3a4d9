/// Delimited text record by record, of whatever widths: for files in which tables stand among
/// other lines.
package struct DelimitedRecords: Sendable {
    /// The records that have any content, each with the line on which it starts.
    package let records: [(line: Int, fields: [String])]

    /// Cuts a text into records and cells.
    ///
    /// - Parameters:
    ///   - text: The decoded file.
    ///   - delimiter: What separates the cells.
    /// - Throws: `TableFault` with its place for a quote that is not closed or that text follows.
    package init(_ text: DecodedText, delimiter: DelimitedTable.Delimiter) throws(TableFault) {
        records = try text.utf8.withUnsafeBufferPointer { (bytes) throws(TableFault) in
            var reader = RecordReader(bytes: bytes, delimiter: delimiter.byte)
            var records: [(line: Int, fields: [String])] = []
            while let record = try reader.next(expecting: records.last?.fields.count ?? 8) {
                if let fault = record.fault { throw fault }
                records.append((record.line, record.fields))
            }
            return records
        }
    }

    /// The delimiters by how often they stand in a text, the most frequent first.
    package static func delimiters(of text: DecodedText) -> [DelimitedTable.Delimiter] {
        var counts: [UInt8: Int] = [:]
        for byte in text.utf8 where byte == Byte.tab || byte == Byte.comma || byte == Byte.semicolon
        {
            counts[byte, default: 0] += 1
        }
        let all = DelimitedTable.Delimiter.allCases
        return all.filter { counts[$0.byte] != nil }
            .sorted { counts[$0.byte, default: 0] > counts[$1.byte, default: 0] }
    }
}
