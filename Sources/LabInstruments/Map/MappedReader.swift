internal import LabDomain
internal import LabTables

extension InstrumentFile {
    /// Reads a table as a map describes it, whatever else the file might be.
    ///
    /// - Parameters:
    ///   - bytes: A text or a workbook.
    ///   - map: What its columns mean.
    /// - Returns: What the file holds.
    /// - Throws: `InstrumentFaults` with the place of each fault.
    package static func read(
        _ bytes: [UInt8], map: ColumnMap
    ) throws(InstrumentFaults) -> InstrumentFile {
        try read(mapped: bytes, map).brief()
    }

    private static func read(
        mapped bytes: [UInt8], _ map: ColumnMap
    ) throws(InstrumentFaults) -> InstrumentFile {
        guard !bytes.isEmpty else { throw InstrumentFaults("the file is empty") }
        var bytes = bytes
        if GzipText.isGzip(bytes) { bytes = try GzipText.unpack(bytes) }
        let isWorkbook = bytes.starts(with: [0x50, 0x4B])
        let grids =
            isWorkbook
            ? try WorkbookReader.sheets(of: try ZipArchive(bytes)) : try tables(bytes, map)
        for grid in grids {
            if let sheet = map.sheet, isWorkbook, grid.name != Heading.key(sheet) { continue }
            if let file = try read(grid, map) { return file }
        }
        throw InstrumentFaults(
            "no line has the map's columns; compare their names with the file's heading")
    }

    private static func tables(
        _ bytes: [UInt8], _ map: ColumnMap
    ) throws(InstrumentFaults) -> [Grid] {
        let text = try TextFileReader.decode(bytes)
        let told: [String: DelimitedTable.Delimiter] = [
            "comma": .comma, "semicolon": .semicolon, "tab": .tab,
        ]
        let delimiters =
            map.delimiter.flatMap { told[$0] }.map { [$0] }
            ?? DelimitedRecords.delimiters(of: text)
        var grids: [Grid] = []
        for delimiter in delimiters {
            do throws(TableFault) {
                let records = try DelimitedRecords(text, delimiter: delimiter).records
                var rows = records.map { Grid.Row(number: $0.line, cells: $0.fields) }
                if text.utf8.last != 0x0A, text.utf8.last != 0x0D, !rows.isEmpty {
                    rows[rows.count - 1].isUnended = true
                }
                grids.append(Grid(part: nil, rows: rows))
            } catch {
                if map.delimiter == nil, delimiters.count > 1 { continue }
                throw InstrumentFaults(
                    FilePlace(line: error.line), TextFileReader.words(of: error))
            }
        }
        return grids
    }

    private static func read(
        _ grid: Grid, _ map: ColumnMap
    ) throws(InstrumentFaults) -> InstrumentFile? {
        let singles = [map.well, map.sample, map.target, map.dye, map.cq, map.call, map.excluded]
        let channels = map.channels.flatMap { [$0.cq, $0.call] }
        let names = (singles + channels).compactMap(\.self).map { [Heading.key($0)] }
        var grid = grid
        if let skip = map.skip { grid.rows.removeAll { $0.number <= skip } }
        let within = map.skip == nil ? 400 : 1
        guard let heading = HeadingRow.find(in: grid, names, within: within) else { return nil }
        func column(_ name: String?) -> Int? {
            name.flatMap { heading.column([Heading.key($0)]) }
        }
        let rule = CqRule(
            words: map.notDetected, blank: map.isBlankNotDetected ? .none : .fault,
            isBelowOne: map.isZeroNotDetected, cycles: map.cycles)
        let own = ColumnMap.Channel(
            target: nil, dye: nil, cq: map.cq ?? "", call: map.call)
        var file = InstrumentFile(format: .columnMap)
        file.instrument = map.instrument
        file.software = map.software
        var faults: [InstrumentFault] = []
        for channel in map.channels.isEmpty ? [own] : map.channels {
            let columns = ResultColumns(
                well: column(map.well), sample: column(map.sample), target: column(map.target),
                dye: column(map.dye), cq: column(channel.cq), called: column(channel.call),
                excluded: column(map.excluded), fixedTarget: channel.target,
                fixedDye: channel.dye, rule: rule)
            let table = ResultTable(
                grid, below: heading.index, columns,
                told: map.wells.flatMap(PlateFormat.init(rawValue:)), first: map.firstWell)
            file.wells += table.readings
            file.warnings += table.warnings.filter { !file.warnings.contains($0) }
            file.unsaid += table.unsaid
            faults += table.faults.filter { !faults.contains($0) }
        }
        guard faults.isEmpty else { throw InstrumentFaults(faults) }
        guard !file.wells.isEmpty else {
            throw InstrumentFaults("no result stands below the heading; export it again")
        }
        return file
    }
}
