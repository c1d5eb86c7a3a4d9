internal import Foundation
internal import LabDomain
internal import LabOperations
internal import LabStore

/// The Levey-Jennings charts of the controls, by assay, lot and instrument, and runs of concern.
struct ControlsPage: Hashable, Sendable {
    /// A field of the filter with what can be chosen.
    struct Choice: Hashable, Sendable {
        let name: String
        let word: String
        let options: [Option]
    }

    struct Option: Hashable, Sendable {
        let value: String
        let word: String
        let isChosen: Bool
    }

    struct RunRow: Hashable, Sendable {
        let path: String
        let plate: String
        let read: String
        let state: RunStateTag
        let rules: String
    }

    /// So many charts stand on a page, the latest readings of each on it, and runs in the list.
    static let mostCharts = 6
    static let mostPoints = 40
    static let mostRuns = 20

    let choices: [Choice]
    let isFiltered: Bool
    let rules: [Option]
    let marks: [Option]
    let charts: [ControlChartCard]
    let isEmpty: Bool
    let shown: String
    let runs: [RunRow]
    let hasRuns: Bool
    let previous: String?
    let next: String?

    /// The charts that a filter lets through, from one of them on.
    init(
        _ all: ControlCharts, _ filter: ControlFilter, from start: Int, for visit: Visit
    ) {
        let words = visit.words
        choices = filter.choices(among: all.charts.map(\.series), words)
        isFiltered = !filter.isEmpty
        rules = WestgardRule.allCases.map {
            Option(value: $0.rawValue, word: words.word("westgard", $0), isChosen: false)
        }
        marks = ControlMark.allCases.map {
            Option(value: $0.sign, word: words.word("controlMark", $0), isChosen: false)
        }
        let chosen = all.charts.filter { filter.lets($0.series) }
        let first = min(max(start, 0), max(chosen.count - 1, 0))
        charts = chosen.dropFirst(first).prefix(Self.mostCharts).map {
            ControlChartCard($0, for: visit)
        }
        isEmpty = charts.isEmpty
        shown = words.say(
            "controls.shown",
            [
                "from": "\(isEmpty ? 0 : first + 1)", "to": "\(first + charts.count)",
                "n": "\(chosen.count)",
            ])
        let inCharts = Set(chosen.flatMap { $0.points.map(\.reading.run) })
        runs = all.runs.filter { inCharts.contains($0.run) || filter.isEmpty }
            .prefix(Self.mostRuns).map { run in
                RunRow(
                    path: "/runs/" + encoded(run.plate.text), plate: run.plate.text,
                    read: visit.zoned(run.readAt),
                    state: RunStateTag(rawState: run.state, words),
                    rules: run.rules.isEmpty
                        ? words.say("controls.byKit")
                        : run.rules.map(\.rawValue).joined(separator: ", "))
            }
        hasRuns = !runs.isEmpty
        let path = "/controls?" + filter.query
        previous = first > 0 ? "\(path)from=\(max(first - Self.mostCharts, 0))" : nil
        next =
            first + Self.mostCharts < chosen.count
            ? "\(path)from=\(first + Self.mostCharts)" : nil
    }
}

extension Visit {
    /// A day and a time in the laboratory's zone.
    func zoned(_ instant: Timestamp) -> String { site.zone.minuteText(instant) }
}

extension RunStateTag {
    /// The tag of a state as facts write it.
    init(rawState: String, _ words: Catalogue) {
        self.init(.init(rawValue: rawState) ?? .valid, words)
    }
}

/// One chart with its numbers.
struct ControlChartCard: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let path: String
        let plate: String
        let read: String
        let well: String
        let cq: String
        let deviation: String
        let sign: String
        let mark: String
        let kind: String
        let rules: String
        let isStopped: Bool
    }

    let title: String
    let details: String
    let limits: String
    let count: String
    let picture: ControlPicture
    let rows: [Row]

    init(_ chart: ControlChart, for visit: Visit) {
        let (series, words) = (chart.series, visit.words)
        title = "\(series.target) · " + words.word("control", series.control)
        details = words.say(
            "controls.series",
            [
                "assay": series.assay, "kit": words.word("kit", series.kit),
                "lot": series.lot ?? "–", "instrument": series.instrument ?? "–",
            ])
        limits =
            chart.limits.map {
                words.say(
                    $0.measurements == nil ? "controls.limitsSet" : "controls.limits",
                    [
                        "mean": String(format: "%.2f", $0.mean),
                        "sd": String(format: "%.2f", $0.deviation),
                        "n": "\($0.measurements ?? 0)",
                    ])
            } ?? words.say("controls.noLimits", ["n": "\(ControlLimits.fewest)"])
        let points = chart.points.suffix(ControlsPage.mostPoints)
        count = words.say(
            "controls.points", ["n": "\(points.count)", "all": "\(chart.points.count)"])
        picture = ControlPicture(
            chart, points,
            label: words.say(
                "controls.label",
                [
                    "title": title, "n": "\(points.count)",
                    "rejected": "\(points.count(where: \.isRejected))",
                ]))
        rows = points.reversed().map { point in
            let mark = ControlMark(point)
            return Row(
                path: "/runs/" + encoded(point.reading.plate.text),
                plate: point.reading.plate.text, read: visit.zoned(point.reading.readAt),
                well: point.reading.well.description, cq: cqText(point.reading.cq),
                deviation: point.deviation.map { String(format: "%+.2f", $0) } ?? "–",
                sign: mark.sign, mark: words.word("controlMark", mark),
                kind: mark == .rejects ? "bad" : mark == .warns ? "warn" : "",
                rules: point.broken.map(\.rawValue).joined(separator: ", "),
                isStopped: point.reading.isOfStoppedRun)
        }
    }
}
