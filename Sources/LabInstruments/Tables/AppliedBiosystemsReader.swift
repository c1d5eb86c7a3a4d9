internal import LabDomain

/// Reads what the software of Applied Biosystems exports, as sections of a text or as sheets.
///
/// QuantStudio, ViiA 7, StepOne and 7500 software, Design & Analysis and Diomni differ in the names
/// of sheets and columns and in where a well's name stands; the tables are the same.
struct AppliedBiosystemsReader {
    let grids: [Grid]
    let options: InstrumentFile.Options
    private let isWorkbook: Bool
    var file = InstrumentFile(format: .quantStudioText)
    var faults: [InstrumentFault] = []

    /// The file, or nil when its tables are of another maker.
    static func read(
        _ grids: [Grid], isWorkbook: Bool, _ options: InstrumentFile.Options
    ) throws(InstrumentFaults) -> InstrumentFile? {
        let reader = AppliedBiosystemsReader(
            grids: grids, options: options, isWorkbook: isWorkbook)
        guard let (index, heading) = reader.results() else {
            guard reader.looksKnown else { return nil }
            throw InstrumentFaults(
                "no table of results with well, target and CT; export the results too")
        }
        return try reader.read(index, heading)
    }

    private init(grids: [Grid], options: InstrumentFile.Options, isWorkbook: Bool) {
        self.grids = grids
        self.options = options
        self.isWorkbook = isWorkbook
    }

    private var looksKnown: Bool {
        grids.contains { grid in
            KnownNames.anyOfThem.contains(grid.name)
        }
    }

    /// The table of results: the sheet of that name, or else the first that has its columns.
    private func results() -> (Int, HeadingRow)? {
        let named = KnownNames.results.flatMap { name in
            grids.indices.filter { grids[$0].name == name }
        }
        for index in named + grids.indices {
            let groups = [
                KnownNames.wells, KnownNames.targets, KnownNames.cqs + KnownNames.alleleCqs(1),
            ]
            if let heading = HeadingRow.find(in: grids[index], groups) { return (index, heading) }
        }
        return nil
    }

    func grid(_ names: [String], _ groups: [[String]]) -> (Grid, HeadingRow)? {
        for grid in grids where names.contains(grid.name) {
            if let heading = HeadingRow.find(in: grid, groups) { return (grid, heading) }
        }
        return nil
    }

    private func read(
        _ index: Int, _ heading: HeadingRow
    ) throws(InstrumentFaults) -> InstrumentFile {
        var copy = self
        let results = grids[index]
        var facts = results.facts(before: heading.index)
        if facts.isEmpty, let first = grids.first {
            facts = first.facts(before: first.rows.count)
        }
        copy.describe(facts)
        return try copy.take(index, heading, facts)
    }

    private mutating func describe(_ facts: [String: String]) {
        file.instrument = facts.first(KnownNames.instrument)
        let software = KnownNames.software.compactMap { facts[$0] }
        file.software = software.isEmpty ? nil : software.joined(separator: " ")
        let barcode = facts.first(KnownNames.barcodes)
        file.plate =
            barcode.flatMap { ["NA", "N/A"].contains($0.uppercased()) ? nil : $0 }
            ?? facts.first(KnownNames.plates)
        file.format = format(software: file.software ?? "", facts)
    }

    private func format(software: String, _ facts: [String: String]) -> InstrumentFormat {
        if software.lowercased().contains("diomni") { return .diomni }
        let isCalled = grids.contains {
            HeadingRow.find(in: $0, [KnownNames.tests, ["call"]], within: 100) != nil
        }
        if isCalled { return .taqPath }
        let isNew =
            facts.first(KnownNames.newFiles) != nil
            || grids.contains { KnownNames.newSheets.contains($0.name) }
        if isNew { return .designAndAnalysis }
        return isWorkbook ? .quantStudioWorkbook : .quantStudioText
    }

    private mutating func take(
        _ index: Int, _ heading: HeadingRow, _ facts: [String: String]
    ) throws(InstrumentFaults) -> InstrumentFile {
        let results = grids[index]
        var columns = Self.columns(heading)
        var tables: [ResultTable] = []
        let block = facts[KnownNames.block]
        if columns.cq != nil {
            tables.append(
                ResultTable(
                    results, below: heading.index, columns, told: options.plate, block: block))
        } else {
            for allele in 1...2 {
                columns.cq = heading.column(KnownNames.alleleCqs(allele))
                guard columns.cq != nil else { continue }
                tables.append(
                    ResultTable(
                        results, below: heading.index, columns, told: options.plate, block: block))
            }
        }
        let isGenotyping = heading.column(KnownNames.cqs) == nil
        guard let first = tables.first else { return file }
        let curves = amplification(first.numbers)
        let calls = targetCalls(first.numbers)
        for (index, table) in tables.enumerated() {
            file.warnings += table.warnings
            file.unsaid += table.unsaid
            faults += table.faults
            for var reading in table.readings {
                if isGenotyping {
                    reading.target = KnownNames.allele(index + 1, of: reading.target)
                }
                reading.curve = curves.curve(reading.well, reading.target)
                if let call = calls[CurvePoints.Key(well: reading.well, target: reading.target)] {
                    reading.called = call.word
                    doubt(reading, call)
                }
                file.wells.append(reading)
            }
        }
        if !isGenotyping { compare(with: index, first.numbers) }
        guard faults.isEmpty else { throw InstrumentFaults(faults) }
        guard !file.wells.isEmpty else {
            throw InstrumentFaults(
                FilePlace(results.part), "no result stands below the heading; export it again")
        }
        noteMissing(first.numbers)
        return file
    }

    /// The curves; wells that have a number only are those of the results.
    private func amplification(_ numbers: WellNumbers) -> CurvePoints {
        let names = KnownNames.amplifications
        let groups = [KnownNames.cycles, KnownNames.plainTargets, ["rn", "drn"]]
        guard let (grid, heading) = grid(names, groups) else { return CurvePoints() }
        let column = heading.column(KnownNames.wells)
        return CurvePoints(grid) { row in Self.well(row[column], numbers) }
    }

    /// The calls of each target, which stand in a sheet of their own.
    private mutating func targetCalls(_ numbers: WellNumbers) -> [CurvePoints.Key: TargetCall] {
        let groups = [KnownNames.wells, KnownNames.plainTargets, ["call"]]
        guard let (grid, heading) = grid(KnownNames.targetCalls, groups) else { return [:] }
        let well = heading.column(KnownNames.wells)
        let target = heading.column(KnownNames.plainTargets)
        let call = heading.column(["call"])
        var calls: [CurvePoints.Key: TargetCall] = [:]
        for row in ResultTable.body(of: grid, below: heading.index, well ?? 0) {
            guard let found = Self.well(row[well], numbers), let word = row[call].nonEmpty else {
                continue
            }
            let key = CurvePoints.Key(well: found, target: row[target])
            if let other = calls[key], other.word != word {
                faults.append(
                    InstrumentFault(
                        grid.place(row, column: call),
                        "contradicts an earlier row: the same well and target, another call"))
            }
            calls[key] = TargetCall(word: word, place: grid.place(row, column: call))
        }
        return calls
    }
}
