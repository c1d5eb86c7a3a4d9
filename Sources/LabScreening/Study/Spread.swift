internal import LabStatistics

/// The mean of a measure over runs, how well it is known, and how much runs differ.
package struct Spread: Sendable, Hashable, Encodable {
    package let runs: Int
    package let mean: Double
    package let sd: Double
    /// Half of the 95 % interval of the mean, by Student's t; 0 for one run.
    package let halfWidth: Double
    package let min: Double
    package let max: Double

    private enum CodingKeys: String, CodingKey {
        case runs, mean, sd, min, max
        case halfWidth = "ci95_half"
    }

    /// The spread of some values, one at least.
    package init(_ values: [Double]) {
        precondition(!values.isEmpty, "A spread needs a run.")
        let n = Double(values.count)
        let mean = values.reduce(0, +) / n
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        (runs, self.mean) = (values.count, mean)
        sd = n > 1 ? (squares / (n - 1)).squareRoot() : 0
        halfWidth =
            n > 1
            ? StudentT.quantile(0.975, freedom: values.count - 1) * sd / n.squareRoot() : 0
        min = values.reduce(.infinity) { Swift.min($0, $1) }
        max = values.reduce(-.infinity) { Swift.max($0, $1) }
    }

    /// Whether the mean differs from zero by more than its interval; never said of one run.
    package var isReal: Bool { runs > 1 && abs(mean) > halfWidth && mean != 0 }
}

/// How often something came true, with its 95 % interval by Wilson's score.
package struct Frequency: Sendable, Hashable, Encodable {
    package let times: Int
    package let runs: Int
    package let low: Double
    package let high: Double

    /// So many times in so many runs.
    package init(_ times: Int, of runs: Int) {
        (self.times, self.runs) = (times, runs)
        let (n, z) = (Double(Swift.max(1, runs)), 1.959_963_984_540_054)
        let share = Double(times) / n
        let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
        let reach =
            z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
        (low, high) = (Swift.max(0, centre - reach), Swift.min(1, centre + reach))
    }

    /// The share of the runs.
    package var share: Double { Double(times) / Double(Swift.max(1, runs)) }
}
