import Foundation
import LabDomain

/// A Levey-Jennings chart in characters: a column for each reading, a line for each half deviation.
struct LeveyJennings {
    private let chart: ControlChart
    private let width: Int

    init(_ chart: ControlChart, width: Int = 64) {
        self.chart = chart
        self.width = width
    }

    /// The chart with its legend.
    var text: String {
        let shown = chart.points.suffix(width)
        var lines = [title]
        guard let limits = chart.limits else {
            let sound = chart.points.count { $0.reading.cq != nil && !$0.reading.isOfStoppedRun }
            lines.append(
                "  \(sound) of \(ControlLimits.fewest) readings; limits are made of the first "
                    + "\(ControlLimits.fewest).")
            return lines.joined(separator: "\n")
        }
        for half in stride(from: 7, through: -7, by: -1) {
            let level = Double(half) / 2
            let row = shown.map { mark(of: $0, half: half) }.joined()
            lines.append(label(half, limits.mean + level * limits.deviation) + row)
        }
        let from = limits.measurements.map { "from \($0) readings" } ?? "set"
        lines.append(
            String(format: "  mean %.2f, s %.2f, ", limits.mean, limits.deviation) + from
                + (shown.count < chart.points.count ? "; the last \(shown.count) shown" : ""))
        lines += broken(shown)
        return lines.joined(separator: "\n")
    }

    private var title: String {
        let series = chart.series
        return [
            series.control.rawValue, series.target, series.assay,
            series.lot.map { "lot \($0)" }, series.instrument,
        ].compactMap { $0 }.joined(separator: " · ")
    }

    private func label(_ half: Int, _ cycles: Double) -> String {
        guard half.isMultiple(of: 2) else { return "               " }
        let name = half == 0 ? "mean" : String(format: "%+ds", half / 2)
        return name.padded(to: 6) + String(format: "%6.2f ", cycles) + (half == 0 ? "┼ " : "┤ ")
    }

    private func mark(of point: ControlChart.Point, half: Int) -> String {
        guard let deviation = point.deviation else { return half == -7 ? "?" : " " }
        // Readings beyond the chart stand on its edge.
        let place = Int((min(max(deviation, -3.5), 3.5) * 2).rounded())
        guard place == half else { return half == 0 ? "─" : half.isMultiple(of: 2) ? "·" : " " }
        if point.isRejected { return "X" }
        if !point.broken.isEmpty { return "!" }
        return point.makesLimits ? "o" : "●"
    }

    private func broken(_ points: ArraySlice<ControlChart.Point>) -> [String] {
        points.filter { !$0.broken.isEmpty }.map { point in
            let rules = point.broken.map(\.rawValue).joined(separator: ", ")
            return "  \(point.isRejected ? "X" : "!") \(point.reading.run) \(point.reading.well): "
                + "\(rules)" + String(format: " at %+.1f s", point.deviation ?? 0)
                + (point.reading.isOfStoppedRun ? "; the run was stopped" : "")
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
