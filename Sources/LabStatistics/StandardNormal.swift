import Glibc

/// The normal law with mean 0 and standard deviation 1.
package enum StandardNormal {
    /// The density at `z`: e^(−z²/2) / √(2π).
    package static func density(_ z: Double) -> Double {
        exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    }

    /// P(Z < z), the distribution function, to 10⁻¹⁵.
    package static func below(_ z: Double) -> Double {
        erfc(-z * 0.5.squareRoot()) / 2
    }

    /// P(Z > z), to the same relative accuracy in the far tail as in the middle.
    package static func above(_ z: Double) -> Double {
        below(-z)
    }

    /// The value that Z stays below with probability `p`, to 10⁻¹².
    ///
    /// A rational start (Abramowitz and Stegun 1964, 26.2.23, error below 4.5 × 10⁻⁴), then
    /// Halley's steps on the distribution function, each of which triples the correct digits.
    /// - Parameter p: A probability.
    /// - Returns: A number; −∞ for 0, ∞ for 1, no number for what is no probability.
    package static func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        guard p > 0 else { return -.infinity }
        guard p < 1 else { return .infinity }
        // Near 1 the digits are in 1 − p, which is exact there; the lower tail keeps them.
        if p > 0.5 { return -lowerQuantile(1 - p) }
        return lowerQuantile(p)
    }

    private static func lowerQuantile(_ p: Double) -> Double {
        let t = (-2 * log(p)).squareRoot()
        let above = 2.515517 + t * (0.802853 + t * 0.010328)
        let below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
        var z = above / below - t
        for _ in 0..<3 {
            let step = (self.below(z) - p) / density(z)
            z -= step / (1 + z * step / 2)
        }
        return z
    }
}
