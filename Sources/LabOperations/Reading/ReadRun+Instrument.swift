internal import LabCurves
internal import LabDomain
internal import LabInstruments

extension ReadRun {
    /// An instrument's file as readings: its word, and beside it what its curves say (READ-15).
    ///
    /// A file of curves alone has no word: there our own Cq counts.
    init(_ file: InstrumentFile, of plate: PlateID?) throws {
        let named = file.plate.map { PlateID(normalised($0)) }
        guard let plate = plate ?? named else {
            throw Refusal(
                .badData, "The file does not say which plate was read.",
                remedy: "Name the plate beside the file: --plate.")
        }
        let mute = file.tellsCq ? [] : file.wells.filter { $0.curve == nil }
        guard mute.isEmpty else {
            throw Refusal(
                .badData, "The file gives neither a Cq nor a curve for some wells.",
                remedy: "Export the results of the analysis, or the amplification curves.",
                places: mute.prefix(100).map {
                    Refusal.Place(
                        subject: $0.well.description, code: "no-reading",
                        message: "\($0.target) has neither a Cq nor a curve.", remedy: "")
                })
        }
        self.init(
            plate: plate, readings: file.wells.map { Reading($0, tellsCq: file.tellsCq) },
            lines: [], instrument: file.instrument,
            origins: file.wells.map {
                Origin(
                    sample: $0.sample, dye: $0.dye, place: $0.place.description,
                    isMissing: $0.isMissing)
            })
        self.named = named
        warnings = file.warnings.map { Wording(plain: $0.description) }
    }
}

extension Reading {
    /// A reading of an instrument with what its curve says.
    init(_ read: InstrumentReading, tellsCq: Bool) {
        let analysis = read.curve.map { CurveAnalysis(of: $0) }
        let own = analysis?.cq.flatMap(Cq.init)
        let opinion = analysis.flatMap { CurveOpinion(rawValue: $0.call.rawValue) }
        self.init(
            well: read.well, target: read.target,
            cq: tellsCq ? read.cq.flatMap(Cq.init) : own,
            called: read.called.flatMap(Call.init(instrument:)), isExcluded: read.excluded,
            // Without the curve that its neighbours have, a person looks at the well (READ-14).
            ownCq: own, curve: read.lacksCurve ? .ambiguous : opinion,
            curveQuality: read.lacksCurve ? 0 : analysis?.quality)
    }
}

extension Call {
    /// An instrument's own call in one of the words that instruments have for it; nil for a word
    /// that says neither, such as that a control is to be looked at.
    init?(instrument word: String) {
        switch word.lowercased().filter({ $0.isLetter || "+-".contains($0) }) {
        case "positive", "pos", "detected", "presence", "present", "amp", "amplified", "+":
            self = .detected
        case "negative", "neg", "notdetected", "undetected", "absence", "absent", "noamp",
            "notamplified", "-":
            self = .notDetected
        case "inconclusive", "ambiguous", "equivocal", "indeterminate": self = .grey
        default: return nil
        }
    }
}
