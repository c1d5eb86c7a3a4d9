internal import LabDomain
internal import LabTables

/// One table of a log, with its columns found.
struct LogTable {
    let rows: [DelimitedTable.Row]
    let reading: LogReading

    init(_ bytes: [UInt8], name: String, required: [String], optional: [String]) throws {
        let table = try Self.parsed(bytes)
        let columns = Columns(
            header: table.header, headerLine: table.headerLine, required: required,
            optional: optional)
        // A column that we do not know does no harm; one that is missing does.
        let missing = columns.faults.filter {
            if case .missingColumn = $0.kind { true } else { false }
        }
        let faults = table.faults + missing
        guard faults.isEmpty else {
            throw Refusal(
                .badData, "The table has faulty lines; nothing was computed.",
                remedy: "Its columns are: \(required.joined(separator: ", ")).",
                places: faults.map {
                    Refusal.Place(
                        line: $0.line, subject: name, code: "table",
                        message: "\($0.description)", remedy: "")
                })
        }
        guard !table.rows.isEmpty else {
            throw Refusal(.badData, "The table has no row.", remedy: "Give it one row at least.")
        }
        rows = table.rows
        reading = LogReading(columns)
    }

    private static func parsed(_ bytes: [UInt8]) throws -> DelimitedTable {
        do {
            let text = try TextDecoding.decode(try Gzip.unpacked(bytes))
            return try DelimitedTable.parse(text)
        } catch let fault as TableFault {
            throw Refusal(
                .badData, "The file is no table: \(fault.description)", remedy: "Give it as CSV.")
        } catch is Gzip.Fault {
            throw Refusal(
                .badData, "The packed file is damaged or too large.", remedy: "Pack it again.")
        } catch is EncodingFault {
            throw Refusal(.badData, "The file cannot be read.", remedy: "Save it as UTF-8.")
        }
    }
}

/// Reads cells and remembers every one that cannot be read.
struct LogReading {
    private let columns: Columns
    private var places: [Refusal.Place] = []

    init(_ columns: Columns) { self.columns = columns }

    func cell(_ name: String, _ row: DelimitedTable.Row) -> Substring {
        guard let index = columns[name] else { return "" }
        return row.fields[index][...]
    }

    mutating func name(_ column: String, _ row: DelimitedTable.Row) -> Substring {
        let name = cell(column, row)
        if name.isEmpty { complain(row, "The number is missing.") }
        return name
    }

    mutating func count(_ column: String, _ row: DelimitedTable.Row) -> Int {
        let cell = cell(column, row)
        guard !cell.isEmpty else { return 0 }
        guard let number = Int(cell), number >= 0 else {
            complain(row, "A cell is no whole number.")
            return 0
        }
        return number
    }

    /// A time in minutes; infinity where the cell is empty, which means "not yet".
    mutating func time(_ column: String, _ row: DelimitedTable.Row) -> Double {
        let cell = cell(column, row)
        guard !cell.isEmpty else { return .infinity }
        guard let number = Double(cell), number.isFinite, abs(number) < 1e9 else {
            complain(row, "A cell is no number of minutes.")
            return .infinity
        }
        return number
    }

    mutating func complainOfDouble(_ row: DelimitedTable.Row) {
        complain(row, "The number is there twice.")
    }

    mutating func complainOfPlate(_ row: DelimitedTable.Row) {
        complain(row, "The table of plates has no plate of this number.")
    }

    mutating func complain(_ row: DelimitedTable.Row, _ message: Wording) {
        places.append(
            Refusal.Place(line: row.line, code: "row", message: message, remedy: "Mend it."))
    }

    /// Refuses the table when a cell could not be read.
    func finish() throws {
        guard places.isEmpty else {
            throw Refusal(
                .badData, "Rows of the table cannot be read; nothing was computed.",
                remedy: "Mend them.", places: places)
        }
    }
}
