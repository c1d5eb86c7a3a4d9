package import LabDomain
internal import LabTables

extension ManifestFile {
    /// The headings of the two columns that `rejects` adds.
    static let addedHeadings = ["fault", "what_to_do"]

    /// The lines that were not taken, as a file to be mended and handed in again.
    ///
    /// The heading and the cells stand as they were written, with two more columns: what is wrong
    /// and what to do. Lines held back come too, so that a mended file brings its tubes whole. A
    /// line whose cells could not be told apart stands in the first cell as it was written.
    /// - Parameters:
    ///   - bytes: The file that was checked.
    ///   - faults: The faults of that check.
    ///   - heldBack: The good lines that were held back.
    ///   - say: Says the faults in the reader's language.
    /// - Returns: CSV in UTF-8 with a byte-order mark, so that spreadsheets show Chinese; cells
    ///   that a spreadsheet would run as a formula carry an apostrophe, which `read` takes off.
    package static func rejects(
        _ bytes: [UInt8], faults: [ManifestFault], heldBack: [Int] = [],
        saying say: (Wording) -> String = \.text
    ) -> [UInt8] {
        var writer = DelimitedWriter(isMarked: true)
        let parsed = try? parse(bytes)
        let header = parsed.map { $0.1.header } ?? []
        let old = Set(header.indices.filter { addedHeadings.contains(header[$0].lowercased()) })
        writer.row(header.dropping(old) + addedHeadings)

        var rows: [Int: [String]] = [:]
        if let (text, table) = parsed {
            for row in table.rows { rows[row.line] = row.fields }
            for lost in LostRow.rows(of: table, in: text) { rows[lost.line] = [lost.text] }
        }
        let byLine = Dictionary(grouping: faults, by: \.line)
        for line in Set(byLine.keys).union(heldBack).sorted() {
            var cells = (rows[line] ?? []).dropping(old).map(FormulaGuard.removed)
            cells += Array(repeating: "", count: max(0, header.count - old.count - cells.count))
            writer.row(cells + words(of: byLine[line] ?? [], say))
        }
        return writer.bytes
    }

    /// The two added cells of a line.
    private static func words(
        of faults: [ManifestFault], _ say: (Wording) -> String
    ) -> [String] {
        guard !faults.isEmpty else {
            return [
                say("another line of this tube has a fault"),
                say("leave this line as it is and hand it in with the other"),
            ]
        }
        let places = faults.map { fault in
            fault.heading.map { "\($0): \(say(fault.message))" } ?? say(fault.message)
        }
        return [places, faults.map { say($0.remedy) }].map { $0.joined(separator: "; ") }
    }
}

extension [String] {
    /// Without the cells at some places.
    fileprivate func dropping(_ places: Set<Int>) -> [String] {
        places.isEmpty ? self : indices.filter { !places.contains($0) }.map { self[$0] }
    }
}
