/// Quantiles of a large sample, found without ordering all of it.
///
/// The same quantiles as `Quantiles`: linear interpolation at position (*n* - 1)*q*. Hoare's
/// selection (Communications of the ACM 4, 1961, algorithm 65) finds each in O(*n*) on average.
package struct SelectedQuantiles: Sendable {
    private var values: [Double]
    /// Values before this place are not above any behind it.
    private var settled = 0

    /// The quantiles of some finite values, in any order.
    package init(of values: [Double]) { self.values = values }

    /// The value below which a share of the sample lies; nil for an empty sample.
    ///
    /// Shares are asked for in rising order: what lies below the last one is not looked at again.
    /// - Parameter share: From 0, the smallest value, to 1, the largest.
    /// - Returns: The quantile.
    package mutating func next(_ share: Double) -> Double? {
        guard !values.isEmpty, (0...1).contains(share) else { return nil }
        let position = Double(values.count - 1) * share
        let below = Int(position)
        let low = select(below)
        guard below + 1 < values.count else { return low }
        let part = position - Double(below)
        return part > 0 ? low + part * (select(below + 1) - low) : low
    }

    /// The value that would stand at a place, counted from 0, if all were ordered; nil beyond them.
    package mutating func value(at place: Int) -> Double? {
        values.indices.contains(place) ? select(place) : nil
    }

    private mutating func select(_ place: Int) -> Double {
        var first = place < settled ? 0 : settled
        var last = values.count - 1
        values.withUnsafeMutableBufferPointer { values in
            while first < last {
                let pivot = Self.middle(values[first], values[(first + last) / 2], values[last])
                var (low, high) = (first, last)
                while low <= high {
                    while values[low] < pivot { low += 1 }
                    while values[high] > pivot { high -= 1 }
                    if low <= high {
                        values.swapAt(low, high)
                        (low, high) = (low + 1, high - 1)
                    }
                }
                if place <= high {
                    last = high
                } else if place >= low {
                    first = low
                } else {
                    break
                }
            }
        }
        settled = max(settled, place)
        return values[place]
    }

    /// The middle one of three: ordered values are not the worst case then.
    private static func middle(_ one: Double, _ two: Double, _ three: Double) -> Double {
        max(min(one, two), min(max(one, two), three))
    }
}
