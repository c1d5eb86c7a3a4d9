/// A curve whose readings lie between 0 and 1, with what can be seen before any fit.
struct ScaledCurve {
    let cycles: [Double]
    /// The readings, from the least (0) to the greatest (1).
    let readings: [Double]
    /// The readings smoothed over five neighbours by a parabola.
    let smoothed: [Double]
    /// The standard deviation of a reading, from how far it lies off the line between its
    /// neighbours (median, so that the rise itself hardly counts).
    let noise: Double

    /// Scales a curve; nil when all readings are the same.
    init?(_ curve: AmplificationCurve) {
        guard let least = curve.fluorescence.min(), let greatest = curve.fluorescence.max() else {
            return nil
        }
        // Halves, so that the span of the greatest numbers stays finite.
        let half = greatest / 2 - least / 2
        guard half > 0 else { return nil }
        cycles = curve.cycles
        readings = curve.fluorescence.map { ($0 / 2 - least / 2) / half }
        smoothed = Self.smooth(readings)
        noise = Self.noise(cycles, readings)
    }

    /// Savitzky and Golay's parabola over five readings; the two at each end stay.
    private static func smooth(_ readings: [Double]) -> [Double] {
        var smoothed = readings
        for index in readings.indices.dropFirst(2).dropLast(2) {
            let near = 12 * (readings[index - 1] + readings[index + 1])
            let far = 3 * (readings[index - 2] + readings[index + 2])
            smoothed[index] = (17 * readings[index] + near - far) / 35
        }
        return smoothed
    }

    private static func noise(_ cycles: [Double], _ readings: [Double]) -> Double {
        let distances = cycles.indices.dropFirst().dropLast().map { index in
            let share =
                (cycles[index] - cycles[index - 1]) / (cycles[index + 1] - cycles[index - 1])
            let between = readings[index - 1] * (1 - share) + readings[index + 1] * share
            let weight = 1 + share * share + (1 - share) * (1 - share)
            return abs(readings[index] - between) / weight.squareRoot()
        }
        return median(distances) / 0.6745
    }

    /// The middle one of some numbers; 0 of none.
    static func median(_ numbers: some Collection<Double>) -> Double {
        let sorted = numbers.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    /// The span of the smoothed readings.
    var span: Double { (smoothed.max() ?? 0) - (smoothed.min() ?? 0) }

    /// The level of the readings before most rises: the median of the third to the tenth.
    var early: Double { Self.median(readings.dropFirst(2).prefix(8)) }

    /// The index of the greatest smoothed reading.
    var top: Int { smoothed.indices.max { smoothed[$0] < smoothed[$1] } ?? 0 }

    /// How many readings belong to the amplification: all, or those up to where a hook begins.
    var beforeHook: Int {
        let top = top
        let rise = smoothed[top] - early
        let fall = smoothed[top] - Self.median(readings.suffix(3))
        let isHook =
            top >= 10 && top < readings.count - 3 && rise > 0.3 && fall > 0.05 * rise
            && fall > 5 * noise
        return isHook ? top + 2 : readings.count
    }

    /// A logistic curve through the half height of the last rise, as the start of a fit.
    func firstGuess(among count: Int) -> Sigmoid {
        let base = early
        let top = min(top, count - 1)
        let height = max(smoothed[top] - base, 0.05)
        var middle = top
        while middle > 0, smoothed[middle] > base + height / 2 { middle -= 1 }
        var slope = 1e-3
        for index in max(middle - 3, 1)..<max(min(middle + 4, count - 1), 2) {
            let run = cycles[index + 1] - cycles[index - 1]
            slope = max(slope, (smoothed[index + 1] - smoothed[index - 1]) / run)
        }
        let width = min(max(height / (4 * slope), 0.4), 12)
        return Sigmoid(base: base, height: height, middle: cycles[middle] + 0.5, width: width)
    }

    /// The sum of squares around the straight line that fits the readings of a range best.
    func squaresAroundLine(_ range: Range<Int>) -> Double {
        let count = Double(range.count)
        let cycles = cycles[range]
        let readings = readings[range]
        let meanCycle = cycles.reduce(0, +) / count
        let mean = readings.reduce(0, +) / count
        var (xx, xy, yy) = (0.0, 0.0, 0.0)
        for index in range {
            let (x, y) = (cycles[index] - meanCycle, readings[index] - mean)
            xx += x * x
            xy += x * y
            yy += y * y
        }
        return yy - xy * xy / xx
    }
}
