internal import LabCurves
internal import LabDomain

/// Fluorescence collected point by point from rows in any order.
struct CurvePoints {
    struct Key: Hashable {
        let well: WellPosition
        let target: String
    }

    private var points: [Key: [(cycle: Double, value: Double)]] = [:]

    mutating func add(_ well: WellPosition, _ target: String, _ cycle: Double, _ value: Double) {
        points[Key(well: well, target: target), default: []].append((cycle, value))
    }

    /// The curve of a well's target; nil without points, or when a cycle stands twice.
    func curve(_ well: WellPosition, _ target: String) -> AmplificationCurve? {
        guard let found = points[Key(well: well, target: target)] else { return nil }
        let points = found.sorted { $0.cycle < $1.cycle }
        return AmplificationCurve(
            cycles: points.map(\.cycle), fluorescence: points.map(\.value))
    }

    /// What a table of amplification says: a row for each well, cycle and target.
    init(_ grid: Grid, wells: (Grid.Row) -> WellPosition?) {
        let heading = HeadingRow.find(
            in: grid, [KnownNames.cycles, KnownNames.plainTargets, ["rn", "drn"]])
        guard let heading, let cycle = heading.column(KnownNames.cycles),
            let target = heading.column(KnownNames.plainTargets),
            let value = heading.column(["rn", "drn"])
        else { return }
        let comma = Self.hasDecimalComma(grid.rows.dropFirst(heading.index + 1), value)
        for row in grid.rows.dropFirst(heading.index + 1) {
            guard let well = wells(row), let number = Self.number(row[cycle], comma),
                let fluorescence = Self.number(row[value], comma)
            else { continue }
            add(well, row[target], number, fluorescence)
        }
    }

    init() {}

    /// A number with thousands commas, or with a decimal comma.
    static func number(_ cell: String, _ hasDecimalComma: Bool) -> Double? {
        if !cell.utf8.contains(0x2C) { return NumberText.parse(cell) }
        let plain =
            hasDecimalComma
            ? cell.filter { $0 != "." }.map { $0 == "," ? "." : $0 }
            : cell.filter { $0 != "," }
        return NumberText.parse(String(plain))
    }

    /// Whether commas stand where only a decimal one can.
    static func hasDecimalComma(_ rows: some Sequence<Grid.Row>, _ column: Int) -> Bool {
        rows.contains { row in
            let parts = row[column].split(separator: ",", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[1].contains(".") else { return false }
            return parts[1].count != 3 || parts[0] == "0" || parts[0] == "-0"
        }
    }
}
