internal import LabCurves
internal import LabDomain
internal import LabXML

/// Reads RDML 1.0 to 1.4 (RDML consortium): a zip with one document, or the document alone.
///
/// "Not detected" is written as no `cq`, NaN, 0 or -1, and as the number of cycles that were run
/// (LightCycler 96 writes 100); no other number out of 1 to 100 is a `cq`.
struct RDMLReader {
    static let limits = XMLLimits(bytes: ZipArchive.longestEntry, depth: 32, elements: 12_000_000)

    private let entry: String
    private var file = InstrumentFile(format: .rdml)
    private var faults: [InstrumentFault] = []
    /// Targets that are read and not declared.
    private var strangers: Set<String> = []

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - document: The XML.
    ///   - entry: What it is called in its archive.
    ///   - wanted: The run that is wanted: its id, or its number from 1.
    /// - Returns: What the document holds.
    /// - Throws: `InstrumentFaults` with the line and element of each fault.
    static func read(
        _ document: [UInt8], entry: String, run wanted: String?
    ) throws(InstrumentFaults) -> InstrumentFile {
        var visitor = RDMLVisitor(entry: entry)
        do throws(XMLFault) {
            try XMLScanner.scan(document, limits: limits, visitor: &visitor)
        } catch {
            throw InstrumentFaults(
                visitor.faults + [
                    InstrumentFault(
                        FilePlace(.entry(entry), line: error.line, element: error.path),
                        Wording(plain: error.message))
                ])
        }
        let model = visitor.model
        let versions = ["1.0", "1.1", "1.2", "1.3", "1.4"]
        guard versions.contains(model.version) else {
            throw InstrumentFaults(
                FilePlace(.entry(entry), element: "/rdml"),
                "not RDML 1.0 to 1.4; export the run in one of these versions")
        }
        guard visitor.faults.isEmpty else { throw InstrumentFaults(visitor.faults) }
        var reader = RDMLReader(entry: entry)
        return try reader.read(model, run: wanted)
    }

    private init(entry: String) {
        self.entry = entry
    }

    private mutating func read(
        _ model: RDMLModel, run wanted: String?
    ) throws(InstrumentFaults) -> InstrumentFile {
        let runs = try RDMLRuns.chosen(from: model.runs, wanted: wanted, entry: entry)
        if runs.count > 1 {
            warn("the channels of one plate stand in \(runs.count) runs; they are read together")
        }
        if model.partitioned > 0 {
            warn("reactions with partitions of digital PCR have no Cq; they are left out")
        }
        file.instrument = runs.lazy.compactMap(\.instrument).first { !$0.isEmpty }
        file.software =
            runs.lazy.compactMap { run in
                [run.softwareName, run.softwareVersion].compactMap(\.self)
                    .filter { !$0.isEmpty }.joined(separator: " ").nonEmpty
            }.first
        file.plate = runs.count == 1 ? runs.first?.id.nonEmpty : nil
        for run in runs { take(run, model) }
        guard faults.isEmpty else { throw InstrumentFaults(faults) }
        guard !file.wells.isEmpty else {
            throw InstrumentFaults(
                FilePlace(.entry(entry), element: "/rdml"),
                "the run holds no reaction with data; export it again with its results")
        }
        // A channel in which nothing crossed has no Cq; a file without any was never analysed.
        file.tellsCq = runs.contains { $0.reacts.contains { $0.data.contains { $0.cq != nil } } }
        if !file.tellsCq { warn("no reading has a Cq; only the curves are read") }
        return file
    }

    private mutating func take(_ run: RDMLModel.Run, _ model: RDMLModel) {
        let wells = RDMLWells(run)
        if let warning = wells.warning { warn(warning, line: run.line) }
        let cycles = run.reacts.lazy.flatMap(\.data).compactMap(\.cycles.last).max()
        for react in run.reacts {
            let path = "/rdml/experiment/run/react"
            let place = FilePlace(.entry(entry), line: react.line, element: path)
            guard let well = wells.well(of: react.id) else {
                complain(place, "no well of this run's plate; a plate has at most 16 x 24 wells")
                continue
            }
            var targets: Set<String> = []
            for datum in react.data {
                let place = FilePlace(.entry(entry), line: datum.line, element: path + "/data")
                guard !datum.hasTwoCqs else {
                    complain(place, "two Cq in one set of data; leave the one that counts")
                    continue
                }
                guard let target = datum.target, !target.isEmpty else {
                    complain(place, "the data name no target; give the element tar an id")
                    continue
                }
                guard targets.insert(target).inserted else {
                    complain(place, "a second set of data for the same well and target")
                    continue
                }
                if !model.targets.contains(target), strangers.insert(target).inserted {
                    file.warn(place, "the target \(target) is declared nowhere in the file")
                }
                var reading = InstrumentReading(
                    well: well, sample: react.sample?.nonEmpty, target: target,
                    dye: model.dyes[target]?.nonEmpty, place: place)
                reading.excluded = datum.isExcluded
                reading.cq = cq(datum.cq, of: cycles, at: place)
                reading.curve = curve(of: datum, at: place)
                file.wells.append(reading)
            }
        }
    }

    private mutating func cq(_ cq: Double?, of cycles: Double?, at place: FilePlace) -> Double? {
        guard let cq, cq != 0, cq != -1, cq != 100 else { return nil }
        guard cq >= 1, cq < 100 else {
            complain(place, "no cycle number; a Cq lies between 1 and 100, -1 or 0 means none")
            return nil
        }
        guard let cycles, cq >= cycles else { return cq }
        if cq >= cycles + 1 { complain(place, "a Cq behind the last cycle of the run's curves") }
        return nil
    }

    private mutating func curve(
        of datum: RDMLModel.Datum, at place: FilePlace
    ) -> AmplificationCurve? {
        guard !datum.cycles.isEmpty else { return nil }
        let curve = AmplificationCurve(cycles: datum.cycles, fluorescence: datum.fluorescence)
        if curve == nil {
            file.warn(place, "the cycles do not rise; the curve is left out")
        }
        return curve
    }

    private mutating func warn(_ words: Wording, line: Int? = nil) {
        file.warn(FilePlace(.entry(entry), line: line), words)
    }

    private mutating func complain(_ place: FilePlace, _ words: Wording) {
        guard faults.count < InstrumentFaults.longest else { return }
        faults.append(InstrumentFault(place, words))
    }
}
