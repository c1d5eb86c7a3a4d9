internal import LabDomain

/// Reads what the software of Applied Biosystems exports, as sections of a text or as sheets.
///
/// QuantStudio, ViiA 7, StepOne and 7500 software, Design & Analysis and Diomni differ in the names
/// of sheets and columns and in where a well's name stands; the tables are the same.
struct AppliedBiosystemsReader {
    private let grids: [Grid]
    private let options: InstrumentFile.Options
    private let isWorkbook: Bool
    private var file = InstrumentFile(format: .quantStudioText)
    private var faults: [InstrumentFault] = []

    static let wells = ["well position", "well"]
    static let targets = [
        "target name", "target", "detector name", "detector", "snp assay name", "assay name",
    ]
    static let cqs = ["ct", "cq", "crt", "cp"]
    private static let alleleCqs = ["allele1 ct", "allele1 cq", "allele1 crt"]

    /// The file, or nil when its tables are of another maker.
    static func read(
        _ grids: [Grid], isWorkbook: Bool, _ options: InstrumentFile.Options
    ) throws(InstrumentFaults) -> InstrumentFile? {
        let reader = AppliedBiosystemsReader(
            grids: grids, options: options, isWorkbook: isWorkbook)
        guard let (results, heading) = reader.results() else {
            guard reader.looksKnown else { return nil }
            throw InstrumentFaults(
                "no table of results with well, target and CT; export the results too")
        }
        return try reader.read(results, heading)
    }

    private init(grids: [Grid], options: InstrumentFile.Options, isWorkbook: Bool) {
        self.grids = grids
        self.options = options
        self.isWorkbook = isWorkbook
    }

    private var looksKnown: Bool {
        grids.contains { grid in
            ["sample setup", "amplification data", "results", "target call"].contains(grid.name)
        }
    }

    /// The table of results: the sheet of that name, or else the first that has its columns.
    private func results() -> (Grid, HeadingRow)? {
        let names = ["results", "primary result", "result", "analysis result"]
        let named = names.flatMap { name in grids.filter { $0.name == name } }
        for grid in named + grids {
            let groups = [Self.wells, Self.targets, Self.cqs + Self.alleleCqs]
            if let heading = HeadingRow.find(in: grid, groups) { return (grid, heading) }
        }
        return nil
    }

    private func grid(_ names: [String], _ groups: [[String]]) -> (Grid, HeadingRow)? {
        for grid in grids where names.contains(grid.name) {
            if let heading = HeadingRow.find(in: grid, groups) { return (grid, heading) }
        }
        return nil
    }

    private func read(
        _ results: Grid, _ heading: HeadingRow
    ) throws(InstrumentFaults) -> InstrumentFile {
        var copy = self
        var facts = results.facts(before: heading.index)
        if facts.isEmpty, let first = grids.first {
            facts = first.facts(before: first.rows.count)
        }
        copy.describe(facts)
        return try copy.take(results, heading, facts)
    }

    private mutating func describe(_ facts: [String: String]) {
        file.instrument = facts["instrument type"]
        let software = [facts["software name"], facts["software version"]].compactMap(\.self)
        file.software = software.isEmpty ? nil : software.joined(separator: " ")
        let barcode = facts["experiment barcode"] ?? facts["barcode"]
        file.plate =
            barcode.flatMap { ["NA", "N/A"].contains($0.uppercased()) ? nil : $0 }
            ?? facts["experiment name"]
        file.format = format(software: file.software ?? "", facts)
    }

    private func format(software: String, _ facts: [String: String]) -> InstrumentFormat {
        if software.lowercased().contains("diomni") { return .diomni }
        let isCalled = grids.contains {
            HeadingRow.find(in: $0, [["test code"], ["call"]], within: 100) != nil
        }
        if isCalled { return .taqPath }
        let isNew =
            facts["plate file name"] != nil || facts["file name"] != nil
            || grids.contains { ["primary result", "replicate group result"].contains($0.name) }
        if isNew { return .designAndAnalysis }
        return isWorkbook ? .quantStudioWorkbook : .quantStudioText
    }

