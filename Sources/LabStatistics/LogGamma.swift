import Glibc

// `logFactorial` stays beside its Poisson draws, whose last digits a seed depends on. (The C
// library's `lgamma` keeps a global sign, which concurrent code must avoid.)

/// The natural logarithm of Γ(x), to a relative 10⁻¹⁴ or an absolute 10⁻¹⁴.
/// - Parameter x: Any number above zero.
/// - Returns: ln Γ(x).
package func logGamma(_ x: Double) -> Double {
    (x - 0.5) * log(x) - x + log(2 * Double.pi) / 2 + stirlingRest(x)
}

/// The natural logarithm of the beta function, ln Γ(a) + ln Γ(b) − ln Γ(a + b).
///
/// The large terms are cancelled before they are rounded, so that a huge `a` with a small `b`
/// keeps its digits: 10⁻¹³ of the larger of `a ln …` and `b ln …`.
/// - Parameters:
///   - a: Above zero.
///   - b: Above zero.
/// - Returns: ln B(a, b).
package func logBeta(_ a: Double, _ b: Double) -> Double {
    let (small, large) = (min(a, b), max(a, b))
    let sum = small + large
    let rest = stirlingRest(small) + stirlingRest(large) - stirlingRest(sum)
    return (small - 0.5) * log(small / sum) + large * log1p(-small / sum)
        + (log(2 * Double.pi) - log(large)) / 2 + rest
}

/// What Stirling's formula (x − ½) ln x − x + ½ ln 2π leaves of ln Γ(x): 1/(12x) − 1/(360x³) + ….
///
/// Below 16 the recurrence of Γ leads up to where six terms leave less than 10⁻¹⁶.
func stirlingRest(_ x: Double) -> Double {
    var (y, rest) = (x, 0.0)
    while y < 16 {
        rest += (y + 0.5) * log1p(1 / y) - 1
        y += 1
    }
    let square = 1 / (y * y)
    var series = 0.0
    // B₂ₙ / (2n (2n − 1)) for n = 6 … 1.
    for term in [-691.0 / 360_360, 1.0 / 1_188, -1.0 / 1_680, 1.0 / 1_260, -1.0 / 360, 1.0 / 12] {
        series = series * square + term
    }
    return rest + series / y
}
