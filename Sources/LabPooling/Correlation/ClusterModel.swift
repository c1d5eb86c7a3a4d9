import Glibc

/// How the people of one cluster (a household, a room, a unit in one tube) share their fate.
///
/// Every model keeps the prevalence p of each member and gives any two members of a cluster the
/// correlation ρ. Source: S. D. Lendle, M. G. Hudgens, B. F. Qaqish, "Group testing for case
/// identification with correlated responses", Biometrics 68 (2012) 532.
package enum ClusterModel: Hashable, Sendable {
    /// Nobody's state says anything about another's.
    case independent
    /// The cluster's own prevalence is drawn from Beta(p(1−ρ)/ρ, (1−p)(1−ρ)/ρ).
    case betaBinomial(correlation: Double)
    /// With probability ρ all members are alike, else independent.
    case madsen(correlation: Double)
    /// Each member copies one common draw with probability √ρ, else draws alone.
    case morelNeerchal(correlation: Double)

    /// The pairwise correlation, 0 for independent members.
    package var correlation: Double {
        switch self {
        case .independent: 0
        case .betaBinomial(let rho), .madsen(let rho), .morelNeerchal(let rho): rho
        }
    }

    /// P(no positive among `count` members of one cluster).
    ///
    /// - Parameters:
    ///   - count: Members looked at, at least 0.
    ///   - p: The prevalence of each member, 0 ... 1.
    /// - Returns: A probability; 1 for nobody.
    /// - Complexity: O(`count`).
    package func clear(_ count: Int, prevalence p: Double) -> Double {
        guard count > 0 else { return 1 }
        let rho = correlation
        if rho == 0 || p == 0 || p == 1 { return pow(1 - p, Double(count)) }
        if rho == 1 { return 1 - p }
        switch self {
        case .independent: return pow(1 - p, Double(count))
        case .betaBinomial:
            // B(a, b + n) / B(a, b) as a product, which neither overflows nor cancels.
            let (a, b) = (p * (1 - rho) / rho, (1 - p) * (1 - rho) / rho)
            return (0..<count).reduce(1) { $0 * (b + Double($1)) / (a + b + Double($1)) }
        case .madsen:
            return rho * (1 - p) + (1 - rho) * pow(1 - p, Double(count))
        case .morelNeerchal:
            let own = 1 - rho.squareRoot()
            return (1 - p) * pow(1 - own * p, Double(count))
                + p * pow(own * (1 - p), Double(count))
        }
    }

    /// Refuses a correlation that is no probability.
    package func check() throws(PoolingFault) {
        try PoolingFault.check(correlation, named: "correlation")
    }
}
