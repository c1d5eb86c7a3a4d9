import Glibc

/// What mixing and diluting do to an expected Cq, each cycle taken as one doubling.
package enum CqArithmetic {
    /// The Cq after diluting a template `fold` times: Cq + log₂ fold.
    ///
    /// A laboratory pool of n tubes dilutes each n times.
    /// - Parameters:
    ///   - cq: Cycles before diluting.
    ///   - fold: Above zero; 1 changes nothing.
    /// - Returns: Cycles after diluting.
    package static func dilutedCq(_ cq: Double, by fold: Double) -> Double {
        cq + log2(fold)
    }

    /// The Cq of several templates in one tube, none diluted: −log₂ Σ 2^−Cq.
    ///
    /// The strongest decides: a second one as strong brings it one cycle forward.
    /// - Parameter cqs: Cycles of each template alone; nil where there is none.
    /// - Returns: Nil when there is no template at all.
    package static func mixedCq(of cqs: [Double?]) -> Double? {
        let present = cqs.compactMap(\.self)
        // Relative to the strongest, so that late templates do not underflow.
        guard let strongest = present.min() else { return nil }
        return strongest - log2(present.reduce(0) { $0 + exp2(strongest - $1) })
    }
}
