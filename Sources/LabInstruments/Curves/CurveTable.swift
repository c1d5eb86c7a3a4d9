package import LabCurves
internal import LabDomain
internal import LabTables

/// Amplification curves as a table: the first column is the cycle, each other one a curve.
package struct CurveTable: Equatable, Sendable {
    /// A curve under the heading of its column.
    package struct Named: Equatable, Sendable {
        /// The heading.
        package let id: String
        /// The readings; a cycle without one is missing.
        package let curve: AmplificationCurve
    }

    /// The curves in the order of their columns.
    package let curves: [Named]

    /// Reads a table, with commas, semicolons or tabs between its cells.
    ///
    /// A cell that is empty or says NA, N/A, NaN, null or a hyphen is a gap. Between semicolons or
    /// tabs a number may have a decimal comma.
    /// - Parameter bytes: The file, in any encoding that tables come in.
    /// - Returns: The curves.
    /// - Throws: `CurveTableFaults` with every fault; nothing is read from a faulty file.
    /// - Complexity: O(*n*) in the bytes.
    package static func read(_ bytes: [UInt8]) throws(CurveTableFaults) -> CurveTable {
        let table: DelimitedTable
        do throws(CurveTableFault) {
            table = try parse(bytes)
        } catch {
            throw CurveTableFaults(faults: [error])
        }
        var faults = table.faults.map { CurveTableFault(line: $0.line, .table($0)) }
        if table.header.count < 2 {
            faults.append(CurveTableFault(line: table.headerLine, .noCurves))
        } else if table.header.allSatisfy({ NumberText.parse($0) != nil }) {
            faults = [CurveTableFault(line: table.headerLine, .noHeading)]
        }
        if table.rows.isEmpty, faults.isEmpty {
            faults.append(CurveTableFault(line: table.headerLine, .noRows))
        }
        var reader = CurveTableReader(table)
        if faults.isEmpty { reader.readAll() }
        faults += reader.faults
        guard faults.isEmpty else {
            throw CurveTableFaults(
                faults: faults.sorted { ($0.line, $0.column ?? 0) < ($1.line, $1.column ?? 0) })
        }
        return CurveTable(curves: reader.curves)
    }

    private static func parse(_ bytes: [UInt8]) throws(CurveTableFault) -> DelimitedTable {
        let text: DecodedText
        do throws(EncodingFault) {
            text = try TextDecoding.decode(bytes)
        } catch {
            throw CurveTableFault(line: error.line, .encoding(error))
        }
        do throws(TableFault) {
            return try DelimitedTable.parse(text)
        } catch {
            throw CurveTableFault(line: error.line, .table(error))
        }
    }
}

/// Reads the cells of a table of curves, collecting what is wrong with them.
private struct CurveTableReader {
    private let table: DelimitedTable
    private(set) var faults: [CurveTableFault] = []
    private(set) var curves: [CurveTable.Named] = []

    /// No instrument's unit of fluorescence needs more.
    private static let greatest = 1e15
    private static let gaps: Set = ["", "na", "n/a", "nan", "null", "-"]

    init(_ table: DelimitedTable) { self.table = table }

    /// Reads every column; whatever is wrong is in `faults` then.
    mutating func readAll() {
        let cycles = self.cycles()
        for column in table.header.indices.dropFirst() {
            var at: [Double] = []
            var readings: [Double] = []
            for (row, cycle) in zip(table.rows, cycles) {
                guard let reading = number(row, column) else { continue }
                at.append(cycle)
                readings.append(reading)
            }
            // Cycles that do not rise are told already.
            guard let curve = AmplificationCurve(cycles: at, fluorescence: readings) else {
                continue
            }
            curves.append(.init(id: table.header[column], curve: curve))
        }
    }

    private mutating func cycles() -> [Double] {
        var last = -Double.infinity
        return table.rows.map { row in
            if Self.gaps.contains(row.fields[0].lowercased()) {
                faults.append(CurveTableFault(line: row.line, column: 1, .noCycle))
                return last
            }
            guard let cycle = number(row, 0) else { return last }
            if cycle <= last {
                faults.append(CurveTableFault(line: row.line, column: 1, .notRising))
            }
            last = cycle
            return cycle
        }
    }

    private mutating func number(_ row: DelimitedTable.Row, _ column: Int) -> Double? {
        let cell = row.fields[column]
        if let number = Double(cell), abs(number) <= Self.greatest { return number }
        if Self.gaps.contains(cell.lowercased()) { return nil }
        let pointed = cell.split(separator: ",", omittingEmptySubsequences: false)
        if pointed.count == 2, let number = Double(pointed.joined(separator: ".")) {
            if table.delimiter != .comma, abs(number) <= Self.greatest { return number }
            faults.append(CurveTableFault(line: row.line, column: column + 1, .decimalComma))
        } else {
            faults.append(CurveTableFault(line: row.line, column: column + 1, .notNumber))
        }
        return nil
    }
}
