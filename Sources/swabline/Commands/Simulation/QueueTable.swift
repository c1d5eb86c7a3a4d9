import Foundation
import LabOperations
import LabSimulation
import LabTables

/// A table of closed forms as a file has it.
enum QueueTable {
    private static let columns = ["case", "family", "parameters", "measure", "value", "kind"]

    /// The rows of a file; every faulty one is told with its line.
    static func rows(_ bytes: [UInt8]) throws -> [QueueRow] {
        let table = try parsed(bytes)
        let columns = Columns(
            header: table.header, headerLine: table.headerLine, required: Self.columns)
        let faults = table.faults + columns.faults
        guard faults.isEmpty else {
            throw Refusal(
                .badData, "The table has faulty lines; nothing was computed.",
                remedy: "Its columns are \(Self.columns.joined(separator: ",")).",
                places: faults.map {
                    Refusal.Place(
                        line: $0.line, code: "table", message: "\($0.description)", remedy: "")
                })
        }
        var rows: [QueueRow] = []
        var places: [Refusal.Place] = []
        for line in table.rows {
            if let row = row(line, columns) {
                rows.append(row)
            } else {
                places.append(
                    Refusal.Place(
                        line: line.line, code: "row", message: "The row cannot be read.",
                        remedy: "Its value is a number, its kind exact, exact8 or approximation."))
            }
        }
        guard places.isEmpty else {
            throw Refusal(
                .badData, "Rows of the table cannot be read; nothing was computed.",
                remedy: "Mend them.", places: places)
        }
        guard !rows.isEmpty else {
            throw Refusal(.badData, "The table has no row.", remedy: "Give it one row at least.")
        }
        return rows
    }

    private static func parsed(_ bytes: [UInt8]) throws -> DelimitedTable {
        do {
            return try DelimitedTable.parse(try TextDecoding.decode(bytes))
        } catch let fault as TableFault {
            throw Refusal(
                .badData, "The file is no table: \(fault.description)", remedy: "Give it as CSV.")
        } catch is EncodingFault {
            throw Refusal(.badData, "The file cannot be read.", remedy: "Save it as UTF-8.")
        }
    }

    private static func row(_ line: DelimitedTable.Row, _ columns: Columns) -> QueueRow? {
        func cell(_ name: String) -> String { columns.cell(name, of: line) ?? "" }
        guard let value = Double(cell("value")), !value.isNaN,
            let kind = QueueRow.Kind(rawValue: cell("kind")), !cell("measure").isEmpty
        else { return nil }
        let queue = QueueCase(family: cell("family"), parameters: cell("parameters"))
        return QueueRow(
            name: cell("case"), queue: queue, measure: cell("measure"), theory: value, kind: kind)
    }
}
