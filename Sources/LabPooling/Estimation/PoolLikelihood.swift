import Glibc

/// The likelihood of pool results as a function of θ = −ln(1 − p), p being the prevalence.
///
/// A pool of k is positive with probability φ = Se − (Se + Sp − 1) e^(−kθ). In θ all derivatives
/// are simple, and the score statistics below are the same as in p.
struct PoolLikelihood {
    /// Pools of one size and one accuracy; numbers need not be whole, for a prior's sake.
    struct Group {
        let size: Double
        let tested: Double
        let positive: Double
        let sensitivity: Double
        let specificity: Double

        /// φ, 1 − φ and dφ/dθ, none of them by a difference that cancels.
        func chance(_ theta: Double) -> (positive: Double, negative: Double, slope: Double) {
            let power = sensitivity + specificity - 1
            // So much is left of 1 − φ that its powers can still be divided.
            let clear = max(exp(-size * theta), 1e-60)
            return (
                1 - specificity - power * expm1(-size * theta), 1 - sensitivity + power * clear,
                power * size * clear
            )
        }
    }

    let groups: [Group]

    var tested: Double { groups.reduce(0) { $0 + $1.tested } }
    var positive: Double { groups.reduce(0) { $0 + $1.positive } }

    /// From here on every pool holds a positive, as far as numbers can tell.
    var highest: Double { 40 / (groups.map(\.size).min() ?? 1) }
    /// Up to here the results cannot hold a positive.
    var lowest: Double { 1e-9 / max(1, groups.reduce(0) { $0 + $1.tested * $1.size }) }

    /// The results nearest to these that the accuracy expects at some prevalence.
    ///
    /// No group has fewer positives than false alarms alone would give, or more than all pools
    /// holding a positive would.
    func consistent() -> PoolLikelihood {
        PoolLikelihood(
            groups: groups.map {
                let (least, most) = ($0.tested * (1 - $0.specificity), $0.tested * $0.sensitivity)
                return Group(
                    size: $0.size, tested: $0.tested, positive: min(most, max(least, $0.positive)),
                    sensitivity: $0.sensitivity, specificity: $0.specificity)
            })
    }

    /// The logarithm of the likelihood, but for a constant.
    func logLikelihood(_ theta: Double) -> Double {
        groups.reduce(0) {
            let chance = $1.chance(theta)
            let negative = $1.tested - $1.positive
            return $0 + ($1.positive > 0 ? $1.positive * log(chance.positive) : 0)
                + (negative > 0 ? negative * log(chance.negative) : 0)
        }
    }

    /// The slope of the log-likelihood, U = Σ (y − nφ) φ′ / (φ (1 − φ)).
    func score(_ theta: Double) -> Double {
        groups.reduce(0) {
            let (positive, negative, slope) = $1.chance(theta)
            return $0 + ($1.positive - $1.tested * positive) * slope / (positive * negative)
        }
    }

    /// U / √I − γ (z² − 1) / 6: nearly normal, falling with θ.
    ///
    /// I = Σ n φ′² / (φ (1 − φ)), γ = κ₃ / I^(3/2) with κ₃ = Σ n w³ φ (1 − φ)(1 − 2φ) and
    /// w = φ′ / (φ (1 − φ)).
    func correctedScore(_ theta: Double, z: Double) -> Double {
        var (score, information, third) = (0.0, 0.0, 0.0)
        for group in groups {
            let (positive, negative, slope) = group.chance(theta)
            let weight = slope / (positive * negative)
            score += (group.positive - group.tested * positive) * weight
            information += group.tested * slope * weight
            third += group.tested * weight * weight * slope * (negative - positive)
        }
        let root = information.squareRoot()
        return score / root - third / (information * root) * (z * z - 1) / 6
    }

    /// ln P(every pool negative), or every pool positive, had they been so.
    func logUnanimous(positive: Bool, _ theta: Double) -> Double {
        groups.reduce(0) {
            let chance = $1.chance(theta)
            return $0 + $1.tested * log(positive ? chance.positive : chance.negative)
        }
    }
}
