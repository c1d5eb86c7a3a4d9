internal import Foundation
internal import LabOperations

/// Hours as a table shows them; what is missing is a dash, never zero.
func hoursText(_ hours: Double?) -> String {
    hours.map { String(format: "%.1f", $0) } ?? "–"
}

/// The figures of one segment or group in a row of a table.
struct FiguresRow: Hashable, Sendable {
    let name: String
    let path: String?
    let isHere: Bool
    /// Whether durations that cannot be right are left out.
    let isClean: Bool
    let n: Int
    let missing: Int
    let mean: String
    let median: String
    let p90: String
    let p95: String
    let least: String
    let most: String

    init(
        _ name: String, _ figures: TurnaroundReport.Figures, path: String?, isHere: Bool = false,
        isClean: Bool = false
    ) {
        (self.name, self.path, self.isHere, self.isClean) = (name, path, isHere, isClean)
        (n, missing) = (figures.n, figures.missing)
        (mean, median) = (hoursText(figures.mean), hoursText(figures.median))
        (p90, p95) = (hoursText(figures.p90), hoursText(figures.p95))
        (least, most) = (hoursText(figures.min), hoursText(figures.max))
    }

    /// A line over all durations, and one without those that cannot be right where there are any.
    static func rows(
        _ name: String, _ line: TurnaroundReport.Line, path: String?, isHere: Bool = false
    ) -> [FiguresRow] {
        let all = FiguresRow(name, line.all, path: path, isHere: isHere)
        guard line.all != line.clean else { return [all] }
        return [all, FiguresRow(name, line.clean, path: nil, isHere: isHere, isClean: true)]
    }
}

/// How many took how many hours, as a picture and as its table.
struct Histogram: Hashable, Sendable {
    struct Bar: Hashable, Sendable {
        let x: Int
        let y: Int
        let height: Int
        let hours: String
        let count: Int
    }

    /// Where a figure lies on the axis.
    struct Mark: Hashable, Sendable {
        let x: Int
        let name: String
    }

    static let step = 20
    static let height = 120

    let bars: [Bar]
    let median: Mark?
    let p90: Mark?
    let ticks: [Mark]
    let text: String

    init(_ figures: TurnaroundReport.Figures, words: Catalogue) {
        let highest = max(1, figures.histogram.max() ?? 1)
        let last = figures.histogram.count - 1
        bars = figures.histogram.enumerated().map { hour, count in
            let height = count == 0 ? 0 : max(2, count * Self.height / highest)
            return Bar(
                x: hour * Self.step, y: Self.height - height, height: height,
                hours: hour == last ? "≥ \(last)" : "\(hour)–\(hour + 1)", count: count)
        }
        func mark(_ hours: Double?, _ name: String) -> Mark? {
            hours.map {
                Mark(x: Int(min(max($0, 0), Double(last + 1)) * Double(Self.step)), name: name)
            }
        }
        median = mark(figures.median, words.say("turnaround.median"))
        p90 = mark(figures.p90, "P90")
        ticks = stride(from: 0, through: last, by: 6).map {
            Mark(x: $0 * Self.step, name: "\($0)")
        }
        text = words.say(
            "turnaround.histogramIs",
            ["n": "\(figures.n)", "median": hoursText(figures.median), "p": hoursText(figures.p90)])
    }
}

/// Median and P90 from day to day, as a picture beside its table.
struct Trend: Hashable, Sendable {
    struct Point: Hashable, Sendable {
        let x: Int
        let y: Int
        let text: String
    }

    let median: String
    let p90: String
    let points: [Point]
    let highest: String
    let text: String
    /// One day is no trend.
    let isShown: Bool

    init(_ lines: [TurnaroundReport.Line], words: Catalogue) {
        let days = lines.filter { $0.all.n > 0 }
        let most = max(1, days.compactMap(\.all.p90).max() ?? 1)
        func y(_ hours: Double?) -> Int { 110 - Int(max(0, hours ?? 0) / most * 100) }
        func x(_ place: Int) -> Int { days.count < 2 ? 10 : 10 + place * 480 / (days.count - 1) }
        median = days.enumerated().map { "\(x($0)),\(y($1.all.median))" }.joined(separator: " ")
        p90 = days.enumerated().map { "\(x($0)),\(y($1.all.p90))" }.joined(separator: " ")
        points = days.enumerated().map { place, line in
            Point(
                x: x(place), y: y(line.all.median),
                text: "\(line.group): \(hoursText(line.all.median))")
        }
        highest = hoursText(most)
        isShown = days.count > 1
        text = words.say("turnaround.trendIs", ["n": "\(days.count)"])
    }
}
