/// Finds where a function of one number is zero or largest.
package enum Search {
    /// The place where `function` changes its sign, by halving: it looks at the sign alone.
    ///
    /// - Parameters:
    ///   - range: Where to look, both ends finite. If both have the same sign the answer is the
    ///     end where the function is nearer to zero.
    ///   - function: Continuous, with one zero in the range.
    /// - Returns: The zero, as near as the numbers allow.
    /// - Complexity: At most 1,100 calls; about 55 when the ends are of one magnitude.
    package static func zero(
        in range: ClosedRange<Double>, of function: (Double) -> Double
    ) -> Double {
        var (low, high) = (range.lowerBound, range.upperBound)
        let (atLow, atHigh) = (function(low), function(high))
        if (atLow > 0) == (atHigh > 0) { return abs(atLow) < abs(atHigh) ? low : high }
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return middle }
            let value = function(middle)
            if value == 0 { return middle }
            if (value > 0) == (atLow > 0) { low = middle } else { high = middle }
        }
    }

    /// The place where `function` is largest, and how large, by golden sections.
    ///
    /// The ends are looked at too, so that a maximum on the border is found there. Source:
    /// J. Kiefer, "Sequential minimax search for a maximum", Proc. Amer. Math. Soc. 4 (1953) 502.
    /// - Parameters:
    ///   - range: Where to look, both ends finite.
    ///   - function: With one hill in the range.
    /// - Returns: The place to about 10⁻⁸ of the range (no better: there the hill is flat).
    /// - Complexity: 45 calls.
    package static func maximum(
        in range: ClosedRange<Double>, of function: (Double) -> Double
    ) -> (place: Double, value: Double) {
        let share = (5.0.squareRoot() - 1) / 2
        var (low, high) = (range.lowerBound, range.upperBound)
        let ends = [(low, function(low)), (high, function(high))]
        var (left, right) = (high - share * (high - low), low + share * (high - low))
        var (atLeft, atRight) = (function(left), function(right))
        for _ in 0..<41 {
            if atLeft < atRight {
                (low, left, atLeft) = (left, right, atRight)
                right = low + share * (high - low)
                atRight = function(right)
            } else {
                (high, right, atRight) = (right, left, atLeft)
                left = high - share * (high - low)
                atLeft = function(left)
            }
        }
        let inside = atLeft > atRight ? (left, atLeft) : (right, atRight)
        return ends.reduce(inside) { $1.1 >= $0.1 ? $1 : $0 }
    }
}
