/// A Levey-Jennings chart: the readings of one control against what it usually measures.
package struct ControlChart: Hashable, Sendable, Codable {
    /// One reading on the chart.
    package struct Point: Hashable, Sendable, Codable {
        package let reading: ControlReading
        /// How many standard deviations above the mean; nil without limits or without a Cq.
        package let deviation: Double?
        /// Whether it is one of those from which the limits were made; these break no rule.
        package let makesLimits: Bool
        /// The rules that it breaks, alone or with others, in their order.
        package let broken: [WestgardRule]

        /// Whether one of the rules rejects.
        package var isRejected: Bool { broken.contains(where: \.isRejection) }
    }

    package let series: ControlSeries
    /// Nil while there are too few readings.
    package let limits: ControlLimits?
    /// The readings, the oldest first.
    package let points: [Point]

    /// The runs of which a point is rejected, the oldest first.
    package var rejectedRuns: [RunID] {
        points.filter(\.isRejected).map(\.reading.run).reduce(into: []) {
            if $0.last != $1 { $0.append($1) }
        }
    }

    /// Draws the charts of some readings.
    ///
    /// A series is charted when most of its readings have a Cq: what a negative control shows of a
    /// target is a contamination, which READ-4 sees to. Controls of one target are judged
    /// together, run by run; other lots and instruments begin anew.
    /// - Parameters:
    ///   - readings: All readings, in any order.
    ///   - count: From how many readings limits are made.
    ///   - set: Limits that the settings name; nil for a series that makes its own.
    /// - Returns: The charts, in the order of their series.
    /// - Complexity: O(*n* log *n*).
    package static func charts(
        of readings: [ControlReading], limitsFrom count: Int = ControlLimits.fewest,
        set: (ControlSeries) -> ControlLimits? = { _ in nil }
    ) -> [ControlChart] {
        let ordered = readings.sorted { $0.order < $1.order }
        let bySeries = Dictionary(grouping: ordered, by: \.series).filter { _, own in
            2 * own.count { $0.cq != nil } > own.count
        }
        let groups = Dictionary(grouping: bySeries.keys.sorted(), by: \.group)
        return groups.values.flatMap { members in
            let drafts = members.map { series in
                Draft(series, bySeries[series] ?? [], limitsFrom: count, set: set(series))
            }
            let broken = Self.judge(drafts)
            return drafts.map { $0.chart(broken: broken) }
        }.sorted { $0.series < $1.series }
    }

    /// The rules that each reading of a group breaks.
    private static func judge(_ drafts: [Draft]) -> [ControlReading: [WestgardRule]] {
        let judged = drafts.flatMap(\.judged).sorted { $0.reading.order < $1.reading.order }
        var broken: [ControlReading: [WestgardRule]] = [:]
        var judge = WestgardJudge()
        var start = judged.startIndex
        while start < judged.endIndex {
            let run = judged[start...].prefix { $0.reading.run == judged[start].reading.run }
            let found = judge.judge(
                run.map {
                    .init(
                        control: $0.reading.series.control.rawValue, deviation: $0.deviation)
                })
            for (point, rules) in zip(run, found) { broken[point.reading] = rules.sorted() }
            start = run.endIndex
        }
        return broken
    }

    /// A chart whose rules are not judged yet.
    private struct Draft {
        let series: ControlSeries
        let readings: [ControlReading]
        let limits: ControlLimits?
        /// The readings that come before the limits are made.
        let making: Set<ControlReading>

        init(
            _ series: ControlSeries, _ readings: [ControlReading], limitsFrom count: Int,
            set: ControlLimits?
        ) {
            self.series = series
            self.readings = readings
            let sound = readings.filter { $0.cq != nil && !$0.isOfStoppedRun }
            let own = ControlLimits.established(
                by: sound.compactMap { $0.cq?.cycles }, count: count)
            limits = set ?? own?.limits
            let last = own.map { sound[$0.taken - 1] }
            let end = last.flatMap { readings.firstIndex(of: $0) }.map { $0 + 1 }
            making = set == nil ? Set(readings.prefix(end ?? readings.count)) : []
        }

        /// The readings that rules are asked of.
        var judged: [(reading: ControlReading, deviation: Double)] {
            guard let limits else { return [] }
            return readings.compactMap { reading in
                guard let cq = reading.cq, !making.contains(reading) else { return nil }
                return (reading, limits.deviations(of: cq.cycles))
            }
        }

        func chart(broken: [ControlReading: [WestgardRule]]) -> ControlChart {
            ControlChart(
                series: series, limits: limits,
                points: readings.map { reading in
                    Point(
                        reading: reading,
                        deviation: reading.cq.flatMap { limits?.deviations(of: $0.cycles) },
                        makesLimits: making.contains(reading), broken: broken[reading] ?? [])
                })
        }
    }
}

extension ControlReading {
    /// By time, then run, then control, then well.
    fileprivate var order: Order {
        Order(
            at: readAt.milliseconds, run: run.text,
            control: ControlKind.allCases.firstIndex(of: series.control) ?? 0, well: well)
    }

    fileprivate struct Order: Comparable {
        let at: Int64
        let run: String
        let control: Int
        let well: WellPosition

        static func < (one: Self, other: Self) -> Bool {
            (one.at, one.run, one.control, one.well) < (
                other.at, other.run, other.control, other.well
            )
        }
    }
}
