internal import LabDomain

/// Reads the raw fluorescence of a LightCycler 480: curves without Cp.
struct LightCyclerRawReader {
    /// The file, or nil when it is of another kind.
    static func read(_ grids: [Grid]) throws(InstrumentFaults) -> InstrumentFile? {
        let groups = [["samplepos"], ["prog#"], ["seg#"], ["cycle#"], ["temp"]]
        guard let grid = grids.first, let heading = HeadingRow.find(in: grid, groups),
            let temperature = heading.column(["temp"]), let well = heading.column(["samplepos"]),
            let program = heading.column(["prog#"]), let segment = heading.column(["seg#"]),
            let cycle = heading.column(["cycle#"])
        else { return nil }
        let rows = grid.rows.dropFirst(heading.index + 1)
        let channels = heading.keys.indices.filter {
            $0 > temperature && !grid.rows[heading.index][$0].isEmpty
        }
        guard let amplification = amplification(rows, program, segment, cycle), !channels.isEmpty
        else {
            throw InstrumentFaults(
                FilePlace(line: grid.rows[heading.index].number),
                "no program with cycles of fluorescence; export the amplification program")
        }
        let comma = CurvePoints.hasDecimalComma(rows, channels[0])
        var curves = CurvePoints()
        var wells: [(well: WellPosition, row: Grid.Row)] = []
        var seen: Set<WellPosition> = []
        var faults: [InstrumentFault] = []
        for row in rows where row[program] == amplification.0 && row[segment] == amplification.1 {
            guard let position = WellPosition(text: row[well]),
                let number = ResultTable.whole(row[cycle])
            else {
                faults.append(
                    InstrumentFault(grid.place(row), "no well or no cycle; export the file again"))
                continue
            }
            if seen.insert(position).inserted { wells.append((position, row)) }
            for channel in channels {
                guard let value = CurvePoints.number(row[channel], comma) else {
                    faults.append(
                        InstrumentFault(
                            grid.place(row, column: channel),
                            "not a number; write it with a decimal point"))
                    continue
                }
                curves.add(position, heading.keys[channel], Double(number), value)
            }
        }
        guard faults.isEmpty else { throw InstrumentFaults(faults) }
        return file(wells, curves, channels.map { ($0, heading.keys[$0]) }, heading, grid)
    }

    private static func file(
        _ wells: [(well: WellPosition, row: Grid.Row)], _ curves: CurvePoints,
        _ channels: [(Int, String)], _ heading: HeadingRow, _ grid: Grid
    ) -> InstrumentFile {
        var file = InstrumentFile(format: .lightCycler480Raw)
        file.tellsCq = false
        let name = heading.column(["samplename"])
        for (well, row) in wells {
            for (column, key) in channels {
                let channel = grid.rows[heading.index][column]
                var reading = InstrumentReading(
                    well: well, sample: row[name].nonEmpty, target: channel, dye: channel,
                    place: grid.place(row))
                reading.curve = curves.curve(well, key)
                file.wells.append(reading)
            }
        }
        let titles = grid.rows[..<heading.index].map { $0.cells.joined(separator: " ") }
        let title = titles.first { $0.contains(KnownNames.runOn) }
        if let title, let mark = title.firstRange(of: KnownNames.runOn) {
            file.software = String(title[mark.upperBound...].prefix { $0 != ")" })
        }
        file.warnings.append(
            InstrumentWarning(
                place: FilePlace(), words: "no reading has a Cq; only the curves are read"))
        return file
    }

    /// The program and segment with the most cycles; a melt has one.
    private static func amplification(
        _ rows: ArraySlice<Grid.Row>, _ program: Int, _ segment: Int, _ cycle: Int
    ) -> (String, String)? {
        var most: [[String]: Int] = [:]
        for row in rows {
            guard let number = ResultTable.whole(row[cycle]) else { continue }
            most[[row[program], row[segment]], default: 0] = max(
                number, most[[row[program], row[segment]]] ?? 0)
        }
        let best = most.max { ($0.value, $1.key[0]) < ($1.value, $0.key[0]) }
        guard let best, best.value > 1 else { return nil }
        return (best.key[0], best.key[1])
    }
}
