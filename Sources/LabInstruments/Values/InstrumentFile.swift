package import LabCurves
package import LabDomain

/// The kinds of files that are read; the raw value is shown to people and machines and stays.
package enum InstrumentFormat: String, CaseIterable, Sendable, Codable {
    case rdml
    /// Text of QuantStudio, ViiA 7, StepOne and 7500 software, in sections.
    case quantStudioText = "quantstudio-text"
    /// The same as a workbook.
    case quantStudioWorkbook = "quantstudio-workbook"
    /// An export of Design & Analysis, as workbook or text.
    case designAndAnalysis = "design-and-analysis"
    case diomni
    /// An export of Design & Analysis that a TaqPath assay has called.
    case taqPath = "taqpath"
    /// An experiment of Applied Biosystems' software itself.
    case eds
    /// A result table of SDS 1.x or 2.x.
    case sds
    case cfxTable = "cfx-table"
    case cfxPlateView = "cfx-plate-view"
    case lightCycler480 = "lightcycler-480"
    case lightCycler480Raw = "lightcycler-480-raw"
    case lightCycler96 = "lightcycler-96"
    case rotorGene = "rotor-gene"
    case mx3005P = "mx3005p"
    /// The laboratory's own CSV, `plate,well,target,cq`.
    case runFile = "run-file"
    /// Anything else, by a map of its columns.
    case columnMap = "column-map"
}

/// What an instrument's file holds, whatever its format.
package struct InstrumentFile: Sendable, Equatable {
    /// The instrument as the file names it, without its serial number.
    package var instrument: String?
    package var format: InstrumentFormat
    /// The software that wrote the file, with its version where it says so.
    package var software: String?
    /// The plate's barcode, or else the name that the file gives it.
    package var plate: String?
    /// One reading for each well, target and dye, in the order of the file.
    package var wells: [InstrumentReading] = []
    /// Whether the file tells Cq at all: without them no reading says "not detected".
    package var tellsCq = true
    package var warnings: [InstrumentWarning] = []
    /// How many warnings are not said, of which there would be too many.
    var unsaid = 0

    init(format: InstrumentFormat) {
        self.format = format
    }
}

/// One target in one well.
package struct InstrumentReading: Sendable, Equatable {
    package var well: WellPosition
    package var sample: String?
    /// The target; the dye where the file names none.
    package var target: String
    package var dye: String?
    /// The quantification cycle; nil for every way in which its format says that there is none.
    package var cq: Double?
    /// Whether the file gives no result where one belongs: such a reading is no negative.
    package var isMissing = false
    /// The instrument's own call, as it is written.
    package var called: String?
    /// Left out by somebody at the instrument.
    package var excluded = false
    package var curve: AmplificationCurve?
    /// Whether its curve is missing or ends early, beside those of the file's other wells.
    package var lacksCurve = false
    /// Where it stands, for messages.
    package var place: FilePlace
}

/// Something that does not fit, but does not make the readings wrong.
package struct InstrumentWarning: Sendable, Hashable, CustomStringConvertible {
    package let place: FilePlace
    package let words: Wording

    package var description: String { FilePlace.said(place, words) }
}

/// One thing for which a file is refused.
package struct InstrumentFault: Error, Sendable, Hashable, CustomStringConvertible {
    package let place: FilePlace
    package let words: Wording

    init(_ place: FilePlace, _ words: Wording) {
        self.place = place
        self.words = words
    }

    package var description: String { FilePlace.said(place, words) }
}

/// Everything for which a file is refused; nothing is read from it.
package struct InstrumentFaults: Error, Sendable, Equatable, CustomStringConvertible {
    /// The faults, at least one and at most a hundred.
    package let faults: [InstrumentFault]

    static let longest = 100

    init(_ faults: [InstrumentFault]) {
        self.faults = Array(faults.prefix(Self.longest))
    }

    init(_ place: FilePlace, _ words: Wording) {
        self.init([InstrumentFault(place, words)])
    }

    init(_ words: Wording) {
        self.init(FilePlace(), words)
    }

    /// One line for each fault.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}

extension FilePlace {
    static func said(_ place: FilePlace, _ words: Wording) -> String {
        let place = place.description
        return place.isEmpty ? words.text : "\(place): \(words)"
    }
}
