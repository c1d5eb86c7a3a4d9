internal import LabDomain
internal import LabTables

/// Which column of a file is which.
struct ManifestHeading {
    /// The file's column number of each `ManifestColumn`, from 1.
    let columns: [Int?]
    /// Unknown, doubled, unnamed and missing columns.
    let faults: [ManifestFault]
    /// The index of the cell for each `ManifestColumn`; nil when all stand in their own order.
    private let indices: [Int?]?

    init(_ table: DelimitedTable) {
        let known = ManifestColumn.allCases
        let found = Columns(
            header: table.header, headerLine: table.headerLine,
            required: known.filter(\.isRequired).map(\.heading),
            optional: known.filter { !$0.isRequired }.map(\.heading) + ManifestFile.addedHeadings,
            aliases: Self.allAliases)
        let indices = known.map { found[$0.heading] }
        columns = indices.map { $0.map { $0 + 1 } }
        faults = (table.faults.filter(\.isOfHeading) + found.faults).map(ManifestFault.init)
        let isInOrder = indices.enumerated().allSatisfy { $0.offset == $0.element }
        self.indices = isInOrder && table.header.count == known.count ? nil : indices
    }

    /// A row's cells in the order of `ManifestColumn`; a column that the file lacks is empty.
    func cells(of row: DelimitedTable.Row) -> [String] {
        let cells = indices.map { $0.map { $0.map { row.fields[$0] } ?? "" } } ?? row.fields
        // Only a cell that opens with an apostrophe can carry the guard: most files have none.
        guard cells.contains(where: { $0.utf8.first == FormulaGuard.mark }) else { return cells }
        return cells.map(FormulaGuard.removed)
    }

    /// The English heading for each other one of a column.
    static let allAliases = ManifestColumn.allCases.reduce(into: aliases) {
        $0[$1.chineseHeading] = $1.heading
    }

    /// Other headings that sampling teams write.
    private static let aliases = [
        "身份证号": "document_number", "身份证号码": "document_number", "电话": "telephone",
        "手机号": "telephone", "地址": "address", "单位": "unit", "条码": "tube", "试管条码": "tube",
    ]
}

/// The apostrophe that `DelimitedWriter` puts before what a spreadsheet would run as a formula.
///
/// Read back it is taken off again, and only there: no other apostrophe is touched.
enum FormulaGuard {
    static let mark = UInt8(ascii: "'")

    static func removed(from cell: String) -> String {
        let bytes = cell.utf8
        guard bytes.first == mark, let next = bytes.dropFirst().first,
            [0x3D, 0x2B, 0x2D, 0x40, 0x09].contains(next)
        else { return cell }
        return String(cell.dropFirst())
    }
}
