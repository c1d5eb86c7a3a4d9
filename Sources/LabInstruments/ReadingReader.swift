internal import LabDomain
internal import LabTables

/// Turns the rows of a run's file into readings and collects what is wrong with their cells.
struct ReadingReader {
    private(set) var plate: PlateID?
    private(set) var readings: [Reading] = []
    private(set) var lines: [Int] = []
    private(set) var faults: [RunFileFault] = []
    private let columns: Columns

    init(columns: Columns) {
        self.columns = columns
    }

    mutating func take(_ row: DelimitedTable.Row) {
        takePlate(of: row)
        let well = well(of: row)
        let target = columns.cell("target", of: row)
        if target == nil { complain("target", row, .empty) }
        guard let crossing = crossing(of: row), let well, let target else { return }
        var cq: Cq?
        if case .at(let cycles) = crossing { cq = cycles }
        readings.append(Reading(well: well, target: target, cq: cq))
        lines.append(row.line)
    }

    private mutating func takePlate(of row: DelimitedTable.Row) {
        guard let cell = columns.cell("plate", of: row) else {
            return complain("plate", row, .empty)
        }
        let named = PlateID(normalised(cell))
        if let plate, plate != named { return complain("plate", row, .otherPlate) }
        plate = named
    }

    private mutating func well(of row: DelimitedTable.Row) -> WellPosition? {
        guard let cell = columns.cell("well", of: row) else {
            complain("well", row, .empty)
            return nil
        }
        let well = WellPosition(text: cell)
        if well == nil { complain("well", row, .well) }
        return well
    }

    /// What a cell says of the crossing.
    private enum Crossing {
        case at(Cq)
        case none
    }

    /// A Cq or no crossing; nil after a complaint.
    private mutating func crossing(of row: DelimitedTable.Row) -> Crossing? {
        switch CqCell(columns.cell("cq", of: row) ?? "") {
        // A cell that was lost in an export must not become a negative.
        case .empty: complain("cq", row, .empty)
        case .cq(let cq) where cq.cycles == 0: complain("cq", row, .zero)
        case .cq(let cq): return .at(cq)
        case .word(let word) where Self.noCrossing.contains(word): return Crossing.none
        case .word: complain("cq", row, .notNumber)
        case .decimalComma: complain("cq", row, .decimalComma)
        case .outOfRange: complain("cq", row, .outOfRange)
        }
        return nil
    }

    private mutating func complain(
        _ column: String, _ row: DelimitedTable.Row, _ kind: RunFileFault.Kind
    ) {
        faults.append(RunFileFault(line: row.line, column: columns[column].map { $0 + 1 }, kind))
    }

    private static let noCrossing: Set<String> = [
        "undetermined", "negative", "no cq", "no ct", "nan",
    ]
}
