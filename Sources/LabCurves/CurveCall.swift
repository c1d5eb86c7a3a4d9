/// What a curve says by itself, before any cut-off of an assay.
package enum CurveCall: String, Hashable, Sendable, Codable, CaseIterable {
    /// A sigmoid rises out of a seen baseline.
    case positive
    /// Nothing rises, or what rises is no amplification.
    case negative
    /// Something rises, but a person has to say what.
    case ambiguous
}

/// Why a curve was called as it was, or what about it deserves a look.
package enum CurveRemark: String, Hashable, Sendable, Codable, CaseIterable {
    /// The curve has too few readings, or cycles that no run has.
    case tooFewCycles
    /// The curve stays within its noise.
    case flat
    /// The fluorescence falls.
    case falls
    /// It rises, but not as a sigmoid: a drift explains it as well.
    case drift
    /// It rises from the first readings on, so that its baseline was hardly seen.
    case noBaseline
    /// The rise is small against its noise.
    case weak
    /// The rise takes many more cycles than doubling would need.
    case slow
    /// The rise is steeper than any amplification: a bubble, or a disturbed reading.
    case jump
    /// The rise begins in the last cycles; how it would have gone on was not seen.
    case late
    /// The plateau was not reached.
    case noPlateau
    /// The fluorescence falls after the plateau (hook); those readings were left out.
    case hook
    /// The first readings stand apart from the baseline and were left out.
    case settling
}
