internal import Foundation
internal import LabDomain
internal import LabOperations

/// A Levey-Jennings chart as a drawing, for the partial `levey`: the mean and one to three standard
/// deviations as lines, each reading as a sign that differs by its shape as well as its colour.
struct ControlPicture: Hashable, Sendable {
    struct Line: Hashable, Sendable {
        let y: Int
        let text: String
        let style: String
    }

    struct Sign: Hashable, Sendable {
        let style: String
        /// A path that is drawn at the reading's place.
        let path: String
        /// What a pointer over it is told.
        let told: String
    }

    private static let step = 14
    private static let left = 64
    private static let top = 10.0
    private static let bottom = 150.0

    let label: String
    let width: Int
    let end: Int
    let lines: [Line]
    let joint: String
    let signs: [Sign]

    /// A chart of its last readings.
    init(_ chart: ControlChart, _ points: ArraySlice<ControlChart.Point>, label: String) {
        self.label = label
        let scale = Scale(chart, points)
        width = Self.left + Self.step * max(points.count, 24) + 10
        end = width - 4
        lines = scale.lines
        let placed = points.enumerated().map { number, point in
            (point, Self.left + 8 + Self.step * number, point.reading.cq.map { scale.y($0.cycles) })
        }
        joint = placed.reduce("") { path, next in
            guard let y = next.2 else { return path }
            return path + (path.isEmpty ? "M" : "L") + "\(next.1) \(y)"
        }
        signs = placed.map { point, x, y in
            Sign(
                style: ControlMark(point).rawValue,
                path: ControlMark(point).path(x: x, y: y ?? Int(Self.bottom) + 12),
                told: Self.words(of: point))
        }
    }

    /// A reading in words that need no language: where it was read, its Cq, its place, its rules.
    private static func words(of point: ControlChart.Point) -> String {
        let reading = point.reading
        let cq = reading.cq.map { String(format: "Cq %.2f", $0.cycles) } ?? "Cq –"
        let place = point.deviation.map { String(format: "%+.1f s", $0) }
        let rules = point.broken.map(\.rawValue)
        return (["\(reading.plate.text) \(reading.well)", cq] + [place].compactMap(\.self) + rules)
            .joined(separator: " · ")
    }

    /// How high cycles lie: by the limits where there are some, else by what was read.
    private struct Scale {
        let middle: Double
        let unit: Double
        let lines: [Line]

        init(_ chart: ControlChart, _ points: ArraySlice<ControlChart.Point>) {
            let read = points.compactMap { $0.reading.cq?.cycles }
            let (least, greatest) = (read.min() ?? 0, read.max() ?? 0)
            guard let limits = chart.limits else {
                middle = (least + greatest) / 2
                unit = max((greatest - least) / 6, 0.1)
                let own = Scale(middle: middle, unit: unit)
                lines = [least, greatest].map {
                    Line(y: own.y($0), text: String(format: "%.2f", $0), style: "edge")
                }
                return
            }
            middle = limits.mean
            unit = limits.deviation
            let own = Scale(middle: limits.mean, unit: limits.deviation)
            lines = (-3...3).reversed().map { number in
                let cycles = limits.mean + Double(number) * limits.deviation
                let name = number == 0 ? "x̄" : number > 0 ? "+\(number)s" : "−\(-number)s"
                return Line(
                    y: own.y(cycles), text: name + String(format: " %.2f", cycles),
                    style: "s\(abs(number))")
            }
        }

        private init(middle: Double, unit: Double) {
            self.middle = middle
            self.unit = unit
            lines = []
        }

        /// What lies beyond four standard deviations stands at the edge; the table has its number.
        func y(_ cycles: Double) -> Int {
            let share = (min(max((cycles - middle) / unit, -4), 4) + 4) / 8
            return Int(
                (ControlPicture.bottom - share * (ControlPicture.bottom - ControlPicture.top))
                    .rounded())
        }
    }
}

/// What a reading is marked with on a chart.
enum ControlMark: String, CaseIterable, Hashable, Sendable {
    case good
    case makes
    case warns
    case rejects
    case silent

    init(_ point: ControlChart.Point) {
        self =
            point.reading.cq == nil
            ? .silent
            : point.isRejected
                ? .rejects : !point.broken.isEmpty ? .warns : point.makesLimits ? .makes : .good
    }

    /// The sign for those who see no colours, and in the table.
    var sign: String {
        switch self {
        case .good: "●"
        case .makes: "○"
        case .warns: "▲"
        case .rejects: "✗"
        case .silent: "?"
        }
    }

    func path(x: Int, y: Int) -> String {
        switch self {
        case .good, .makes: "M\(x - 4) \(y)a4 4 0 1 0 8 0a4 4 0 1 0-8 0"
        case .warns: "M\(x) \(y - 5)l5 9h-10z"
        case .rejects: "M\(x - 5) \(y - 5)l10 10m0-10l-10 10"
        case .silent: "M\(x - 4) \(y - 4)h8v8h-8z"
        }
    }
}
