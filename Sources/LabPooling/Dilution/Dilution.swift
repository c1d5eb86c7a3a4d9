import Glibc

/// How the sensitivity of a pool falls with its size.
package enum Dilution: Hashable, Sendable {
    /// A pool finds what single tests find.
    case none
    /// The Cts of single positives, moved by the shift of the pool.
    case cts(CtDistribution)
    /// The loads of positives and a limit of detection in copies.
    case viralLoad(ViralLoad)
    /// Hwang's power law of the pool size.
    case hwang(Hwang)
    /// The laboratory's own measurements.
    case validation(ValidatedSizes)

    /// P(the pool is detected), with so many of its members positive.
    ///
    /// Several positives: equal loads in the Ct model, loads of their own in the viral-load model.
    /// Hwang's law and a validation do not tell them apart: they give what one positive has,
    /// which is a lower bound.
    /// - Parameters:
    ///   - size: People in the pool, at least 1.
    ///   - positives: 1 ... `size`; the viral-load model takes at most 2.
    ///   - kind: The kind of pool; Hwang's law was fitted to one kind and does not ask.
    /// - Returns: A probability. All but the viral-load model speak of people whom single tests
    ///   find, and give 1 to a pool of one.
    /// - Throws: `PoolingFault` for a question outside the model.
    package func detection(
        size: Int, positives: Int = 1, in kind: PoolKind
    ) throws(PoolingFault) -> Double {
        try PoolingFault.check(positives: positives, of: size)
        switch self {
        case .none: return 1
        case .cts(let distribution):
            let shift = try kind.ctShift(size: size, positives: positives)
            // Whom single tests find, a stronger signal finds too.
            return distribution.share(shiftedBy: max(0, shift))
        case .viralLoad(let load):
            let factor = try kind.factor(size: size)
            return try load.detection(factor: factor, positives: positives)
        case .hwang(let law): return law.detection(size: size)
        case .validation(let sizes): return try sizes.share(size: size, in: kind)
        }
    }

    /// The pool's detection relative to single tests of its positives, of whom any may be found.
    ///
    /// P(pool detected) / (1 − (1 − s)^j), where s is the sensitivity of a single test and the
    /// j positives are missed alone. Parameters and faults are those of `detection`.
    package func kept(
        size: Int, positives: Int = 1, in kind: PoolKind
    ) throws(PoolingFault) -> Double {
        let found = try detection(size: size, positives: positives, in: kind)
        guard case .viralLoad(let load) = self else { return found }
        let single = try load.detection(factor: 1, positives: 1)
        let any = -expm1(Double(positives) * log1p(-single))
        guard any > 0 else { return 1 }
        return min(1, found / any)
    }
}
