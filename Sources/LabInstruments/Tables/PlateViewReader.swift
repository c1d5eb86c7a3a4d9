internal import LabDomain

/// Reads CFX plate views: the plate as it lies, some lines for each row of wells.
struct PlateViewReader {
    /// The file, or nil when it is no plate view.
    static func read(
        _ grids: [Grid], _ options: InstrumentFile.Options
    ) throws(InstrumentFaults) -> InstrumentFile? {
        var file = InstrumentFile(format: .cfxPlateView)
        var faults: [InstrumentFault] = []
        var isFound = false
        for grid in grids {
            guard let heading = grid.rows.prefix(100).firstIndex(where: isHeading) else { continue }
            isFound = true
            var plate = PlateLines(grid, grid.rows[heading])
            for row in grid.rows[(heading + 1)...] where !row.isBlank {
                if isHeading(row) { plate.finish() } else { plate.take(row) }
            }
            plate.finish()
            file.wells += plate.readings
            file.warnings += plate.warnings
            faults += plate.faults
            if plate.isUnnamed {
                file.warnings.append(
                    InstrumentWarning(
                        place: FilePlace(grid.part),
                        words: "the file names no target; its readings are called unnamed"))
            }
        }
        guard isFound else { return nil }
        faults += file.unite()
        guard faults.isEmpty else { throw InstrumentFaults(faults) }
        guard !file.wells.isEmpty else {
            throw InstrumentFaults("no well of the plate view has a content; export it again")
        }
        return file
    }

    private static func isHeading(_ row: Grid.Row) -> Bool {
        row.cells.count >= 14 && row[0].isEmpty && row[1].isEmpty && row[2] == "1"
            && row[3] == "2" && row[13] == "12"
    }
}

/// The lines of a plate view, gathered well by well.
private struct PlateLines {
    private(set) var readings: [InstrumentReading] = []
    private(set) var faults: [InstrumentFault] = []
    private(set) var warnings: [InstrumentWarning] = []
    private(set) var isUnnamed = false
    private let grid: Grid
    private let columns: [(index: Int, column: Int)]
    private var letter = ""
    private var lines: [String: Grid.Row] = [:]

    init(_ grid: Grid, _ heading: Grid.Row) {
        self.grid = grid
        columns = heading.cells.enumerated().compactMap { index, cell in
            Int(cell).map { (index, $0 - 1) }
        }
    }

    mutating func take(_ row: Grid.Row) {
        // The letter may stand on the first of a plate row's lines only.
        if !row[0].isEmpty, row[0] != letter {
            finish()
            letter = row[0]
        }
        if lines[Heading.key(row[1])] != nil {
            faults.append(InstrumentFault(grid.place(row), "the same line of the plate twice"))
        }
        lines[Heading.key(row[1])] = row
    }

    mutating func finish() {
        defer {
            lines = [:]
            letter = ""
        }
        guard let first = lines.values.min(by: { $0.number < $1.number }) else { return }
        guard let cqs = lines["cq"] ?? lines["ct"] else {
            // What stands above the first row of wells is a title.
            if letter.isEmpty { return }
            return faults.append(
                InstrumentFault(grid.place(first), "the plate's row has no line of Cq"))
        }
        for (index, column) in columns {
            guard WellPosition(text: "\(letter)\(column + 1)") != nil else {
                faults.append(InstrumentFault(grid.place(cqs), "no row of a plate; write A to P"))
                return
            }
            take(index, WellPosition(text: "\(letter)\(column + 1)"), cqs)
        }
    }

    private func line(_ names: [String]) -> Grid.Row? {
        names.lazy.compactMap { lines[$0] }.first
    }

    private mutating func take(_ index: Int, _ well: WellPosition?, _ cqs: Grid.Row) {
        guard let well else { return }
        if let content = lines["content"], content[index].isEmpty, cqs[index].isEmpty { return }
        let target = line(KnownNames.plainTargets)?[index].nonEmpty
        var dye = line(KnownNames.fluors)?[index].nonEmpty
        if case .sheet(let name) = grid.part, dye == nil, name != "0" { dye = name }
        if target == nil, dye == nil { isUnnamed = true }
        var reading = InstrumentReading(
            well: well, sample: line(KnownNames.samples)?[index].nonEmpty,
            target: target ?? dye ?? TableReader.unnamed, dye: dye,
            place: grid.place(cqs, column: index))
        guard cqs.cells.indices.contains(index) || !grid.hasLines else {
            return faults.append(
                InstrumentFault(
                    grid.place(cqs), "the row ends before its Cq; the file may be cut off"))
        }
        if cqs.unsaved.contains(index) {
            return faults.append(
                InstrumentFault(
                    reading.place,
                    "a formula without a value; open and save it in the spreadsheet program"))
        }
        if cqs.isUnended, index == cqs.cells.count - 1, NumberText.parse(cqs[index]) != nil {
            return faults.append(
                InstrumentFault(
                    reading.place, "the last line has no end and may be cut off; export it again"))
        }
        switch CqRule.bioRad.read(cqs[index]) {
        case .cq(let cq): reading.cq = cq
        case .none: break
        case .missing:
            reading.isMissing = true
            let words: Wording =
                "no result of \(reading.target) in \(well.description); it is no negative"
            warnings.append(InstrumentWarning(place: reading.place, words: words))
        case .notNumber:
            faults.append(
                InstrumentFault(reading.place, "neither a Cq nor a known word for none"))
        case .outOfRange:
            faults.append(
                InstrumentFault(reading.place, "no cycle number; a Cq lies between 1 and 100"))
        }
        readings.append(reading)
    }
}
