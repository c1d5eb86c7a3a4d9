internal import LabStatistics

/// The prevalence at which two ways of testing cost the same number of tests a person.
package enum SwitchPoint {
    /// Where one way begins to cost more than another.
    ///
    /// - Parameters:
    ///   - present: Tests a person of the way in use, by prevalence.
    ///   - other: Tests a person of the other way.
    /// - Returns: The least prevalence up to 0.5 at which the way in use becomes the dearer one.
    ///   Nil where it is dearer from the start or never.
    package static func between(
        _ present: (Double) -> Double, _ other: (Double) -> Double
    ) -> Double? {
        func excess(_ prevalence: Double) -> Double { present(prevalence) - other(prevalence) }
        var below = 1e-9
        guard excess(below) < 0 else { return nil }
        // The first sign change on a grid of equal ratios, then halving.
        while below < 0.5 {
            let above = min(0.5, below * 1.02)
            if excess(above) > 0 { return Search.zero(in: below...above, of: excess) }
            below = above
        }
        return nil
    }
}
