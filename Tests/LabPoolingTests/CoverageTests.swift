import Glibc
import LabStatistics
import Testing

@testable import LabPooling

/// How often an interval holds the truth: enumerated where pools are alike, else simulated.
@Suite("Coverage of the prevalence interval")
struct CoverageTests {
    @Test(
        "EST-7: the interval covers about 95 % of the time, by the sum over all outcomes",
        arguments: [
            (1, 30, 1, 1), (5, 30, 1, 1), (10, 100, 1, 1), (20, 50, 1, 1), (10, 60, 0.95, 0.99),
            (10, 100, 0.9, 0.97),
        ])
    func equal(_ size: Int, _ tested: Int, _ se: Double, _ sp: Double) throws {
        let accuracy = try Accuracy(sensitivity: se, specificity: sp)
        let intervals = try (0...tested).map {
            try PrevalenceEstimate([
                PoolCount(size: size, tested: tested, positive: $0, accuracy: accuracy)
            ]).interval
        }
        var coverages: [Double] = []
        for step in 1..<200 {
            // From almost no positive pool to 95 % of them holding one.
            let p = 1 - pow(1 - 0.95 * Double(step) / 200, 1 / Double(size))
            let chance = accuracy.positive(clear: pow(1 - p, Double(size)))
            coverages.append(
                (0...tested).reduce(0) {
                    $0 + (intervals[$1].contains(p) ? binomial($1, tested, chance) : 0)
                })
        }
        let mean = coverages.reduce(0, +) / Double(coverages.count)
        let least = try #require(coverages.min())
        figure("pools of \(size), \(tested) tested, \(se)/\(sp): least \(least), mean \(mean)")
        #expect(least > 0.91 && mean > 0.945 && mean < 0.975)
    }

    @Test("EST-7: the interval lies near the exact one of Clopper and Pearson, mostly inside")
    func clopperPearson() throws {
        let (size, tested) = (8, 60)
        var (outside, inside) = (0.0, 0.0)
        for positive in 1..<tested {
            let found = try PrevalenceEstimate([
                PoolCount(size: size, tested: tested, positive: positive)
            ]).interval
            // P(X ≥ x | lower) = P(X ≤ x | upper) = 0.025, by the binomial sums themselves.
            let lower = Search.zero(in: 1e-9...(1 - 1e-9)) { chance in
                (positive...tested).reduce(0) { $0 + binomial($1, tested, chance) } - 0.025
            }
            let upper = Search.zero(in: 1e-9...(1 - 1e-9)) { chance in
                0.025 - (0...positive).reduce(0) { $0 + binomial($1, tested, chance) }
            }
            let shares = [found.lowerBound, found.upperBound].map { 1 - pow(1 - $0, Double(size)) }
            let narrower = [shares[0] - lower, upper - shares[1]]
            (outside, inside) = narrower.reduce((outside, inside)) {
                (min($0.0, $1), max($0.1, $1))
            }
        }
        figure("Clopper and Pearson: at most \(-outside) wider, \(inside) narrower")
        #expect(outside > -0.005 && inside < 0.02)
    }

    @Test(
        "EST-7: the interval of pools of mixed sizes covers about 95 % of the time",
        arguments: [0.002, 0.01, 0.05])
    func mixed(_ p: Double) throws {
        var random = SeededGenerator(seed: 20_201)
        let plan = [(1, 60), (5, 30), (10, 40), (20, 10)]
        let accuracies = try [0.99, 0.97, 0.95, 0.9].map {
            try Accuracy(sensitivity: $0, specificity: 0.995)
        }
        var covered = 0
        let runs = 1_000
        for _ in 0..<runs {
            var counts: [PoolCount] = []
            for ((size, tested), accuracy) in zip(plan, accuracies) {
                let chance = accuracy.positive(clear: pow(1 - p, Double(size)))
                let positive = (0..<tested).count { _ in random.bernoulli(chance) }
                counts.append(
                    try PoolCount(
                        size: size, tested: tested, positive: positive, accuracy: accuracy))
            }
            covered += try PrevalenceEstimate(counts).interval.contains(p) ? 1 : 0
        }
        let share = Double(covered) / Double(runs)
        figure("mixed sizes, p \(p), seed \(random.seed): \(share)")
        #expect(share > 0.93 && share < 0.985, "seed \(random.seed): \(share)")
    }

    private func binomial(_ x: Int, _ n: Int, _ p: Double) -> Double {
        if p <= 0 { return x == 0 ? 1 : 0 }
        let choose = lgamma(Double(n) + 1) - lgamma(Double(x) + 1) - lgamma(Double(n - x) + 1)
        return exp(choose + Double(x) * log(p) + Double(n - x) * log1p(-p))
    }

    /// Prints a measured figure on demand: they belong in documents, not in every log.
    private func figure(_ text: String) {
        if getenv("SWABLINE_FIGURES") != nil { print(text) }
    }
}