    private mutating func take(
        _ results: Grid, _ heading: HeadingRow, _ facts: [String: String]
    ) throws(InstrumentFaults) -> InstrumentFile {
        let well = heading.column(Self.wells)
        let number = heading.column(["well"])
        var columns = ResultColumns(
            well: well, wellNumber: number == well ? nil : number,
            sample: heading.column(["sample name", "sample", "sample id"]),
            target: heading.column(Self.targets),
            dye: heading.column(["reporter", "reporter dye", "dye"]),
            cq: heading.column(Self.cqs),
            called: heading.column(["call", "target call", "amp status"]),
            excluded: heading.column(["omit", "omitted"]), rule: .appliedBiosystems)
        var tables: [ResultTable] = []
        let block = facts["block type"]
        if columns.cq != nil {
            tables.append(
                ResultTable(
                    results, below: heading.index, columns, told: options.plate, block: block))
        } else {
            for allele in 1...2 {
                columns.cq = heading.column(
                    Self.alleleCqs.map { $0.replacing("1", with: "\(allele)") })
                guard columns.cq != nil else { continue }
                tables.append(
                    ResultTable(
                        results, below: heading.index, columns, told: options.plate, block: block))
            }
        }
        let isGenotyping = heading.column(Self.cqs) == nil
        guard let first = tables.first else { return file }
        let curves = amplification(first.numbers)
        let calls = targetCalls(first.numbers)
        for (index, table) in tables.enumerated() {
            file.warnings += table.warnings
            faults += table.faults
            for var reading in table.readings {
                if isGenotyping { reading.target += "-Allele \(index + 1)" }
                reading.curve = curves.curve(reading.well, reading.target)
                if let call = calls[CurveTable.Key(well: reading.well, target: reading.target)] {
                    reading.called = call
                }
                file.wells.append(reading)
            }
        }
        guard faults.isEmpty else { throw InstrumentFaults(faults) }
        guard !file.wells.isEmpty else {
            throw InstrumentFaults(
                FilePlace(results.part), "no result stands below the heading; export it again")
        }
        noteMissing(first.numbers)
        return file
    }

    /// The curves; wells that have a number only are those of the results.
    private func amplification(_ numbers: WellNumbers) -> CurveTable {
        let names = ["amplification data", "amplification", "amplification results"]
        let groups = [["cycle", "cycle number"], ["target name", "target"], ["rn", "drn"]]
        guard let (grid, heading) = grid(names, groups) else { return CurveTable() }
        let column = heading.column(Self.wells)
        return CurveTable(grid) { row in Self.well(row[column], numbers) }
    }

    /// The calls of each target, which stand in a sheet of their own.
    private mutating func targetCalls(_ numbers: WellNumbers) -> [CurveTable.Key: String] {
        let groups = [Self.wells, ["target", "target name"], ["call"]]
        guard let (grid, heading) = grid(["target call"], groups) else { return [:] }
        let well = heading.column(Self.wells)
        let target = heading.column(["target", "target name"])
        let call = heading.column(["call"])
        var calls: [CurveTable.Key: String] = [:]
        for row in ResultTable.body(of: grid, below: heading.index, well ?? 0) {
            guard let found = Self.well(row[well], numbers), let word = row[call].nonEmpty else {
                continue
            }
            let key = CurveTable.Key(well: found, target: row[target])
            if let other = calls[key], other != word {
                faults.append(
                    InstrumentFault(
                        grid.place(row, column: call),
                        "contradicts an earlier row: the same well and target, another call"))
            }
            calls[key] = word
        }
        return calls
    }

    /// Wells that were set up and have no result, as in a file that was cut off, or the reverse.
    private mutating func noteMissing(_ numbers: WellNumbers) {
        guard
            let (grid, heading) = grid(["sample setup"], [Self.wells, ["sample name", "sample"]])
        else { return }
        let well = heading.column(Self.wells)
        let sample = heading.column(["sample name", "sample"])
        let target = heading.column(Self.targets)
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

    private static func well(_ cell: String, _ numbers: WellNumbers) -> WellPosition? {
        WellPosition(text: cell) ?? ResultTable.whole(cell).flatMap(numbers.well)
    }
}
