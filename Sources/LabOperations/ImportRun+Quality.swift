internal import LabDomain
internal import LabStore

extension ImportRun {
    /// Controls of a run that a rule rejects which the settings name, and the rules.
    struct Rejections {
        var faults: [ControlFault] = []
        var rules: Set<WestgardRule> = []
    }

    /// From how many of a kit's first runs the limits of its controls can come.
    static let firstRuns = 60

    /// Judges a run's controls by Westgard's rules, after the runs before it (QC-6).
    ///
    /// - Parameters:
    ///   - readings: What the run reads.
    ///   - run: The run, which is not kept yet.
    ///   - plate: Its plate.
    ///   - instrument: The instrument, where its file names it.
    ///   - work: Where the runs before it and the settings are.
    /// - Returns: The controls at fault and the rules; none of both when no rule may stop a run.
    /// - Throws: What the database throws.
    static func rejections(
        of readings: [Reading], run: RunID, on plate: StoredPlate, instrument: String?,
        in work: Work
    ) throws -> Rejections {
        let quality = work.rules.settings.quality
        guard !quality.stop.isEmpty else { return Rejections() }
        let own = controls(
            readings, run: run, on: plate, instrument: instrument, at: work.now)
        let before = try work.transaction.controlReadings(kit: plate.kit, first: firstRuns)
            .filter { $0.series.assay == plate.assay }
        let charts = ControlChart.charts(
            of: before + own, limitsFrom: quality.readings, set: quality.limits(of:))
        var rejections = Rejections()
        for chart in charts {
            for point in chart.points where point.reading.run == run {
                let rules = quality.stop.intersection(point.broken)
                guard !rules.isEmpty else { continue }
                rejections.rules.formUnion(rules)
                rejections.faults.append(
                    ControlFault(
                        well: point.reading.well, control: chart.series.control,
                        target: chart.series.target))
            }
        }
        return rejections
    }

    private static func controls(
        _ readings: [Reading], run: RunID, on plate: StoredPlate, instrument: String?,
        at now: Timestamp
    ) -> [ControlReading] {
        let byWell = Dictionary(grouping: readings, by: \.well)
        return plate.layout.wells.flatMap { well -> [ControlReading] in
            guard case .control(let control) = well.content else { return [] }
            return (byWell[well.position] ?? []).map { reading in
                ControlReading(
                    run: run, plate: plate.id, readAt: now, state: "valid",
                    series: ControlSeries(
                        assay: plate.assay, kit: plate.kit, target: reading.target,
                        control: control, lot: plate.lot, instrument: instrument),
                    well: well.position, cq: reading.cq)
            }
        }
    }
}
