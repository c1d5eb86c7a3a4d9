internal import LabDomain

/// Which columns of a table mean what, and how it says that there is no Cq.
struct ResultColumns {
    var well: Int?
    /// A column that holds the well's number where another holds its name.
    var wellNumber: Int?
    var sample: Int?
    var target: Int?
    var dye: Int?
    var cq: Int?
    var called: Int?
    /// Where the call stands of which that column says nothing, such as one not edited.
    var calledElse: Int?
    var excluded: Int?
    /// Whether the column says which wells are included instead.
    var isIncluded = false
    /// A target or dye that the whole table has.
    var fixedTarget: String?
    var fixedDye: String?
    var rule: CqRule

    /// Every column that a reading is made of.
    var used: [Int] {
        [well, wellNumber, sample, target, dye, cq, called, excluded].compactMap(\.self)
    }
}

/// Reads the rows below a heading into readings, collecting what is wrong.
struct ResultTable {
    private(set) var readings: [InstrumentReading] = []
    private(set) var warnings: [InstrumentWarning] = []
    /// How many warnings more there would be.
    private(set) var unsaid = 0
    private(set) var faults: [InstrumentFault] = []
    /// The wells by number that the table tells, for tables that have the numbers only.
    private(set) var numbers: WellNumbers
    private let grid: Grid
    private let columns: ResultColumns
    /// The fewest cells of a line that is whole.
    private let width: Int
    private var seen: [Key: Int] = [:]

    private struct Key: Hashable {
        let well: WellPosition
        let target: String
        let dye: String?
    }

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - grid: The sheet or section.
    ///   - heading: The index of its heading row.
    ///   - columns: What its columns mean.
    ///   - told: The plate that the user named.
    ///   - block: What the file says of its plate.
    ///   - first: The number of the first well, where wells are numbered.
    init(
        _ grid: Grid, below heading: Int, _ columns: ResultColumns, told: PlateFormat?,
        block: String? = nil, first: Int = 1
    ) {
        self.grid = grid
        let rows = Self.body(of: grid, below: heading, columns.well ?? 0)
        var settled = columns
        settled.rule = columns.rule.settled(by: rows.lazy.map { $0[columns.cq] })
        self.columns = settled
        let heading = grid.rows.indices.contains(heading) ? grid.rows[heading].cells.count : 0
        width = rows.lazy.filter { !$0.isUnended }.map(\.cells.count).reduce(heading, min)
        var pairs: [(number: Int, well: WellPosition)] = []
        var largest = 0
        var isNumbered = false
        for row in rows {
            let name = WellPosition(text: row[columns.well])
            let number = Self.whole(row[columns.wellNumber]) ?? Self.whole(row[columns.well])
            largest = max(largest, number ?? 0)
            if let name, let number { pairs.append((number, name)) }
            if name == nil, number != nil { isNumbered = true }
        }
        numbers = WellNumbers(
            told: told, block: block, pairs: pairs, largest: largest, first: first)
        if isNumbered, !numbers.isTold {
            warnings.append(
                InstrumentWarning(
                    place: FilePlace(grid.part),
                    words: "wells are numbered; they are read as those of a plate of 96"))
        }
        for row in rows { take(row) }
    }

    /// The rows of a table, which ends where lines of another kind follow a gap.
    static func body(of grid: Grid, below heading: Int, _ first: Int) -> [Grid.Row] {
        var rows: [Grid.Row] = []
        var last = grid.rows.indices.contains(heading) ? grid.rows[heading].number : 0
        for row in grid.rows.dropFirst(heading + 1) where !row.isBlank {
            let isWell = WellPosition(text: row[first]) != nil || whole(row[first]) != nil
            if !isWell,
                row.number > last + 1 || KnownNames.endings.contains(where: row[0].hasPrefix)
            {
                break
            }
            rows.append(row)
            last = row.number
        }
        return rows
    }

    /// `12`, or `12.0` as workbooks have it.
    static func whole(_ cell: String) -> Int? {
        if let number = Int(cell) { return number }
        guard let number = NumberText.parse(cell), number == number.rounded(), abs(number) < 1e6
        else { return nil }
        return Int(number)
    }

