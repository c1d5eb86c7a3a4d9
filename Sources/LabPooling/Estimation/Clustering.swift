import Glibc
import LabStatistics

/// Pools whose members were all tested singly, by how many of them were positive.
package struct RetestedPools: Hashable, Sendable {
    /// People in each pool.
    package let size: Int
    /// Positive people in each of these pools.
    package let positives: Int
    /// How many such pools there were.
    package let pools: Int

    /// A count of pools.
    /// - Throws: `PoolingFault` for a size below 1, more positives than people, or fewer than no
    ///   pools.
    package init(size: Int, positives: Int, pools: Int) throws(PoolingFault) {
        guard size >= 1 else { throw .range(field: "pool size", from: 1, to: .infinity) }
        guard 0...size ~= positives else {
            throw .range(field: "positives in the pool", from: 0, to: Double(size))
        }
        guard pools >= 0 else { throw .range(field: "pools", from: 0, to: .infinity) }
        self.size = size
        self.positives = positives
        self.pools = pools
    }

    /// Counts of like pools put together, in a fixed order, without those of no pools.
    static func merged(_ counts: [RetestedPools]) -> [RetestedPools] {
        let alike = Dictionary(grouping: counts) { [$0.size, $0.positives] }
        return alike.values.map { parts in
            let pools = parts.reduce(0) { $0 + $1.pools }
            return RetestedPools(alike: parts[0], pools: pools)
        }
        .filter { $0.pools > 0 }
        .sorted { ($0.size, $0.positives) < ($1.size, $1.positives) }
    }

    private init(alike: RetestedPools, pools: Int) {
        size = alike.size
        positives = alike.positives
        self.pools = pools
    }
}

/// How strongly positives come together in pools, fitted to the laboratory's own retests.
///
/// Maximum likelihood of the beta-binomial law: a pool's own prevalence is drawn from a beta law
/// of mean p, so that any two of its members have the correlation ρ. Source: D. A. Williams,
/// Biometrics 31 (1975) 949.
package struct Clustering: Hashable, Sendable {
    package let prevalence: Double
    /// The correlation ρ of two members of a pool, between 0 and 1.
    package let correlation: Double
    /// The correlations whose profile likelihood is near the largest (chi-square, one degree).
    package let interval: ClosedRange<Double>
    package let confidence: Double

    /// The model to plan with.
    package var model: ClusterModel {
        correlation > 0 ? .betaBinomial(correlation: correlation) : .independent
    }

    /// Fits ρ, and p where it is not known.
    /// - Parameters:
    ///   - counts: Pools by size and positives, those without a positive among them: they hold
    ///     as much as the others.
    ///   - given: The prevalence, where it is known from elsewhere, between 0 and 1.
    ///   - confidence: 0.5 ... 0.99, of the interval of ρ.
    /// - Throws: `PoolingFault` when no pool has two members, or all people are alike: nothing
    ///   then tells ρ.
    package init(
        _ counts: [RetestedPools], prevalence given: Double? = nil, confidence: Double = 0.95
    ) throws(PoolingFault) {
        guard 0.5...0.99 ~= confidence else {
            throw .range(field: "confidence", from: 0.5, to: 0.99)
        }
        let known = RetestedPools.merged(counts)
        guard known.contains(where: { $0.size > 1 }) else {
            throw .beyond("no pool has two members: nothing tells whether positives cluster")
        }
        guard known.contains(where: { $0.positives > 0 }),
            known.contains(where: { $0.positives < $0.size })
        else { throw .beyond("everybody in the pools is alike: nothing tells how they cluster") }

        if let given, !(given > 0 && given < 1) {
            throw .probability(field: "known prevalence")
        }
        let likelihood = BetaBinomialLikelihood(counts: known, known: given)
        let best = likelihood.mostLikely()
        prevalence = likelihood.profile(best.correlation).prevalence
        correlation = best.correlation
        let z = StandardNormal.quantile((1 + confidence) / 2)
        interval = likelihood.correlations(within: z * z / 2, of: best)
        self.confidence = confidence
    }
}

/// ln P of counts of positives, by p and ρ.
struct BetaBinomialLikelihood {
    let counts: [RetestedPools]
    /// The prevalence where it is not to be fitted.
    var known: Double?
    /// All but one fate for all, where a quotient would be 0 / 0.
    private static let fullest = 1 - 1e-9

    /// The logarithm of the likelihood, but for a constant.
    ///
    /// P(x of k) ∝ Π (p(1−ρ) + iρ) Π ((1−p)(1−ρ) + iρ) / Π (1−ρ + iρ), with i below x, k − x
    /// and k; no quotient by ρ, so that independence is a case like any other.
    func callAsFunction(_ p: Double, _ rho: Double) -> Double {
        let longest = counts.reduce(0) { max($0, $1.size) }
        // Sums of logarithms for every length, since many pools share them.
        func rises(from start: Double) -> [Double] {
            var sums = [0.0]
            for i in 0..<longest {
                sums.append(sums[i] + log(start * (1 - rho) + Double(i) * rho))
            }
            return sums
        }
        let (positives, negatives, all) = (rises(from: p), rises(from: 1 - p), rises(from: 1))
        return counts.reduce(0) {
            let one = positives[$1.positives] + negatives[$1.size - $1.positives] - all[$1.size]
            return $0 + Double($1.pools) * one
        }
    }

    /// The largest value at a given ρ, and the prevalence where it stands.
    func profile(_ rho: Double) -> (prevalence: Double, value: Double) {
        if let known { return (known, self(known, rho)) }
        let best = Search.maximum(in: -25...25) { self(1 / (1 + exp(-$0)), rho) }
        return (1 / (1 + exp(-best.place)), best.value)
    }

    func mostLikely() -> (correlation: Double, value: Double) {
        let grid = (0...20).map { Self.fullest * Double($0) / 20 }
        let values = grid.map { profile($0).value }
        let place = values.indices.max { values[$0] < values[$1] } ?? 0
        let range = grid[max(0, place - 1)]...grid[min(20, place + 1)]
        let best = Search.maximum(in: range) { profile($0).value }
        return (best.place, best.value)
    }

    /// The correlations around the best whose profile is at most `drop` lower.
    func correlations(
        within drop: Double, of best: (correlation: Double, value: Double)
    ) -> ClosedRange<Double> {
        func excess(_ rho: Double) -> Double { profile(rho).value - best.value + drop }
        let (rho, end) = (best.correlation, Self.fullest)
        let lower = excess(0) >= 0 ? 0 : Search.zero(in: 0...rho, of: excess)
        let upper = excess(end) >= 0 ? 1 : Search.zero(in: rho...end, of: excess)
        return lower...upper
    }
}
