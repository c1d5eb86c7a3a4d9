internal import LabDomain
internal import LabTables

/// Reads an instrument's file that is text, in whichever encoding and with whichever delimiter.
struct TextFileReader {
    static func read(
        _ bytes: [UInt8], _ options: InstrumentFile.Options
    ) throws(InstrumentFaults) -> InstrumentFile {
        let text = try decode(bytes)
        guard text.utf8.contains(where: { $0 > 0x20 }) else {
            throw InstrumentFaults("the file is empty")
        }
        var tableFault: TableFault?
        for delimiter in DelimitedRecords.delimiters(of: text) {
            let grids: [Grid]
            do throws(TableFault) {
                grids = sections(
                    try DelimitedRecords(text, delimiter: delimiter), isEnded: isEnded(text))
            } catch {
                tableFault = tableFault ?? error
                continue
            }
            guard var file = try read(grids, text, options) else { continue }
            if text.encoding == .windows1252 {
                file.warnings.append(
                    InstrumentWarning(
                        place: FilePlace(),
                        words: "the text is no UTF-8; it is read as Windows-1252"))
            }
            if !isEnded(text) {
                file.warnings.append(
                    InstrumentWarning(
                        place: FilePlace(line: grids.last?.rows.last?.number),
                        words: "the last line has no end; the file may be cut off"))
            }
            return file
        }
        if let tableFault {
            throw InstrumentFaults(FilePlace(line: tableFault.line), words(of: tableFault))
        }
        throw InstrumentFaults(
            "no format that is known; export the run as RDML, or describe its columns in a map")
    }

    /// What is wrong with a text that falls into no cells.
    static func words(of fault: TableFault) -> Wording {
        fault.kind == .tooLongCell
            ? "a cell of more than 32 KiB; this is no export, or a quote is missing"
            : "a quote is not closed, or text follows it; export the file again"
    }

    private static func isEnded(_ text: DecodedText) -> Bool {
        text.utf8.last == 0x0A || text.utf8.last == 0x0D
    }

    /// Tries every format, the ones with the most telling headings first.
    private static func read(
        _ grids: [Grid], _ text: DecodedText, _ options: InstrumentFile.Options
    ) throws(InstrumentFaults) -> InstrumentFile? {
        if let file = try RunFileReader.read(grids, text) { return file }
        if let file = try LightCyclerRawReader.read(grids) { return file }
        let isSectioned = grids.contains { $0.part != nil }
        if !isSectioned {
            if let file = try CommonReader.read(grids, options) { return file }
        }
        return try AppliedBiosystemsReader.read(grids, isWorkbook: false, options)
    }

    static func decode(_ bytes: [UInt8]) throws(InstrumentFaults) -> DecodedText {
        var bytes = bytes
        // UTF-16 without its mark: every other byte of the first words is NUL.
        if bytes.count > 4, bytes[1] == 0, bytes[3] == 0, bytes[0] != 0 {
            bytes = [0xFF, 0xFE] + bytes
        }
        do throws(EncodingFault) {
            let text = try TextDecoding.decode(bytes)
            if text.encoding == .gb18030, Windows1252Text.isLikely(bytes),
                let western = Windows1252Text.decode(bytes)
            {
                return western
            }
            return text
        } catch {
            if let text = Windows1252Text.decode(bytes), error.kind != .nul { return text }
            throw InstrumentFaults(
                FilePlace(line: error.line),
                "no text and no format that is known; export the run's results again")
        }
    }

    /// The lines before the first `[Section]`, and each section.
    private static func sections(_ records: DelimitedRecords, isEnded: Bool) -> [Grid] {
        var grids = [Grid(part: nil, rows: [])]
        for (line, fields) in records.records {
            if let first = fields.first, first.count > 2, first.first == "[", first.last == "]",
                fields.dropFirst().allSatisfy(\.isEmpty)
            {
                let name = String(first.dropFirst().dropLast())
                grids.append(Grid(part: .section(name), rows: []))
            } else {
                grids[grids.count - 1].rows.append(Grid.Row(number: line, cells: fields))
            }
        }
        if !isEnded, let grid = grids.indices.last, let row = grids[grid].rows.indices.last {
            grids[grid].rows[row].isUnended = true
        }
        return grids
    }
}

/// The formats that come as text and as workbooks alike.
enum CommonReader {
    static func read(
        _ grids: [Grid], _ options: InstrumentFile.Options
    ) throws(InstrumentFaults) -> InstrumentFile? {
        for format in TableFormat.all {
            if let file = try TableReader.read(grids, as: format, options) { return file }
        }
        if let file = try PlateViewReader.read(grids, options) { return file }
        let curves = grids.contains { grid in
            grid.rows.prefix(60).contains { row in
                Heading.key(row[1]) == "cycle" && WellPosition(text: row[2]) != nil
                    || Heading.key(row[0]) == "cycle" && WellPosition(text: row[1]) != nil
            }
        }
        if curves {
            throw InstrumentFaults(
                "curves only, without targets and Cq; export the table of Cq results")
        }
        let hasReporter = grids.contains {
            HeadingRow.find(in: $0, [KnownNames.reporters]) != nil
        }
        return hasReporter ? nil : try TableReader.read(grids, as: .sds, options)
    }
}

/// The laboratory's own CSV, as `run import` takes it.
enum RunFileReader {
    static func read(
        _ grids: [Grid], _ text: DecodedText
    ) throws(InstrumentFaults) -> InstrumentFile? {
        let headings = [["plate"], ["well"], ["target"], ["cq", "ct"]]
        guard let grid = grids.first,
            HeadingRow.find(in: grid, headings, within: 1) != nil
        else { return nil }
        do throws(RunFileFaults) {
            let run = try RunFile.read(text.utf8)
            var file = InstrumentFile(format: .runFile)
            file.plate = run.plate.text
            file.wells = zip(run.readings, run.lines).map { reading, line in
                var well = InstrumentReading(
                    well: reading.well, target: reading.target, place: FilePlace(line: line))
                well.cq = reading.cq?.cycles
                return well
            }
            return file
        } catch {
            throw InstrumentFaults(
                error.faults.map { fault in
                    let words =
                        fault.words.isEmpty ? Wording(plain: fault.description) : fault.words
                    return InstrumentFault(
                        FilePlace(line: fault.line, column: fault.column), words)
                })
        }
    }
}
