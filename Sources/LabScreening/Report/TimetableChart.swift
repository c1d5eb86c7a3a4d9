internal import Foundation

/// Bars over time, one row a district or laboratory (a Gantt chart).
struct TimetableChart {
    struct Bar {
        let from: Double
        let to: Double
        let style: String
        let words: String
    }

    struct Row {
        let name: String
        let bars: [Bar]
    }

    let title: String
    let rows: [Row]
    let clock: Double
    let dayWord: String
    /// Hours that the chart shows at least, so that charts under one another compare.
    var until = 1.0
    /// Hours to be marked with an upright line and a word.
    var marks: [(hours: Double, word: String)] = []

    var svg: String {
        let (left, width, height) = (170.0, 860.0, 22.0)
        let hours = max(until, rows.flatMap(\.bars).map(\.to).max() ?? 1)
        func x(_ hour: Double) -> Double { left + hour / hours * (width - left - 16) }
        let bottom = Double(rows.count) * height + 8
        var parts: [String] = []
        for hour in CurveChart.hours(hours) {
            parts.append(CurveChart.line(x(hour), 4, x(hour), bottom, "grid"))
            let minute = Int((hour * 60 + clock).rounded())
            parts.append(
                CurveChart.text(
                    x(hour), bottom + 16,
                    String(format: "%02d:%02d", minute % 1_440 / 60, minute % 60), "middle"))
            if hour == 0 || minute % 1_440 == Int(clock) % 1_440 {
                parts.append(
                    CurveChart.text(
                        x(hour), bottom + 32, "\(dayWord) \(minute / 1_440 + 1)", "middle"))
            }
        }
        for mark in marks where mark.hours <= hours {
            let at = x(mark.hours)
            parts.append(CurveChart.line(at, 4, at, bottom, "mark"))
            parts.append(
                "<rect x=\"\(at - 4)\" y=\"4\" width=\"8\" height=\"\(bottom - 4)\" fill=\"none\" "
                    + "pointer-events=\"all\"><title>\(escaped(mark.word))</title></rect>")
        }
        for (place, row) in rows.enumerated() {
            let y = 6 + Double(place) * height
            parts.append(CurveChart.text(left - 8, y + 13, row.name, "end"))
            for bar in row.bars where bar.to > bar.from {
                parts.append(
                    String(
                        format:
                            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"",
                        x(bar.from), y + (bar.style == "results" ? 9 : 1),
                        max(1, x(bar.to) - x(bar.from)), 8.0)
                        + bar.style + "\"><title>\(escaped(bar.words))</title></rect>")
            }
        }
        return "<svg viewBox=\"0 0 \(Int(width)) \(Int(bottom + 38))\" role=\"img\" "
            + "aria-label=\"\(escaped(title))\">" + parts.joined() + "</svg>"
    }
}
