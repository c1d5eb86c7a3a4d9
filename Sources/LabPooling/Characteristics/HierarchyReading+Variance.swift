extension HierarchyReading {
    /// The first two moments of the tests below a pool, its own included, once it is tested.
    private struct Moments {
        /// P(clear).
        let clear: Double
        /// E(T), E(T²) when all people of the pool are negative.
        let negative: (first: Double, second: Double)
        /// E(T), E(T²) whatever their states.
        let any: (first: Double, second: Double)
    }

    /// The variance of the number of tests; nil where people share their fate in more than
    /// 400 pools.
    ///
    /// With T = 1 + B Σ T(part), B the pool's reading, the parts are independent of each other, and
    /// what is clear is taken off from what may be anything:
    ///
    ///     E(T 1{positive}) = E(T) − P(clear) E(T | clear)
    func variance(of trees: [PoolTree]) -> Double? {
        guard crowd.isIndependent else { return pairedVariance(of: trees) }
        var variance = 0.0
        var start = 0
        for tree in trees {
            let any = moments(of: tree, at: start, stage: 0).any
            variance += any.second - any.first * any.first
            start += tree.size
        }
        return max(0, variance)
    }

    private func moments(of tree: PoolTree, at start: Int, stage: Int) -> Moments {
        let clear = crowd.clear(start..<start + tree.size)
        guard tree.size > 1 else {
            return Moments(clear: clear, negative: (1, 1), any: (1, 1))
        }
        var parts: [Moments] = []
        var place = start
        for part in tree.parts {
            parts.append(moments(of: part, at: place, stage: stage + 1))
            place += part.size
        }
        let negative = Self.sum(parts.map(\.negative))
        let any = Self.sum(parts.map(\.any))
        let accuracy = accuracies[stage]
        // E(B Σ), E(B Σ²): the pool reads positive with Se where it is, else with 1 − Sp.
        func read(_ any: Double, _ negative: Double) -> Double {
            accuracy.sensitivity * (any - clear * negative)
                + (1 - accuracy.specificity) * clear * negative
        }
        func whole(_ first: Double, _ second: Double) -> (Double, Double) {
            (1 + first, 1 + 2 * first + second)
        }
        let falsely = 1 - accuracy.specificity
        return Moments(
            clear: clear, negative: whole(falsely * negative.first, falsely * negative.second),
            any: whole(read(any.first, negative.first), read(any.second, negative.second)))
    }

    /// The moments of a sum of independent parts.
    private static func sum(
        _ parts: [(first: Double, second: Double)]
    ) -> (first: Double, second: Double) {
        let first = parts.reduce(0) { $0 + $1.first }
        let spread = parts.reduce(0) { $0 + $1.second - $1.first * $1.first }
        return (first, spread + first * first)
    }
}
