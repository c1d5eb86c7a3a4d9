import Glibc

/// Student's t, for intervals of means over few repetitions.
package enum StudentT {
    /// The value that t stays below with probability `p`, found on the distribution function.
    /// - Parameters:
    ///   - p: In 0.5 ..< 1.
    ///   - freedom: Degrees of freedom, at least 1.
    /// - Returns: A number from 0.
    package static func quantile(_ p: Double, freedom: Int) -> Double {
        precondition(p >= 0.5 && p < 1 && freedom >= 1, "An interval has a level and repetitions.")
        var high = 2.0
        while above(high, freedom: freedom) > 1 - p { high *= 2 }
        return Search.zero(in: 0...high) { above($0, freedom: freedom) - (1 - p) }
    }

    /// P(T > t) for t ≥ 0, by Gauss and Legendre over the angle atan(t/√ν), where it is smooth:
    /// the density becomes cos^(ν−1).
    package static func above(_ t: Double, freedom: Int) -> Double {
        let v = Double(freedom)
        let start = atan(t / v.squareRoot())
        let norm = exp(-logBeta(0.5, v / 2))
        let power = v - 1
        return norm
            * Quadrature.integral(over: start...(Double.pi / 2), panels: 64) {
                pow(cos($0), power)
            }
    }
}
