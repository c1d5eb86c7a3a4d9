import Glibc
import LabStatistics

/// The viral loads of positives and a test that needs a number of copies to see them.
///
/// A pool is detected when Binomial(⌊V⌋, s/f) ≥ L: of the V copies of a single tube each reaches
/// the well with probability s, divided by the dilution f of the pool; L copies are needed.
/// Source: Y. Wan, Y. Zhang, P. I. Frazier, "Correlated pooling", arXiv 2111.07517.
package struct ViralLoad: Hashable, Sendable {
    /// A group of positives whose log₁₀ load is normal.
    package struct Component: Hashable, Sendable {
        package let weight: Double
        /// The mean of log₁₀ copies per mL.
        package let mean: Double
        /// The standard deviation of log₁₀ copies per mL.
        package let sd: Double

        /// A component; what is wrong with it is found by `ViralLoad`.
        package init(weight: Double, mean: Double, sd: Double) {
            self.weight = weight
            self.mean = mean
            self.sd = sd
        }
    }

    package let components: [Component]
    /// Copies that the well must receive, L.
    package let limit: Int
    /// The share of a single tube's copies that reaches the well, s.
    package let share: Double

    /// The mixture of Wan, Zhang and Frazier, with mean loads of 10^8.09, 10^5.35 and 10^3.75.
    package static let published = [
        Component(weight: 0.33, mean: 8.09, sd: 1.06),
        Component(weight: 0.54, mean: 5.35, sd: 0.89),
        Component(weight: 0.13, mean: 3.75, sd: 0.39),
    ]

    /// A distribution of loads and a limit of detection.
    /// - Parameters:
    ///   - components: Weights that add to 1, means in -10 ... 20, deviations in 0.05 ... 5.
    ///   - limit: 1 ... 1,000,000 copies; 108, 174, 342 and 1,240 make single tests miss 2.5, 5,
    ///     10 and 20 percent of the published mixture.
    ///   - share: 0.001 ... 1.
    /// - Throws: `PoolingFault` that names the first field outside its range.
    package init(
        components: [Component] = published, limit: Int, share: Double = 0.05
    ) throws(PoolingFault) {
        guard !components.isEmpty else { throw .empty(field: "the viral-load mixture") }
        for component in components {
            try PoolingFault.check(component.weight, named: "weight of a viral-load component")
            guard -10...20 ~= component.mean else {
                throw .range(field: "mean log10 load", from: -10, to: 20)
            }
            guard 0.05...5 ~= component.sd else {
                throw .range(field: "standard deviation of log10 load", from: 0.05, to: 5)
            }
        }
        guard abs(components.reduce(0) { $0 + $1.weight } - 1) < 1e-9 else {
            throw .beyond("the weights of the viral-load mixture must add to 1")
        }
        guard 1...1_000_000 ~= limit else {
            throw .range(field: "limit of detection in copies", from: 1, to: 1_000_000)
        }
        guard 0.001...1 ~= share else {
            throw .range(field: "share of the copies in the well", from: 0.001, to: 1)
        }
        self.components = components
        self.limit = limit
        self.share = share
    }

    /// P(a test of a pool diluted `factor`-fold detects), with one or two positives in it.
    ///
    /// Exact: the test detects when V reaches N, the number of copies that must be tried until L
    /// have come, so that P = E[P(V ≥ N)] over a negative binomial N.
    /// - Returns: A probability, to 10⁻⁹ with one positive and 10⁻⁶ with two.
    func detection(factor: Double, positives: Int) throws(PoolingFault) -> Double {
        guard positives <= 2 else {
            throw .beyond(
                "the viral-load model covers at most 2 positives in a pool: ask for 1 or 2")
        }
        let chance = min(1, share / factor)
        let narrowest = components.reduce(Double.infinity) { min($0, $1.sd) }
        let bend = narrowest * log(10)
        let copies = CopiesNeeded(
            limit: limit, chance: chance, step: positives == 1 ? 0.02 : 0.2, bend: bend)
        let found = copies.expectation { positives == 1 ? atLeast($0) : twoAtLeast($0) }
        return min(1, max(0, found))
    }

    /// P(V ≥ n) of one positive.
    private func atLeast(_ copies: Double) -> Double {
        let load = log10(copies)
        return components.reduce(0) {
            $0 + $1.weight * StandardNormal.above((load - $1.mean) / $1.sd)
        }
    }

    /// P(V₁ + V₂ ≥ n) of two positives with loads drawn alone.
    ///
    /// With F and f of one load: P(V₁ + V₂ < n) = 2 ∫ f(v) F(n − v) dv up to n/2, less F(n/2)²;
    /// integrated over log₁₀ v.
    private func twoAtLeast(_ copies: Double) -> Double {
        let start = components.reduce(Double.infinity) { min($0, $1.mean - 8 * $1.sd) }
        let end = log10(copies / 2)
        guard end > start else { return 1 }
        let narrowest = components.reduce(Double.infinity) { min($0, $1.sd) }
        let panels = Int(((end - start) / narrowest).rounded(.up))
        let below = Quadrature.integral(over: start...end, panels: panels) { load in
            density(load) * (1 - atLeast(copies - pow(10, load)))
        }
        let half = 1 - atLeast(copies / 2)
        return 1 - (2 * below - half * half)
    }

    /// The density of log₁₀ V.
    private func density(_ load: Double) -> Double {
        components.reduce(0) {
            $0 + $1.weight / $1.sd * StandardNormal.density((load - $1.mean) / $1.sd)
        }
    }
}
