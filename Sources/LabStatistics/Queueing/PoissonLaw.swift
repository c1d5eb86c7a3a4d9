import Glibc

/// The Poisson law, each probability to a relative 10⁻¹⁴ or so, its tails included.
///
/// Source: C. Loader, "Fast and accurate computation of binomial probabilities", 2000: the large
/// terms of the exponent are cancelled before they are rounded.
package struct PoissonLaw: Sendable {
    package let mean: Double

    /// A law of a mean that is not negative.
    package init(mean: Double) {
        precondition(mean >= 0 && mean.isFinite, "A Poisson mean is a number from 0.")
        self.mean = mean
    }

    /// P(X = n).
    package func probability(of n: Int) -> Double {
        guard n >= 0 else { return 0 }
        guard n > 0, mean > 0 else { return n == 0 ? exp(-mean) : 0 }
        let x = Double(n)
        return exp(-stirlingRest(x) - deviance(x)) / (2 * Double.pi * x).squareRoot()
    }

    /// P(X ≤ n), the sum of positive terms from n downwards.
    package func atMost(_ n: Int) -> Double {
        guard n >= 0 else { return 0 }
        // Above the mean nearly all is below: what is missing keeps its digits better.
        if Double(n) > mean { return 1 - atLeast(n + 1) }
        var (term, sum, k) = (probability(of: n), 0.0, n)
        while k >= 0, term > sum * 1e-18 {
            sum += term
            term *= Double(k) / mean
            k -= 1
        }
        return sum
    }

    /// P(X ≥ n), the sum of positive terms from n upwards.
    package func atLeast(_ n: Int) -> Double {
        guard n > 0 else { return 1 }
        guard mean > 0 else { return 0 }
        if Double(n) <= mean { return 1 - atMost(n - 1) }
        var (term, sum, k) = (probability(of: n), 0.0, n)
        while term > sum * 1e-18 {
            sum += term
            k += 1
            term *= mean / Double(k)
        }
        return sum
    }

    /// x ln(x / mean) + mean − x, without cancelling where x is near the mean.
    private func deviance(_ x: Double) -> Double {
        let gap = x - mean
        guard abs(gap) < 0.1 * (x + mean) else { return x * log(x / mean) + mean - x }
        let v = gap / (x + mean)
        var sum = gap * v
        var power = 2 * x * v
        var k = 1.0
        while true {
            power *= v * v
            let next = sum + power / (2 * k + 1)
            if next == sum { return sum }
            sum = next
            k += 1
        }
    }
}
