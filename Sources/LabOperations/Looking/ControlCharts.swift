package import LabDomain
internal import LabProgramme
internal import LabStore

/// Which charts somebody wants to see; nil means all.
package struct ControlChartFilter: Hashable, Sendable {
    package var kit: KitRole?
    package var target: String?
    package var control: ControlKind?
    package var lot: String?
    package var instrument: String?

    /// A filter that lets everything through.
    package init() {}

    func lets(_ series: ControlSeries) -> Bool {
        (kit == nil || series.kit == kit) && (target == nil || series.target == target)
            && (control == nil || series.control == control)
            && (lot == nil || series.lot == lot)
            && (instrument == nil || series.instrument == instrument)
    }
}

/// A run whose controls broke a rule or failed, with what happened to it.
package struct StoppedRun: Hashable, Sendable, Codable {
    package let run: RunID
    package let plate: PlateID
    package let readAt: Timestamp
    /// `valid`, `reviewed`, `invalid` or `refused`.
    package let state: String
    /// The rules that reject it, in their order; none where the controls failed by READ-4 alone.
    package let rules: [WestgardRule]

    /// Whether nobody was reported from it.
    package var isStopped: Bool { state == "invalid" || state == "refused" }
}

/// The Levey-Jennings charts of a laboratory's controls and the runs of concern.
package struct ControlCharts: Hashable, Sendable, Codable {
    package let charts: [ControlChart]
    /// Runs that a rule rejects and runs that were stopped, the latest first.
    package let runs: [StoppedRun]

    /// The charts of the series that are shown; what stopped their runs may stand in any chart.
    init(_ all: [ControlChart], showing isShown: (ControlSeries) -> Bool) {
        charts = all.filter { isShown($0.series) }
        let shown = Set(charts.flatMap(\.points).map(\.reading.run))
        var runs: [RunID: (reading: ControlReading, rules: Set<WestgardRule>)] = [:]
        for point in all.flatMap(\.points)
        where shown.contains(point.reading.run)
            && (point.isRejected || point.reading.isOfStoppedRun)
        {
            runs[point.reading.run, default: (point.reading, [])].rules
                .formUnion(point.broken.filter(\.isRejection))
        }
        self.runs = runs.values.map { reading, rules in
            StoppedRun(
                run: reading.run, plate: reading.plate, readAt: reading.readAt,
                state: reading.state, rules: rules.sorted())
        }.sorted { ($0.readAt, $0.run.text) > ($1.readAt, $1.run.text) }
    }
}

extension Laboratory {
    /// The charts of the controls, judged by Westgard's rules (QC-1 to QC-6).
    ///
    /// All controls are judged together even when only some of them are shown. With `latest` they
    /// are those of so many latest runs of each lot and instrument, after those that made its
    /// limits: what a page shows.
    package func controlCharts(
        _ filter: ControlChartFilter, latest: Int? = nil, as handle: String
    ) throws -> ControlCharts {
        try look(.seeWork, as: handle) { view in
            let quality = try rules(in: view).settings.quality
            let charts = ControlChart.charts(
                of: try view.controlReadings(
                    kit: filter.kit, first: latest.map { _ in ImportRun.firstRuns },
                    recent: latest ?? 0, ofEachLot: true),
                limitsFrom: quality.readings, set: quality.limits(of:))
            return ControlCharts(charts, showing: filter.lets)
        }
    }
}
