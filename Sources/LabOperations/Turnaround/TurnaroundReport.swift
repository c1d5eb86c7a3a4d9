package import LabDomain
internal import LabStatistics
package import LabStore

/// How long the tubes of a period took, segment by segment.
///
/// Figures stand over all rows first, and then without those that cannot be right (TAT-3).
package struct TurnaroundReport: Codable, Sendable {
    /// The figures of one segment; times are hours.
    package struct Figures: Codable, Sendable, Equatable {
        package let n: Int
        package let missing: Int
        package let mean: Double?
        package let median: Double?
        package let p90: Double?
        package let p95: Double?
        package let min: Double?
        package let max: Double?
        /// How many there are in each hour: less than one, one to two, and so on; the last holds
        /// all that are longer.
        package let histogram: [Int]

        /// The figures of durations in hours, beside which some are missing.
        package init(_ hours: [Double], missing: Int) {
            var quantiles = SelectedQuantiles(of: hours)
            n = hours.count
            self.missing = missing
            (median, p90, p95) = (quantiles.next(0.5), quantiles.next(0.9), quantiles.next(0.95))
            var bins = [Int](repeating: 0, count: 25)
            var (sum, least, most) = (0.0, Double.infinity, -Double.infinity)
            for one in hours {
                sum += one
                if one < least { least = one }
                if one > most { most = one }
                bins[Swift.min(24, Swift.max(0, Int(one)))] += 1
            }
            mean = hours.isEmpty ? nil : sum / Double(hours.count)
            (min, max) = hours.isEmpty ? (nil, nil) : (least, most)
            histogram = bins
        }
    }

    /// One segment of one group.
    package struct Line: Codable, Sendable {
        package let segment: TurnaroundSegment
        package let group: String
        package let all: Figures
        package let clean: Figures
    }

    /// A duration that cannot be right.
    package struct Odd: Codable, Sendable, Equatable {
        package let tube: TubeID
        package let box: BoxID
        package let segment: TurnaroundSegment
        package let reason: RecordedTurnaround.Rejected.Reason
        package let hours: Double
    }

    /// A tube's duration, for those who want to see what is behind a figure.
    package struct Row: Codable, Sendable, Equatable {
        package let tube: TubeID
        package let box: BoxID
        package let unit: String
        package let group: String
        package let hours: Double?
    }

    package let laboratory: String
    package let from: Timestamp
    package let to: Timestamp
    package let tubes: Int
    package let hours: StaffedHours
    package let lines: [Line]
    package let odd: [Odd]
    package let rows: [Row]
    /// How far the limits of the period that were not kept are seen to; the report is closed when
    /// all of them are.
    package internal(set) var breaches: BreachSum?
}

/// What a report is asked for.
package struct TurnaroundQuestion: Sendable {
    /// What the figures are split by.
    package enum Split: String, CaseIterable, Sendable {
        case none
        case unit
        case `class`
        case laboratory
        case shift
        /// By day of receipt: the trend.
        case day
    }

    package var from: Timestamp
    package var to: Timestamp
    package var split = Split.none
    /// What counts of each day.
    package var hours = StaffedHours.always
    /// The hours of the day shift; what was received outside them came at night.
    package var dayShift = StaffedHours(opens: 480, closes: 1_200)
    /// The longest duration in hours that can be right.
    package var longest = 168.0
    /// The segment whose tubes are listed.
    package var listed: TurnaroundSegment?
    /// The one segment that is summed up; nil sums up all.
    package var only: TurnaroundSegment?
    /// The group whose tubes are listed; nil lists those of all.
    package var listedGroup: String?
    /// Which rows of the list are wanted; nil wants all.
    package var listedRows: Range<Int>?

    /// All that was received in a period.
    package init(from: Timestamp, to: Timestamp) { (self.from, self.to) = (from, to) }
}

extension Laboratory {
    /// Looks back on the tubes that were received in a period.
    package func turnaround(
        _ question: TurnaroundQuestion, at now: Timestamp, as handle: String
    ) throws -> TurnaroundReport {
        try look(.seeWork, as: handle) { view in
            let zone = try rules(in: view).settings.zone
            let name = try view.laboratory()?.name ?? ""
            let times = try view.tubeTimes(from: question.from, to: question.to)
            var report = TurnaroundTally(question, zone: zone, laboratory: name)
                .report(on: [times[...]])
            report.breaches = BreachSum(
                try view.breaches(from: question.from, to: question.to, at: now))
            return report
        }
    }
}
