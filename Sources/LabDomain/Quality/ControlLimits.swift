/// What a control usually measures.
package struct ControlLimits: Hashable, Sendable, Codable {
    /// The mean, in cycles.
    package let mean: Double
    /// The standard deviation, in cycles.
    package let deviation: Double
    /// From how many measurements they were made; nil for limits that the settings name.
    package let measurements: Int?

    /// Limits that somebody sets; nil where the deviation is no positive number.
    package init?(mean: Double, deviation: Double, measurements: Int? = nil) {
        guard mean.isFinite, deviation.isFinite, deviation > 0 else { return nil }
        self.mean = mean
        self.deviation = deviation
        self.measurements = measurements
    }

    /// How many standard deviations a value lies above the mean.
    package func deviations(of value: Double) -> Double { (value - mean) / deviation }

    /// The fewest measurements that make limits.
    ///
    /// Source: CLSI C24, 4th edition (2016), and GB/T 20468-2006: 20 of each lot at least.
    package static let fewest = 20

    /// The least standard deviation taken for one, in cycles: what a Cq written with two decimals
    /// cannot tell from none.
    static let leastDeviation = 0.01

    /// Makes limits of the first measurements of a lot.
    ///
    /// One that lies beyond 3 s of the limits that all make together is not in control: the
    /// farthest is left out, the next takes its place, and the limits are made anew.
    /// - Parameters:
    ///   - values: Measurements of runs that held, the oldest first.
    ///   - count: How many make the limits.
    /// - Returns: The limits and how many values it took to find them; nil while there are too few.
    package static func established(
        by values: [Double], count: Int = fewest
    ) -> (limits: ControlLimits, taken: Int)? {
        guard count >= 2, values.count >= count else { return nil }
        var kept = Array(values.prefix(count))
        var taken = count
        while true {
            let limits = of(kept)
            let farthest = kept.indices.max {
                abs(limits.deviations(of: kept[$0])) < abs(limits.deviations(of: kept[$1]))
            }
            guard let farthest, abs(limits.deviations(of: kept[farthest])) > 3 else {
                return (limits, taken)
            }
            kept.remove(at: farthest)
            guard taken < values.count else { return nil }
            kept.append(values[taken])
            taken += 1
        }
    }

    private static func of(_ values: [Double]) -> ControlLimits {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return ControlLimits(
            mean: mean, leastDeviation: (squares / (count - 1)).squareRoot(),
            measurements: values.count)
    }

    private init(mean: Double, leastDeviation deviation: Double, measurements: Int) {
        self.mean = mean
        self.deviation = max(deviation, Self.leastDeviation)
        self.measurements = measurements
    }
}
