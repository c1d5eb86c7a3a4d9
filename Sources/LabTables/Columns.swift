internal import LabSpelling

/// Which column of a header is which, found by name in any order.
package struct Columns: Sendable {
    /// Unknown, doubled and missing columns.
    package let faults: [TableFault]
    private let indices: [String: Int]

    /// Matches a header to the columns that an import knows.
    ///
    /// Names are compared without regard to case and to spaces around them. The name of an
    /// unknown column is not repeated in its fault: a file without a header has a person there.
    /// - Parameters:
    ///   - header: The header of a table.
    ///   - headerLine: The line on which the header stands, for the faults.
    ///   - required: Names of columns that must be there.
    ///   - optional: Names of columns that may be there.
    ///   - aliases: Other spellings, each with the required or optional name that it stands for.
    package init(
        header: [String], headerLine: Int = 1, required: [String], optional: [String] = [],
        aliases: [String: String] = [:]
    ) {
        let names = required + optional
        var known: [String: String] = [:]
        for (alias, name) in aliases { known[Self.key(alias)] = name }
        for name in names { known[Self.key(name)] = name }

        var indices: [String: Int] = [:]
        var unknown: [Int] = []
        var faults: [TableFault] = []
        for (index, written) in header.enumerated() where !Self.key(written).isEmpty {
            let place = TableFault.Place.column(line: headerLine, number: index + 1)
            guard let name = known[Self.key(written)] else {
                unknown.append(index)
                let nearest = Spelling.nearest(to: Self.key(written), among: known.keys.sorted())
                let suggestion = nearest.flatMap { known[$0] }
                faults.append(TableFault(.unknownColumn(nearest: suggestion), at: place))
                continue
            }
            if let first = indices[name] {
                // The same name twice is the table's fault already; here only two spellings are.
                if Self.key(header[first]) != Self.key(written) {
                    faults.append(TableFault(.doubledColumn(first: first + 1), at: place))
                }
            } else {
                indices[name] = index
            }
        }
        for name in required where indices[name] == nil {
            let spellings = unknown.map { Self.key(header[$0]) }
            let nearest = Spelling.nearest(to: Self.key(name), among: spellings)
            let number = nearest.flatMap { spellings.firstIndex(of: $0) }.map { unknown[$0] + 1 }
            faults.append(
                TableFault(.missingColumn(name: name, nearest: number), at: .line(headerLine)))
        }
        self.indices = indices
        self.faults = faults
    }

    /// The index of a column in each row's fields, or nil when the table does not have it.
    package subscript(name: String) -> Int? { indices[name] }

    /// The cell of a row in a column: nil when the column is not there or the cell is empty.
    package func cell(_ name: String, of row: DelimitedTable.Row) -> String? {
        guard let index = indices[name], row.fields.indices.contains(index) else { return nil }
        let cell = row.fields[index]
        return cell.isEmpty ? nil : cell
    }

    /// What of a name counts when names are compared.
    static func key(_ name: String) -> String {
        var rest = name[...]
        while let first = rest.first, Blank.isBlank(first) { rest = rest.dropFirst() }
        while let last = rest.last, Blank.isBlank(last) { rest = rest.dropLast() }
        return rest.lowercased()
    }
}
