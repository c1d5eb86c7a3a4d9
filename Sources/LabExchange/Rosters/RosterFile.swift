package import LabDomain
internal import LabTables

/// Reads the roster of a collection: who is to be swabbed, where, and who lives with whom.
package enum RosterFile {
    /// Reads a roster in UTF-8 with or without a mark, GBK (GB 18030) or marked UTF-16.
    ///
    /// Columns are found by their English or Chinese headings, in any order. A person without a
    /// site is swabbed at the unit; one without a household lives alone; one without a risk class
    /// is of low risk. A household is one within its unit.
    /// - Parameter bytes: The file.
    /// - Returns: The people in the order of the file.
    /// - Throws: `RosterFaults` with every fault; nothing is read from a faulty file.
    /// - Complexity: O(*n*) in the bytes.
    package static func read(_ bytes: [UInt8]) throws(RosterFaults) -> Roster {
        let table: DelimitedTable
        do throws(RosterFault) {
            table = try parse(bytes)
        } catch {
            throw RosterFaults(faults: [error])
        }
        let columns = Columns(
            header: table.header, headerLine: table.headerLine,
            required: RosterColumn.allCases.filter(\.isRequired).map(\.rawValue),
            optional: RosterColumn.allCases.filter { !$0.isRequired }.map(\.rawValue),
            aliases: RosterColumn.aliases)
        var faults = (table.faults + columns.faults).map { fault in
            RosterFault(line: fault.line, column: fault.columnNumber, .table(fault))
        }
        var builder = RosterBuilder(columns: columns)
        // Under a wrong heading the cells mean something else: its faults alone are told.
        if !faults.contains(where: { $0.code == "column" }) {
            for row in table.rows { builder.take(row) }
            faults += builder.faults
            if table.rows.isEmpty, faults.isEmpty {
                faults.append(RosterFault(line: table.headerLine, .noRows))
            }
        }
        guard faults.isEmpty else {
            throw RosterFaults(
                faults: faults.sorted { ($0.line, $0.column ?? 0) < ($1.line, $1.column ?? 0) })
        }
        return builder.roster
    }

    private static func parse(_ bytes: [UInt8]) throws(RosterFault) -> DelimitedTable {
        let text: DecodedText
        do throws(EncodingFault) {
            text = try TextDecoding.decode(bytes)
        } catch {
            throw RosterFault(line: error.line, .encoding(error))
        }
        do throws(TableFault) {
            return try DelimitedTable.parse(text)
        } catch {
            throw RosterFault(line: error.line, .table(error))
        }
    }
}
