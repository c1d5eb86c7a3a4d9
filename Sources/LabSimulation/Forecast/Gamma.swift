import Glibc
import LabStatistics

/// The gamma law with scale 1, near enough for doubts about a rate.
enum Gamma {
    /// The quantile by Wilson and Hilferty's cube (1931); below shape 1 by the power law of the
    /// lower tail, x^a / (a Γ(a)).
    static func quantile(_ q: Double, shape: Double) -> Double {
        let q = min(max(q, 1e-9), 1 - 1e-9)
        if shape < 1 {
            // G(a) = G(a + 1) U^(1/a): the same uniform serves both, which keeps the order.
            return quantile(q, shape: shape + 1) * pow(q, 1 / shape)
        }
        let spread = 1 / (9 * shape)
        let root = 1 - spread + StandardNormal.quantile(q) * spread.squareRoot()
        return shape * max(0, root * root * root)
    }
}
