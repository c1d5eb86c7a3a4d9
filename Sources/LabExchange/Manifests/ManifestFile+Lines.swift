internal import LabTables

extension ManifestFile {
    /// A file's heading and some of its lines, as they were written.
    package struct Lines: Sendable {
        package let heading: [String]
        /// Cells by the line's number; a line whose cells could not be told apart is one cell.
        package let cells: [Int: [String]]
    }

    /// The cells of some lines, to show what is wrong where it stands.
    /// - Parameters:
    ///   - wanted: The numbers of the lines.
    ///   - bytes: The file.
    /// - Returns: Nothing of a file that is no table.
    package static func lines(_ wanted: Set<Int>, of bytes: [UInt8]) -> Lines {
        guard let (text, table) = try? parse(bytes) else { return Lines(heading: [], cells: [:]) }
        var cells: [Int: [String]] = [:]
        for row in table.rows where wanted.contains(row.line) { cells[row.line] = row.fields }
        for lost in LostRow.rows(of: table, in: text) where wanted.contains(lost.line) {
            cells[lost.line] = [lost.text]
        }
        return Lines(heading: table.header, cells: cells)
    }

    /// The English name of a heading, in any of the ways in which manifests write it.
    package static func standardHeading(of heading: String) -> String {
        let name = heading.lowercased()
        return ManifestHeading.allAliases[name] ?? name
    }
}