    private mutating func take(_ row: Grid.Row) {
        guard isWhole(row) else { return }
        let sample = row[columns.sample].nonEmpty
        let dye = columns.fixedDye ?? row[columns.dye].nonEmpty
        let named = columns.fixedTarget ?? row[columns.target].nonEmpty
        let cell = row[columns.cq]
        // Wells that nobody filled are listed too.
        if named == nil, sample == nil, cell.isEmpty { return }
        guard let well = well(of: row) else { return }
        guard let target = named ?? dye else {
            let reading = columns.rule.read(cell)
            if reading == .none || reading == .missing { return }
            return complain(row, columns.target, "a Cq without a target; name it at the instrument")
        }
        guard let cq = cq(of: row) else { return }
        var reading = InstrumentReading(
            well: well, sample: sample, target: target, dye: dye, place: grid.place(row))
        reading.cq = cq.value
        reading.called = row[columns.called].nonEmpty ?? row[columns.calledElse].nonEmpty
        guard let isExcluded = isExcluded(row) else { return }
        reading.excluded = isExcluded
        // The result of a well that somebody took out is not expected.
        reading.isMissing = cq.isMissing && !isExcluded
        if reading.isMissing {
            warn(row, "no result of \(target) in \(well.description); it is no negative")
        }
        if let first = seen[Key(well: well, target: target, dye: dye)] {
            return meetAgain(reading, readings[first], row)
        }
        seen[Key(well: well, target: target, dye: dye)] = readings.count
        readings.append(reading)
    }

    /// Whether a row holds every cell that it should; complains else.
    private mutating func isWhole(_ row: Grid.Row) -> Bool {
        if let column = columns.used.first(where: row.unsaved.contains) {
            complain(
                row, column,
                "a formula without a value; open and save it in the spreadsheet program")
            return false
        }
        guard grid.hasLines, let cq = columns.cq else { return true }
        guard row.cells.indices.contains(cq) else {
            complain(row, nil, "the row ends before its Cq; the file may be cut off")
            return false
        }
        // Of a last line without an end nobody knows whether its last number is whole.
        let mayBeCut =
            row.cells.count < width
            || cq == row.cells.count - 1 && NumberText.parse(row[cq]) != nil
        guard !row.isUnended || !mayBeCut else {
            complain(row, nil, "the last line has no end and may be cut off; export it again")
            return false
        }
        return true
    }

    /// Whether somebody took the well out; nil after a complaint.
    private mutating func isExcluded(_ row: Grid.Row) -> Bool? {
        let cell = row[columns.excluded]
        if cell.isEmpty { return false }
        if let isMarked = Mark.isYes(cell) { return isMarked != columns.isIncluded }
        complain(row, columns.excluded, "neither a word for yes nor for no; write true or false")
        return nil
    }

    private mutating func meetAgain(
        _ reading: InstrumentReading, _ first: InstrumentReading, _ row: Grid.Row
    ) {
        let line = first.place.line ?? 0
        if reading.agrees(with: first), reading.sample == first.sample {
            warn(row, "the same well and target as in line \(line); it is read once")
        } else {
            complain(row, nil, "contradicts line \(line): the same well and target, another result")
        }
    }

    private mutating func well(of row: Grid.Row) -> WellPosition? {
        let cell = row[columns.well]
        let number = Self.whole(row[columns.wellNumber])
        if let well = WellPosition(text: cell) {
            if let number, let told = numbers.well(number), told != well {
                complain(row, columns.well, "contradicts the well's number in the same row")
                return nil
            }
            return well
        }
        if let number = Self.whole(cell) ?? (cell.isEmpty ? number : nil),
            let well = numbers.well(number)
        {
            return well
        }
        complain(row, columns.well, "no well of this plate; write A1 to H12, or A1 to P24")
        return nil
    }

    /// The Cq, which may be none; nil after a complaint.
    private mutating func cq(of row: Grid.Row) -> (value: Double?, isMissing: Bool)? {
        guard let column = columns.cq else { return (nil, false) }
        switch columns.rule.read(row[column]) {
        case .cq(let cq): return (cq, false)
        case .none: return (nil, false)
        case .missing: return (nil, true)
        case .notNumber:
            complain(row, column, "neither a Cq nor a known word for none")
        case .outOfRange:
            complain(row, column, "no cycle number; a Cq lies between 1 and 100")
        }
        return nil
    }

    private mutating func warn(_ row: Grid.Row, _ words: Wording) {
        guard warnings.count < InstrumentFile.mostWarnings else {
            unsaid += 1
            return
        }
        warnings.append(InstrumentWarning(place: grid.place(row), words: words))
    }

    private mutating func complain(_ row: Grid.Row, _ column: Int?, _ words: Wording) {
        guard faults.count < InstrumentFaults.longest else { return }
        faults.append(InstrumentFault(grid.place(row, column: column), words))
    }
}
