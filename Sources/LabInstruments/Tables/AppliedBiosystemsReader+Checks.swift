internal import LabDomain

extension AppliedBiosystemsReader {
    /// A call of the sheet that has one for each well and target.
    struct TargetCall {
        let word: String
        let place: FilePlace

        var isPositive: Bool { ["positive", "presence"].contains(Heading.key(word)) }
    }

    /// What the columns of a table of results mean.
    static func columns(_ heading: HeadingRow) -> ResultColumns {
        let well = heading.column(KnownNames.wells)
        let number = heading.column(["well"])
        return ResultColumns(
            well: well, wellNumber: number == well ? nil : number,
            sample: heading.column(KnownNames.samples),
            target: heading.column(KnownNames.targets),
            dye: heading.column(KnownNames.dyes),
            cq: heading.column(KnownNames.cqs),
            called: heading.column(KnownNames.calls),
            excluded: heading.column(["omit", "omitted"]), rule: .appliedBiosystems)
    }

    /// A call that its Cq contradicts; a late Cq may well be called negative.
    mutating func doubt(_ reading: InstrumentReading, _ call: TargetCall) {
        guard call.isPositive, reading.cq == nil, !reading.excluded else { return }
        file.warn(
            call.place, "positive, where \(reading.place.description) has no Cq; look at both")
    }

    /// Compares the readings with those of every other sheet or section that has a Cq for wells
    /// and targets; what only another table of results holds is read too (IMP-30).
    mutating func compare(with results: Int, _ numbers: WellNumbers) {
        let groups = [KnownNames.wells, KnownNames.targets, KnownNames.cqs]
        var read: [InstrumentFile.Key: InstrumentReading] = [:]
        for reading in file.wells {
            read[InstrumentFile.Key(well: reading.well, target: reading.target)] = reading
        }
        var isAgain = false
        for index in grids.indices {
            var grid = grids[index]
            var heading = HeadingRow.find(in: grid, groups)
            // Below the table that was read another one may stand.
            if index == results, let first = heading {
                grid.rows.removeFirst(first.index + 1)
                heading = HeadingRow.find(in: grid, groups, within: .max)
            }
            guard let heading else { continue }
            let isResult = KnownNames.results.contains(grid.name) || index == results
            let table = ResultTable(
                grid, below: heading.index, Self.columns(heading), told: numbers.format)
            if isResult { faults += table.faults }
            for reading in table.readings {
                let key = InstrumentFile.Key(well: reading.well, target: reading.target)
                guard let first = read[key] else {
                    if isResult { file.wells.append(reading) }
                    continue
                }
                // Each sheet has calls of its own.
                var compared = reading
                compared.called = nil
                if compared.agrees(with: first) {
                    isAgain = isAgain || isResult
                } else {
                    let place = first.place.description
                    faults.append(
                        InstrumentFault(
                            reading.place,
                            "contradicts \(place): the same well and target, another result"))
                }
            }
        }
        if isAgain {
            file.warn(FilePlace(), "results stand in several tables of the file; each is read once")
        }
    }

    /// Wells that were set up and have no result, as in a file that was cut off, or the reverse.
    mutating func noteMissing(_ numbers: WellNumbers) {
        guard
            let (grid, heading) = grid(KnownNames.setUps, [KnownNames.wells, KnownNames.samples])
        else { return }
        let well = heading.column(KnownNames.wells)
        let sample = heading.column(KnownNames.samples)
        let target = heading.column(KnownNames.targets)
        let read = Set(file.wells.map(\.well))
        var setUp: Set<WellPosition> = []
        for row in ResultTable.body(of: grid, below: heading.index, well ?? 0)
        where !row[sample].isEmpty || !row[target].isEmpty {
            if let found = Self.well(row[well], numbers) { setUp.insert(found) }
        }
        note(setUp.subtracting(read), grid) {
            "\($0) wells were set up and have no result: \($1)"
        }
        note(read.subtracting(setUp), grid) {
            "\($0) wells have a result and were not set up: \($1)"
        }
    }

    private mutating func note(
        _ wells: Set<WellPosition>, _ grid: Grid, _ words: (Int, String) -> Wording
    ) {
        guard !wells.isEmpty else { return }
        let list = wells.sorted().prefix(12).map(\.description).joined(separator: ", ")
        let more = wells.count > 12 ? ", ..." : ""
        file.warnings.append(
            InstrumentWarning(
                place: FilePlace(grid.part), words: words(wells.count, list + more)))
    }

    static func well(_ cell: String, _ numbers: WellNumbers) -> WellPosition? {
        WellPosition(text: cell) ?? ResultTable.whole(cell).flatMap(numbers.well)
    }
}
