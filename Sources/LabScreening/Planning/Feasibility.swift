/// How often a plan was feasible, and what that proves.
package struct Feasibility: Sendable, Hashable {
    package let replications: Int
    package let feasible: Int

    /// So many of so many.
    package init(replications: Int, feasible: Int) {
        (self.replications, self.feasible) = (replications, feasible)
    }

    /// The share of replications in which every goal was kept.
    package var share: Double { Double(feasible) / Double(max(1, replications)) }

    /// The exact lower limit of the probability, with 95 % confidence (Clopper and Pearson 1934).
    ///
    /// It is the probability at which so many or more would be seen in one case of twenty.
    package var lowerLimit: Double {
        guard feasible > 0 else { return 0 }
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if atLeast(feasible, middle) < 0.05 { low = middle } else { high = middle }
        }
        return low
    }

    /// P(X ≥ k) for X ~ Binomial(n, p), term by term from the top.
    private func atLeast(_ count: Int, _ p: Double) -> Double {
        let n = replications
        guard p < 1 else { return 1 }
        var term = 1.0
        for _ in 0..<n { term *= p }
        var sum = term
        var k = n
        while k > count {
            term *= Double(k) / Double(n - k + 1) * (1 - p) / p
            sum += term
            k -= 1
        }
        return sum
    }
}
