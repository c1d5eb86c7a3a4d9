import Glibc

/// A power law of dilution with one number to fit.
///
/// P(detected) = p / (1 − (1 − p)^(k^d)): d = 0 is no dilution, d = 1 a test that sees the mean of
/// the pool. Source: F. K. Hwang, "Group testing with a dilution effect", Biometrika 63 (1976) 671.
package struct Hwang: Hashable, Sendable {
    package let prevalence: Double
    /// The dilution index d.
    package let index: Double

    /// A prevalence and a dilution index; both lie between 0 and 1.
    package init(prevalence: Double, index: Double) throws(PoolingFault) {
        try PoolingFault.check(prevalence, named: "prevalence")
        guard 0...1 ~= index else { throw .range(field: "dilution index", from: 0, to: 1) }
        self.prevalence = prevalence
        self.index = index
    }

    func detection(size: Int) -> Double {
        let exponent = pow(Double(size), index)
        guard prevalence > 0 else { return 1 / exponent }
        return prevalence / -expm1(exponent * log1p(-prevalence))
    }
}
