internal import Foundation

/// Curves over time as SVG: a mean with the band of all runs.
struct CurveChart {
    struct Series {
        let name: String
        let color: String
        let curve: ScenarioStudy.Curve
    }

    let title: String
    let yTitle: String
    let series: [Series]
    /// Minutes after midnight at hour 0.
    let clock: Double
    let language: ReportLanguage
    /// Hours to be marked with an upright line and a word.
    var marks: [(hours: Double, word: String)] = []

    private let width = 860.0
    private let height = 300.0
    private let left = 92.0
    private let right = 16.0
    private let top = 14.0
    private let bottom = 44.0

    private var dayWord: String { language("day", "日") }

    var svg: String {
        let hours = Swift.max(1, series.compactMap { $0.curve.hours.last }.max() ?? 1)
        let most = series.flatMap(\.curve.most).max() ?? 1
        let ticks = Self.ticks(most)
        let highest = Swift.max(ticks.last ?? 1, 1e-9)
        func x(_ hour: Double) -> Double { left + hour / hours * (width - left - right) }
        func y(_ value: Double) -> Double {
            height - bottom - value / highest * (height - top - bottom)
        }
        var parts: [String] = []
        for tick in ticks {
            parts.append(Self.line(left, y(tick), width - right, y(tick), "grid"))
            parts.append(Self.text(left - 6, y(tick) + 4, StudyNumbers.text(tick), "end"))
        }
        for hour in Self.hours(hours) {
            parts.append(Self.line(x(hour), top, x(hour), height - bottom, "grid"))
            let minute = Int((hour * 60 + clock).rounded())
            let words = String(
                format: "%02d:%02d", minute % 1_440 / 60, minute % 60)
            parts.append(Self.text(x(hour), height - bottom + 16, words, "middle"))
            if minute % 1_440 == Int(clock) % 1_440 || hour == 0 {
                parts.append(
                    Self.text(
                        x(hour), height - bottom + 32, "\(dayWord) \(minute / 1_440 + 1)", "middle")
                )
            }
        }
        for mark in marks where mark.hours <= hours {
            parts.append(Self.line(x(mark.hours), top, x(mark.hours), height - bottom, "mark"))
            parts.append(Self.text(x(mark.hours) - 4, top + 11, mark.word, "end"))
        }
        for item in series { parts.append(path(item, x, y)) }
        parts.append(moments(hours, x))
        let label =
            "<text class=\"axis\" transform=\"translate(13 \(height / 2)) rotate(-90)\" "
            + "text-anchor=\"middle\">\(escaped(yTitle))</text>"
        return "<svg viewBox=\"0 0 \(Int(width)) \(Int(height))\" role=\"img\" "
            + "aria-label=\"\(escaped(title))\">" + parts.joined() + label + "</svg>" + legend
    }

    private func path(
        _ item: Series, _ x: (Double) -> Double, _ y: (Double) -> Double
    ) -> String {
        let curve = item.curve
        // Four hundred points are as many as the eye tells apart.
        let step = Swift.max(1, curve.hours.count / 400)
        let places = Array(stride(from: 0, to: curve.hours.count, by: step))
        func points(_ values: [Double], _ order: [Int]) -> String {
            let heights = order.map { String(format: "%.1f", y(values[$0])) }
            return order.indices.filter { !Self.isLevel(heights, at: $0) }
                .map { String(format: "%.1f,", x(curve.hours[order[$0]])) + heights[$0] }
                .joined(separator: " ")
        }
        let band = points(curve.most, places) + " " + points(curve.least, places.reversed())
        return "<polygon points=\"\(band)\" fill=\"\(item.color)\" fill-opacity=\"0.18\"/>"
            + "<polyline points=\"\(points(curve.mean, places))\" fill=\"none\" "
            + "stroke=\"\(item.color)\" stroke-width=\"2\"/>"
    }

    /// Whether a point lies between two of its height: the line is the same without it.
    private static func isLevel(_ heights: [String], at place: Int) -> Bool {
        place > 0 && place < heights.count - 1 && heights[place - 1] == heights[place]
            && heights[place + 1] == heights[place]
    }

    /// Columns that cannot be seen and tell a pointer what every curve says there.
    private func moments(_ hours: Double, _ x: (Double) -> Double) -> String {
        // So few that a page of many charts stays light.
        let step = Swift.max(1, hours / 24)
        let columns = stride(from: 0, through: hours, by: step).map { hour in
            let from = x(Swift.max(0, hour - step / 2))
            let width = x(Swift.min(hours, hour + step / 2)) - from
            return String(
                format: "<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\">", from, top,
                width, height - bottom - top)
                + "<title>" + escaped(words(at: hour)) + "</title></rect>"
        }
        return "<g fill=\"none\" pointer-events=\"all\">" + columns.joined() + "</g>"
    }

    /// The day and time of an hour, and each curve's mean there with the band of its runs.
    private func words(at hour: Double) -> String {
        let minute = Int((hour * 60 + clock).rounded())
        let time = String(format: "%02d:%02d", minute % 1_440 / 60, minute % 60)
        let told = series.compactMap { item -> String? in
            let curve = item.curve
            guard
                let place = curve.hours.indices.min(by: {
                    abs(curve.hours[$0] - hour) < abs(curve.hours[$1] - hour)
                })
            else { return nil }
            let (least, most) = (curve.least[place], curve.most[place])
            return "\(item.name)\(language(": ", "："))\(StudyNumbers.text(curve.mean[place]))"
                + (least == most
                    ? "" : " (\(StudyNumbers.text(least))–\(StudyNumbers.text(most)))")
        }
        return (["\(dayWord) \(minute / 1_440 + 1) \(time)"] + told).joined(separator: "\n")
    }

    private var legend: String {
        let keys = series.map {
            "<span>\(ReportPage.key($0.color))\(escaped($0.name))</span>"
        }
        return "<p class=\"legend\">\(keys.joined())</p>"
    }

    /// Four to six round numbers from zero that hold a value.
    static func ticks(_ most: Double) -> [Double] {
        guard most > 0 else { return [0, 1] }
        let rough = most / 5
        let power = pow(10, log10(rough).rounded(.down))
        let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= rough } ?? 10 * power
        return (0...Int((most / step).rounded(.up))).map { Double($0) * step }
    }

    /// Round hours, at most about twelve.
    static func hours(_ most: Double) -> [Double] {
        let step = [1.0, 2, 3, 6, 12, 24, 48, 96, 168].first { most / $0 <= 13 } ?? 336
        return stride(from: 0, through: most, by: step).map { $0 }
    }

    static func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String
    ) -> String {
        String(
            format: "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"", x1, y1, x2, y2
        )
            + style + "\"/>"
    }

    static func text(_ x: Double, _ y: Double, _ words: String, _ anchor: String) -> String {
        String(format: "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"", x, y) + anchor + "\">"
            + escaped(words) + "</text>"
    }
}
