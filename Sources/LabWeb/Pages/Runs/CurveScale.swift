internal import LabDomain
internal import LabOperations

/// How curves of one run are drawn: every chart of a channel to the same scale, so that a weak
/// signal looks weak.
struct CurveScale: Hashable, Sendable {
    static let width = 200.0
    static let height = 100.0
    /// Where the zero line lies, with room for the marks below it.
    static let zero = 88
    private static let top = 6.0

    private let first: Double
    private let last: Double
    private let heights: [String: Double]

    /// The scale of a run's curves.
    init(_ curves: [RunCurve]) {
        first = curves.compactMap(\.curve.cycles.first).min() ?? 1
        last = max(curves.compactMap(\.curve.cycles.last).max() ?? 45, first + 1)
        // Where nothing rises, the noise must not fill the chart.
        heights = Dictionary(grouping: curves, by: \.channel).mapValues { own in
            own.map { max($0.rise, 2 * ($0.threshold - $0.baseline)) }.max() ?? 1
        }
    }

    /// Where a cycle lies.
    func x(_ cycle: Double) -> Int {
        let share = min(max((cycle - first) / (last - first), 0), 1)
        return Int((2 + share * (Self.width - 4)).rounded())
    }

    /// Where a fluorescence lies above the baseline of its curve.
    func y(_ fluorescence: Double, of curve: RunCurve) -> Int {
        let height = heights[curve.channel] ?? 0
        let share = height > 0 ? (fluorescence - curve.baseline) / height : 0
        let bounded = min(max(share, -0.06), 1.02)
        let zero = Double(Self.zero)
        return Int((zero - (bounded.isFinite ? bounded : 0) * (zero - Self.top)).rounded())
    }

    /// A curve as the path of an SVG, in steps from point to point.
    func path(_ curve: RunCurve) -> String {
        var path = ""
        var last: (x: Int, y: Int)?
        for (cycle, fluorescence) in zip(curve.curve.cycles, curve.curve.fluorescence) {
            let point = (x: x(cycle), y: y(fluorescence, of: curve))
            if let last {
                let (right, down) = (point.x - last.x, point.y - last.y)
                path += "\(right)" + (down < 0 ? "\(down) " : " \(down) ")
            } else {
                path = "M\(point.x) \(point.y)l"
            }
            last = point
        }
        return path
    }

    /// The height of a curve at a cycle between its readings.
    func y(at cycle: Double, of curve: RunCurve) -> Int {
        let (cycles, readings) = (curve.curve.cycles, curve.curve.fluorescence)
        guard let next = cycles.firstIndex(where: { $0 >= cycle }) else {
            return y(readings.last ?? curve.baseline, of: curve)
        }
        guard next > 0 else { return y(readings[next], of: curve) }
        let share = (cycle - cycles[next - 1]) / (cycles[next] - cycles[next - 1])
        return y(readings[next - 1] + share * (readings[next] - readings[next - 1]), of: curve)
    }
}
