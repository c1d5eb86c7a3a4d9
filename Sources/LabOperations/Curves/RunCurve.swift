package import LabCurves
package import LabDomain
internal import LabInstruments
internal import LabStore

/// The amplification curve of one channel of a well, with what it takes to draw it.
package struct RunCurve: Hashable, Sendable {
    package let well: WellPosition
    /// The channel, as the assay names it.
    package let channel: String
    package let curve: AmplificationCurve
    /// The level before the rise, in the unit of the curve.
    package let baseline: Double
    /// The fluorescence from which a rise stands out: ten standard deviations above the baseline.
    ///
    /// Source: IUPAC's limit of quantification; the curve is called by the same (READ-6).
    package let threshold: Double
    /// How far the fluorescence rises, in the unit of the curve.
    package let rise: Double
    /// Why the curve was called as it was.
    package let remarks: [CurveRemark]

    init(_ curve: AmplificationCurve, of channel: String, in well: WellPosition) {
        let analysis = CurveAnalysis(of: curve)
        self.well = well
        self.channel = channel
        self.curve = curve
        baseline = analysis.baseline
        threshold = analysis.baseline + CurveCriteria.standard.signal * analysis.noise
        rise = analysis.rise
        remarks = analysis.remarks
    }
}

extension RunCurve {
    /// More runs than this are not looked for in one file.
    private static let mostRuns = 64

    /// The curves in a run's file, under the names of an assay; none where the file has none.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - readings: What was read of it: of a file with several runs, it tells which was meant.
    ///   - assay: The assay of the plate.
    /// - Returns: The curves, in the order of the file.
    static func curves(
        in file: [UInt8], of readings: [Reading], _ assay: Assay
    ) -> [RunCurve] {
        let names = ChannelNames(of: assay)
        return (Self.read(file, of: readings)?.wells ?? []).compactMap { read in
            read.curve.map {
                RunCurve($0, of: names.name(read.target, dye: read.dye), in: read.well)
            }
        }
    }

    private static func read(_ file: [UInt8], of readings: [Reading]) -> InstrumentFile? {
        if let only = try? InstrumentFile.read(file) { return only }
        for number in 1...mostRuns {
            let options = InstrumentFile.Options(run: "\(number)")
            guard let read = try? InstrumentFile.read(file, options: options) else { return nil }
            if holds(read, readings) { return read }
        }
        return nil
    }

    private static func holds(_ file: InstrumentFile, _ readings: [Reading]) -> Bool {
        let wells = Set(file.wells.map(\.well))
        let cqs = Dictionary(grouping: file.wells, by: \.well).mapValues { own in
            Set(own.compactMap { $0.cq.flatMap(Cq.init) })
        }
        return readings.allSatisfy { reading in
            wells.contains(reading.well)
                && (!file.tellsCq
                    || reading.cq.map { cqs[reading.well]?.contains($0) == true } ?? true)
        }
    }
}

extension Laboratory {
    /// The amplification curves of a plate's run, well by well; none where its file has none.
    package func curves(of plate: PlateID, as handle: String) throws -> [RunCurve] {
        try look(.importRun, as: handle) { view in
            guard let run = try view.run(of: plate) else { return [] }
            if let kept = keptCurves[run.id] { return kept }
            guard let stored = try view.plate(plate),
                let assay = try rules(in: view).settings.assays[stored.kit],
                let sealed = try view.evidence(of: plate)
            else { return [] }
            let curves = RunCurve.curves(
                in: try vault.open(evidence: sealed), of: try view.readings(of: run.id), assay)
            keptCurves.keep(curves, of: run.id)
            return curves
        }
    }
}
