/// Integrals and sums of smooth functions.
package enum Quadrature {
    /// The integral of `function` over a range cut into equal panels, eight points in each.
    ///
    /// Gauss and Legendre's rule, exact in each panel for polynomials of degree 15. Nodes and
    /// weights: Abramowitz and Stegun 1964, table 25.4.
    /// - Parameters:
    ///   - range: Both ends finite.
    ///   - panels: At least 1; the function should bend little within one.
    ///   - function: Smooth within each panel.
    /// - Returns: The integral, in the unit of the range times that of the function.
    package static func integral(
        over range: ClosedRange<Double>, panels: Int, of function: (Double) -> Double
    ) -> Double {
        let half = (range.upperBound - range.lowerBound) / Double(2 * panels)
        var sum = 0.0
        for panel in 0..<panels {
            let centre = range.lowerBound + half * Double(2 * panel + 1)
            for (node, weight) in nodes {
                sum += weight * (function(centre - half * node) + function(centre + half * node))
            }
        }
        return sum * half
    }

    private static let nodes: [(Double, Double)] = [
        (0.183_434_642_495_649_805, 0.362_683_783_378_361_983),
        (0.525_532_409_916_328_986, 0.313_706_645_877_887_287),
        (0.796_666_477_413_626_740, 0.222_381_034_453_374_471),
        (0.960_289_856_497_536_232, 0.101_228_536_290_376_259),
    ]
}
