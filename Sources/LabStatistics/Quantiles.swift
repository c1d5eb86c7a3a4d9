/// Quantiles of a sample by linear interpolation between its ordered values.
///
/// The `q`-quantile of *n* values stands at position (*n* - 1)*q*, counted from 0 (definition 7 of
/// Hyndman and Fan, The American Statistician 50, 1996).
package struct Quantiles: Sendable {
    /// The values in rising order.
    package let ordered: [Double]

    /// The quantiles of some finite values, in any order.
    package init(of values: [Double]) {
        ordered = values.sorted()
    }

    /// The value below which a share of the sample lies; nil for an empty sample.
    ///
    /// - Parameter share: From 0, the smallest value, to 1, the largest.
    /// - Returns: The quantile.
    package func callAsFunction(_ share: Double) -> Double? {
        guard let last = ordered.indices.last, (0...1).contains(share) else { return nil }
        let position = Double(last) * share
        let below = Int(position)
        guard below < last else { return ordered[last] }
        let part = position - Double(below)
        return ordered[below] + part * (ordered[below + 1] - ordered[below])
    }

    /// The share of the sample that is not above a limit; nil for an empty sample.
    package func share(within limit: Double) -> Double? {
        guard !ordered.isEmpty else { return nil }
        var (low, high) = (0, ordered.count)
        while low < high {
            let middle = (low + high) / 2
            if ordered[middle] <= limit { low = middle + 1 } else { high = middle }
        }
        return Double(low) / Double(ordered.count)
    }
}
