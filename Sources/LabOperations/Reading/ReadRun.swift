package import LabDomain
internal import LabInstruments

/// What a user may tell of an instrument's file that it does not tell itself.
package struct InstrumentHints: Sendable {
    /// The run that is wanted of a file with several: its id, or its number from 1.
    package var run: String?
    /// A column map's text and the name of its file; without one the content decides.
    package var map: (text: String, name: String)?

    /// Nothing told, or what is.
    package init(run: String? = nil, map: (text: String, name: String)? = nil) {
        self.run = run
        self.map = map
    }
}

/// What was read out of a run's file.
package struct ReadRun: Sendable {
    /// What an instrument's own file tells of a reading besides.
    struct Origin: Sendable {
        let sample: String?
        let dye: String?
        let place: String
        /// Whether the file has no result where one belongs.
        var isMissing = false
    }

    package let plate: PlateID
    package let readings: [Reading]
    /// The line of each reading; empty for files without lines.
    package let lines: [Int]
    /// The instrument, where the file names it.
    package let instrument: String?
    /// Of each reading; empty for readings that stand under the assay's own names already.
    let origins: [Origin]
    /// The sealed file.
    var evidence: [UInt8] = []
    /// The plate that an instrument's own file names.
    var named: PlateID?
    /// What is odd in the file without making its readings wrong.
    var warnings: [Wording] = []

    /// Readings of a plate, under the names of its assay.
    package init(plate: PlateID, readings: [Reading], lines: [Int] = []) {
        self.init(plate: plate, readings: readings, lines: lines, instrument: nil, origins: [])
    }

    init(
        plate: PlateID, readings: [Reading], lines: [Int], instrument: String?,
        origins: [Origin]
    ) {
        self.plate = plate
        self.readings = readings
        self.lines = lines
        self.instrument = instrument
        self.origins = origins
    }
}

extension ReadRun {
    /// Reads a run's file: the laboratory's own CSV by its heading, any other as an instrument's.
    ///
    /// - Throws: `Refusal` with the place of each fault.
    static func read(
        _ file: [UInt8], of plate: PlateID?, _ hints: InstrumentHints
    ) throws -> ReadRun {
        guard hints.map == nil, RunFile.isOne(file) else {
            return try ReadRun(
                ReadInstrumentFile.file(file, run: hints.run, plate: nil, map: hints.map),
                of: plate)
        }
        do throws(RunFileFaults) {
            let read = try RunFile.read(file)
            return ReadRun(plate: read.plate, readings: read.readings, lines: read.lines)
        } catch {
            throw Refusal(
                .badData, "The run's file cannot be read; nothing was stored.",
                remedy: "Mend the places below, or export the run again as plate,well,target,cq.",
                places: error.faults.map {
                    Refusal.Place(
                        line: $0.line, column: $0.column, code: "run-file",
                        message: $0.wording,
                        remedy: "See swabline run import --help.")
                })
        }
    }
}
