import Glibc
import LabStatistics

/// How many copies must be tried until enough of them have reached the well, N.
///
/// Negative binomial: P(N = n) = q^L (1 − q)^(n − L) / (n B(n − L + 1, L)) for n ≥ L.
struct CopiesNeeded {
    /// Copies that must reach the well, L.
    let limit: Int
    /// The chance q of each copy.
    let chance: Double
    /// How long a block of neighbouring numbers may be, in deviations of N and in units of `bend`.
    let step: Double
    /// The share of n over which the function to be averaged bends.
    let bend: Double

    /// The mean of `function` over N.
    ///
    /// Neighbouring numbers are summed in blocks of s by two points at c ± √((s² − 1)/12), which
    /// is exact for cubics (the discrete rule of Gauss); blocks of 1 are the plain sum. With a
    /// step of 0.02 the error is below 10⁻⁹, with 0.2 below 10⁻⁶.
    /// - Parameter function: Smooth between whole numbers, in 0 ... 1.
    /// - Returns: The sum of the function times P(N = n).
    func expectation(of function: (Double) -> Double) -> Double {
        let least = Double(limit)
        guard chance < 1 else { return function(least) }
        let mean = least / chance
        let sd = (least * (1 - chance)).squareRoot() / chance
        // The left tail of N is thinner than the normal one; the right one is cut by its height.
        var first = max(least, (mean - 8 * sd).rounded(.down))
        let negligible = logProbability(max(least, mean.rounded())) - 36
        var sum = 0.0
        while first <= mean || logProbability(first) > negligible {
            let length = max(1, (step * min(sd, bend * first)).rounded(.down))
            let centre = first + (length - 1) / 2
            let offset = ((length * length - 1) / 12).squareRoot()
            for point in [centre - offset, centre + offset] {
                sum += length / 2 * exp(logProbability(point)) * function(point)
            }
            first += length
        }
        return sum
    }

    private func logProbability(_ copies: Double) -> Double {
        let least = Double(limit)
        return least * log(chance) + (copies - least) * log1p(-chance) - log(copies)
            - logBeta(copies - least + 1, least)
    }
}
