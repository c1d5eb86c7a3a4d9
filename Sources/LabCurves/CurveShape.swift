/// The shape of a curve that leaves its noise, measured on the sigmoid that fits it best.
struct CurveShape {
    /// Where the second derivative of the sigmoid is greatest.
    let cq: Double
    /// The first and the last cycle that were read.
    let first: Double
    let last: Double
    /// The foot of the sigmoid, as a share of the span of the readings.
    let baseline: Double
    /// How far the sigmoid rises over the cycles seen, as a share of the span of the readings.
    let rise: Double
    /// The rise over the scatter of the readings around the sigmoid.
    let signal: Double
    /// The share of the scatter around a straight line that the sigmoid explains.
    let explained: Double
    /// The height over the steepest slope, in cycles.
    let riseCycles: Double
    /// The growth per cycle at the foot, in natural logarithms.
    let growth: Double
    /// The growth per cycle at the last cycle, in natural logarithms.
    let lastGrowth: Double
    /// The share of the sigmoid's height that the last cycle reached.
    let reached: Double
    /// Whether the readings begin in the midst of a growth that is over by the ninth of them.
    let isEarly: Bool
    /// Whether readings after the plateau fell and were left out.
    let hasHook: Bool
    /// Whether the first readings stood apart and were left out.
    let isSettling: Bool

    /// The most readings at the start that may be left out as settling.
    private static let mostSettling = 5

    /// Fits a sigmoid and measures it.
    init(of curve: ScaledCurve) {
        let count = curve.beforeHook
        var range = 0..<count
        let (cycles, readings) = (curve.cycles.span, curve.readings.span)
        var fit = curve.firstGuess(among: count).fitted(
            to: cycles.extracting(range), readings.extracting(range))
        let settled = Self.settled(curve, fit, count: count)
        if settled > 0 {
            range = settled..<count
            fit = fit.sigmoid.fitted(to: cycles.extracting(range), readings.extracting(range))
        }
        let sigmoid = fit.sigmoid
        let atFirst = sigmoid.share(at: curve.cycles[range.lowerBound])
        reached = sigmoid.share(at: curve.cycles[count - 1])
        first = curve.cycles[0]
        isEarly = Self.isEarly(curve.readings)
        last = curve.cycles[curve.cycles.count - 1]
        cq = sigmoid.secondDerivativeMaximum
        baseline = sigmoid.base
        rise = sigmoid.height * (reached - atFirst)
        let scatter = (fit.squares / Double(max(range.count - 5, 1))).squareRoot()
        signal = rise / max(scatter, 1e-9)
        let aroundLine = curve.squaresAroundLine(range)
        explained = aroundLine > 0 ? 1 - fit.squares / aroundLine : 0
        riseCycles = sigmoid.riseCycles
        growth = sigmoid.growth
        lastGrowth = sigmoid.growth(at: last)
        hasHook = count < curve.cycles.count
        isSettling = settled > 0
    }

    /// Seen on the readings themselves: no sigmoid is found whose foot lies before them.
    private static func isEarly(_ readings: [Double]) -> Bool {
        let start = readings.prefix(8)
        let rising = start.filter { $0 > 0.15 && $0 < 0.85 }
        let rises = zip(start, start.dropFirst()).allSatisfy { $0 <= $1 + 0.05 }
        return (readings.first ?? 1) < 0.15 && rising.count >= 2 && rises
            && readings.dropFirst(8).allSatisfy { $0 > 0.85 }
    }

    /// How many readings at the start stand apart from the sigmoid, before it rises.
    private static func settled(
        _ curve: ScaledCurve, _ fit: Sigmoid.Fit, count: Int
    ) -> Int {
        let scatter = (fit.squares / Double(count)).squareRoot()
        let limit = max(5 * curve.noise, 2 * scatter)
        var settled = 0
        while settled < mostSettling, count - settled > 10,
            curve.cycles[settled] < fit.sigmoid.secondDerivativeMaximum,
            abs(curve.readings[settled] - fit.sigmoid.value(at: curve.cycles[settled])) > limit
        { settled += 1 }
        return settled
    }
}
