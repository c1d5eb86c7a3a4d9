// What is drawn from any source of chance. The standard library's own `random(in:using:)` may
// change its method between releases; these methods are ours, so a seed keeps its meaning.

extension RandomNumberGenerator {
    /// A number in [0, 1), one of the 2⁵³ multiples of 2⁻⁵³, each as likely.
    @inlinable
    package mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A number in [`low`, `high`), uniform.
    @inlinable
    package mutating func uniform(from low: Double, to high: Double) -> Double {
        low + (high - low) * uniform()
    }

    /// True with probability `p`: never for p ≤ 0, always for p ≥ 1.
    @inlinable
    package mutating func bernoulli(_ p: Double) -> Bool {
        uniform() < p
    }

    /// A whole number in 0 ..< `count`, each exactly as likely.
    ///
    /// Source: Lemire 2019, "Fast random integer generation in an interval".
    /// - Precondition: `count` is at least 1.
    @inlinable
    package mutating func index(below count: Int) -> Int {
        precondition(count > 0, "There is nothing to choose from.")
        let bound = UInt64(count)
        var product = next().multipliedFullWidth(by: bound)
        // The first words of each stretch would make some results likelier; they are redrawn.
        if product.low < bound {
            let uneven = (0 &- bound) % bound
            while product.low < uneven { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    /// A whole number in a closed range, each exactly as likely.
    @inlinable
    package mutating func whole(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + index(below: range.count)
    }

    /// The place of one weight, drawn in proportion to it.
    /// - Parameter weights: At least one, none negative, their sum above zero; any unit.
    /// - Returns: An index into `weights`.
    /// - Complexity: O(*n*).
    package mutating func weightedIndex(_ weights: [Double]) -> Int {
        let total = weights.reduce(0, +)
        precondition(total > 0, "Some weight must be above zero.")
        var rest = uniform() * total
        for (place, weight) in weights.enumerated() {
            if rest < weight { return place }
            rest -= weight
        }
        // Rounding may leave a crumb beyond the last weight that counts.
        return weights.lastIndex { $0 > 0 } ?? 0
    }
}
