import Glibc

/// Which prevalence is to be noticed, and how seldom in vain.
package struct DriftWatch: Hashable, Sendable {
    /// The side of the break-even on which the present pools cost more than others.
    package enum Side: Hashable, Sendable {
        /// Too many positives: smaller pools would cost less.
        case above
        /// So few positives that larger pools would cost less.
        case below
    }

    /// The prevalence p* at which the present pools and the others cost the same.
    package let breakEven: Double
    package let side: Side
    /// How far from the break-even the two prevalences compared are, r: p*·r and p*/r.
    ///
    /// A small ratio notices small changes late, a large one overlooks them: between the two
    /// prevalences the costs are so alike that switching hardly matters.
    package let ratio: Double
    /// Results that pass on average before a false alarm, B, at the good prevalence or better.
    package let pools: Double
    package let accuracy: Accuracy

    /// What to watch for.
    /// - Parameters:
    ///   - breakEven: p*, above 0, with p*·`ratio` below 1.
    ///   - side: The bad side of it.
    ///   - ratio: 1.05 ... 10; 1.5 by default.
    ///   - pools: 2 ... 1e12; 1,000 by default.
    ///   - accuracy: Of the tests; perfect by default.
    /// - Throws: `PoolingFault` that names the first field outside its range.
    package init(
        breakEven: Double, side: Side = .above, ratio: Double = 1.5, pools: Double = 1_000,
        accuracy: Accuracy = .perfect
    ) throws(PoolingFault) {
        guard 1.05...10 ~= ratio else { throw .range(field: "ratio", from: 1.05, to: 10) }
        guard breakEven > 0, breakEven * ratio < 1 else {
            throw .range(field: "break-even prevalence", from: 0, to: 1 / ratio)
        }
        guard 2...1e12 ~= pools else {
            throw .range(field: "pools to a false alarm", from: 2, to: 1e12)
        }
        try accuracy.checkInformative()
        self.breakEven = breakEven
        self.side = side
        self.ratio = ratio
        self.pools = pools
        self.accuracy = accuracy
    }

    /// The prevalence that the present pools are good for, p₀.
    package var good: Double { side == .above ? breakEven / ratio : breakEven * ratio }
    /// The prevalence that is to be noticed, p₁.
    package var bad: Double { side == .above ? breakEven * ratio : breakEven / ratio }
    /// The sum at which the alarm is raised, ln B.
    package var threshold: Double { log(pools) }

    /// How much one result speaks for the bad prevalence: ln (P₁ / P₀).
    func evidence(size: Int, positive: Bool) -> Double {
        func chance(_ p: Double) -> Double {
            let pool = PoolLikelihood.Group(
                size: Double(size), tested: 1, positive: 0, sensitivity: accuracy.sensitivity,
                specificity: accuracy.specificity
            ).chance(-log1p(-p))
            return positive ? pool.positive : pool.negative
        }
        return log(chance(bad) / chance(good))
    }

    /// The most results that pass on average until the alarm, after a change to the bad side.
    ///
    /// (h + the largest single step) / D by Wald's identity, where h is the threshold and D the
    /// mean evidence of one pool of `size` at the new prevalence (at p₁ the divergence of Kullback
    /// and Leibler).
    /// - Returns: Pools; ∞ where the mean evidence speaks against an alarm.
    package func delay(size: Int, prevalence: Double) throws(PoolingFault) -> Double {
        guard size >= 1 else { throw .range(field: "pool size", from: 1, to: .infinity) }
        try PoolingFault.check(prevalence, named: "prevalence")
        let positive = accuracy.positive(clear: pow(1 - prevalence, Double(size)))
        let steps = (evidence(size: size, positive: true), evidence(size: size, positive: false))
        let mean = positive * steps.0 + (1 - positive) * steps.1
        return mean > 0 ? (threshold + max(steps.0, steps.1)) / mean : .infinity
    }
}
