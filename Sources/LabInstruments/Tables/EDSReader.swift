internal import LabCurves
internal import LabDomain
internal import LabTables
internal import LabXML

/// Reads an experiment of Applied Biosystems' software (.eds), whose results are a text inside.
///
/// Its wells count from 0, along the rows; a Ct of the number of cycles says that there is none.
struct EDSReader {
    private static let results = "apldbio/sds/analysis_result.txt"
    private static let place = FilePlace(.entry(results))

    static func read(
        _ archive: borrowing ZipArchive, _ options: InstrumentFile.Options
    ) throws(InstrumentFaults) -> InstrumentFile {
        guard let entry = try archive.entry(results) else {
            throw InstrumentFaults(
                place, "the experiment holds no results; analyse it, or export them as .xlsx")
        }
        let text = try TextFileReader.decode(entry)
        let records: DelimitedRecords
        do throws(TableFault) {
            records = try DelimitedRecords(text, delimiter: .tab)
        } catch {
            throw InstrumentFaults(
                FilePlace(.entry(results), line: error.line), TextFileReader.words(of: error))
        }
        let rows = records.records.map { Grid.Row(number: $0.line, cells: $0.fields) }
        let setUp = try SetUp(archive)
        return try read(Grid(part: .entry(results), rows: rows), setUp, options)
    }

    private static func read(
        _ grid: Grid, _ setUp: SetUp, _ options: InstrumentFile.Options
    ) throws(InstrumentFaults) -> InstrumentFile {
        let groups = [["well"], KnownNames.detectors, ["ct", "cq", "crt"]]
        guard let heading = HeadingRow.find(in: grid, groups) else {
            throw InstrumentFaults(place, "no table of results with well, target and CT")
        }
        // Each row of results is followed by its curves, which are no rows of the table.
        var table = Grid(part: grid.part, rows: [grid.rows[heading.index]])
        var curves: [Int: [Double]] = [:]
        for row in grid.rows.dropFirst(heading.index + 1) {
            let key = Heading.key(row[0])
            if let last = table.rows.last?.number, key == KnownNames.curveLine {
                curves[last] = row.cells.dropFirst().filter { !$0.isEmpty }
                    .compactMap { NumberText.parse($0) }
            } else if Int(row[0]) != nil || WellPosition(text: row[0]) != nil {
                table.rows.append(Grid.Row(number: row.number, cells: row.cells))
            }
        }
        // The rows stand apart in the file; renumbered ones would lose their place.
        let columns = ResultColumns(
            well: heading.column(["well"]), sample: heading.column(KnownNames.samples),
            target: heading.column(KnownNames.detectors),
            dye: heading.column(["reporter"]), cq: heading.column(["ct", "cq", "crt"]),
            called: heading.column(["call"]), excluded: heading.column(["omit"]), rule: .eds)
        let read = ResultTable(
            table, below: 0, columns, told: options.plate ?? setUp.format, first: 0)
        guard read.faults.isEmpty else { throw InstrumentFaults(read.faults) }
        guard !read.readings.isEmpty else {
            throw InstrumentFaults(place, "no result stands below the heading; export it again")
        }
        var file = InstrumentFile(format: .eds)
        file.warnings = read.warnings
        file.unsaid = read.unsaid
        file.instrument = setUp.instrument
        file.plate = setUp.plate
        let cycles = curves.values.lazy.map { Double($0.count) }.max()
        for var reading in read.readings {
            if let values = reading.place.line.flatMap({ curves[$0] }), !values.isEmpty {
                reading.curve = AmplificationCurve(fluorescence: values)
            }
            if let cq = reading.cq, let cycles, cq >= cycles { reading.cq = nil }
            reading.dye = reading.dye ?? setUp.dyes[reading.target]
            file.wells.append(reading)
        }
        if cycles == nil {
            file.warnings.append(
                InstrumentWarning(
                    place: place,
                    words: "no curves tell how many cycles were run; a late Ct may mean none"))
        }
        return file
    }

    /// What the other parts of the experiment say, where they are there.
    private struct SetUp {
        var format: PlateFormat?
        var instrument: String?
        var plate: String?
        var dyes: [String: String] = [:]

        init(_ archive: borrowing ZipArchive) throws(InstrumentFaults) {
            if let root = try Self.document("apldbio/sds/plate_setup.xml", archive) {
                plate = root.child("Barcode")?.text.trimmed.nonEmpty
                walk(root)
            }
            if let root = try Self.document("apldbio/sds/experiment.xml", archive) {
                instrument = root.child("InstrumentTypeId")?.text.trimmed.nonEmpty
                plate = plate ?? root.child("Name")?.text.trimmed.nonEmpty
            }
        }

        private static func document(
            _ name: String, _ archive: borrowing ZipArchive
        ) throws(InstrumentFaults) -> XMLElement? {
            guard let entry = try archive.entry(name) else { return nil }
            do throws(XMLFault) {
                return try XMLReader.read(entry)
            } catch {
                throw InstrumentFaults(
                    FilePlace(.entry(name), line: error.line), Wording(plain: error.message))
            }
        }

        private mutating func walk(_ element: XMLElement) {
            if element.name == "Detector", let name = element.child("Name")?.text.trimmed,
                let dye = element.child("Reporter")?.text.trimmed.nonEmpty
            {
                dyes[name] = dye
            }
            if element.name == "PlateKind", let rows = element.child("RowCount")?.text.trimmed,
                let columns = element.child("ColumnCount")?.text.trimmed
            {
                format = PlateFormat.allCases.first {
                    "\($0.rows)" == rows && "\($0.columns)" == columns
                }
            }
            for child in element.children { walk(child) }
        }
    }
}
