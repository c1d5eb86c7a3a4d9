import Glibc
import Testing

@testable import LabStatistics

/// The theory is the judge: each limit is one that chance passes about once in 100,000 seeds.
@Suite("Draws from distributions")
struct ChanceTests {
    static let n = 200_000

    @Test("STAT-7: uniform numbers lie in [0, 1) and fill it evenly")
    func uniform() {
        var random = SeededGenerator(seed: 7)
        let draws = (0..<Self.n).map { _ in random.uniform() }
        #expect(draws.allSatisfy { (0..<1).contains($0) })
        #expect(isChiSquare(draws.map { Int($0 * 100) }, [Double](repeating: 0.01, count: 100)))
    }

    @Test(
        "STAT-8: a whole number below a bound is as likely as any other", arguments: [1, 3, 10, 97])
    func index(_ count: Int) {
        var random = SeededGenerator(seed: UInt64(count))
        let draws = (0..<Self.n).map { _ in random.index(below: count) }
        let even = [Double](repeating: 1 / Double(count), count: count)
        #expect(isChiSquare(draws, even))
        #expect(random.whole(in: 5...5) == 5)
    }

    @Test("STAT-9: an event of probability p comes np times; never for 0, always for 1")
    func bernoulli() {
        var random = SeededGenerator(seed: 9)
        for p in [0.001, 0.3, 0.9] {
            let draws = (0..<Self.n).map { _ in random.bernoulli(p) ? 1 : 0 }
            #expect(isChiSquare(draws, [1 - p, p]))
        }
        for _ in 0..<1_000 { #expect(!random.bernoulli(0) && random.bernoulli(1)) }
    }

    @Test("STAT-10: places are drawn in proportion to their weights, and never at weight 0")
    func weights() {
        var random = SeededGenerator(seed: 10)
        let weights = [2.0, 0, 5, 3, 0]
        let draws = (0..<Self.n).map { _ in random.weightedIndex(weights) }
        #expect(isChiSquare(draws, weights.map { $0 / 10 }))
    }

    @Test("STAT-11: normal numbers have the moments and the shape of the normal law")
    func normal() {
        var random = SeededGenerator(seed: 11)
        let draws = (0..<Self.n).map { _ in random.normal(mean: 27, sd: 5.5) }
        let standard = draws.map { ($0 - 27) / 5.5 }
        let root = Double(Self.n).squareRoot()
        #expect(abs(moment(1, of: standard)) < 4.5 / root)
        #expect(abs(moment(2, of: standard) - 1) < 4.5 * 2.0.squareRoot() / root)
        #expect(abs(moment(3, of: standard)) < 4.5 * 15.0.squareRoot() / root)
        #expect(abs(moment(4, of: standard) - 3) < 4.5 * 96.0.squareRoot() / root)
        let cells = standard.map { Int(min(99, 50 * erfc(-$0 / 2.0.squareRoot()))) }
        #expect(isChiSquare(cells, [Double](repeating: 0.01, count: 100)))
    }

    @Test("STAT-12: waiting times are exponential with mean 1 / rate", arguments: [0.01, 1, 40])
    func exponential(_ rate: Double) {
        var random = SeededGenerator(seed: 12)
        let draws = (0..<Self.n).map { _ in random.exponential(rate: rate) }
        #expect(draws.allSatisfy { $0 >= 0 && $0.isFinite })
        let cells = draws.map { Int(min(99, 100 * (1 - exp(-rate * $0)))) }
        #expect(isChiSquare(cells, [Double](repeating: 0.01, count: 100)))
    }

    @Test(
        "STAT-13: counts are Poisson, below and above the change of method",
        arguments: [0.01, 1, 9.9, 10.1, 60, 900])
    func poisson(_ mean: Double) {
        var random = SeededGenerator(seed: 13)
        let most = Int(mean + 6 * mean.squareRoot() + 6)
        let draws = (0..<Self.n).map { _ in min(most, random.poisson(mean: mean)) }
        let shares = (0...most).map { exp(Double($0) * log(mean) - mean - lgamma(Double($0) + 1)) }
        #expect(isChiSquare(draws, shares))
    }

    @Test("STAT-13: no expectation, no events; a huge one keeps its relative deviation")
    func poissonAtTheEnds() {
        var random = SeededGenerator(seed: 14)
        for _ in 0..<100 {
            #expect(random.poisson(mean: 0) == 0)
            #expect(abs(Double(random.poisson(mean: 1e12)) / 1e12 - 1) < 6e-6)
        }
    }

    private func moment(_ power: Int, of draws: [Double]) -> Double {
        draws.reduce(0) { $0 + pow($1, Double(power)) } / Double(draws.count)
    }

    /// Pearson's test; cells expected fewer than ten times are thrown together.
    private func isChiSquare(_ draws: [Int], _ shares: [Double]) -> Bool {
        var observed = [Double](repeating: 0, count: shares.count)
        for draw in draws { observed[draw] += 1 }
        var (sum, cells) = (0.0, 0.0)
        var (restSeen, restExpected) = (0.0, 0.0)
        for (seen, share) in zip(observed, shares) {
            let expected = share * Double(draws.count)
            guard expected >= 10 else {
                (restSeen, restExpected) = (restSeen + seen, restExpected + expected)
                continue
            }
            sum += (seen - expected) * (seen - expected) / expected
            cells += 1
        }
        if restExpected >= 1 {
            sum += (restSeen - restExpected) * (restSeen - restExpected) / restExpected
            cells += 1
        } else if restSeen > 12 {
            return false
        }
        // Wilson and Hilferty 1931: the cube root of a chi-square is nearly normal.
        let freedom = cells - 1
        guard freedom > 0 else { return sum < 1e-9 }
        let spread = (2 / (9 * freedom)).squareRoot()
        return (cbrt(sum / freedom) - (1 - 2 / (9 * freedom))) / spread < 4.3
    }
}
