/// Counts of positive numbers in bins that are 1/1024 of their place wide, below 0.1 %.
///
/// Quantiles of any number of people cost one increment a person and 320 kB in all. A number's
/// bin is cut out of its own bits: the exponent and the ten highest bits of the fraction.
package struct LogHistogram: ~Copyable {
    private static let lowestExponent = -20
    private static let octaves = 41
    private static let firstBin = Int(1_023 + lowestExponent) << 10

    // Bin 0 holds zero and what is below 2⁻²⁰, the last what is beyond 2²¹.
    private var bins: Block<UInt64>
    /// How many numbers were counted.
    package private(set) var count = 0
    // How many of them are in no bin.
    private var unbinned = 0
    /// The greatest of them, exactly; 0 when there is none.
    package private(set) var max = 0.0

    /// No number yet.
    package init() { bins = Block(capacity: Self.octaves << 10, filledWith: 0) }

    private init(room: Int) { bins = Block(capacity: room, filledWith: 0) }

    /// A histogram without room, for runs that count nobody's time: nothing is added to it.
    static func unused() -> LogHistogram { LogHistogram(room: 1) }

    /// Counts a number, not negative, as often as `times` says.
    @inline(__always)
    package mutating func add(_ number: Double, times: Int = 1) {
        assert(number >= 0, "A logarithmic bin holds no negative number.")
        let bin = Int(truncatingIfNeeded: number.bitPattern >> 42) - Self.firstBin
        let place = Swift.min(Swift.max(bin, 0), Self.octaves << 10 - 1)
        bins[place] &+= UInt64(truncatingIfNeeded: times)
        count &+= times
        if number > max { max = number }
    }

    /// Counts zero, without touching a bin.
    ///
    /// Most people do not wait at all; what is in no bin is in the lowest.
    @inline(__always)
    package mutating func addZero() {
        count &+= 1
        unbinned &+= 1
    }

    /// The nearest-rank quantile: the least number with at least q of all numbers up to it.
    ///
    /// Within a bin the numbers are taken to lie evenly, so the error is below the bin's width.
    /// - Parameter q: In 0 ... 1.
    /// - Returns: A number up to `max`; 0 when nothing was counted.
    package func quantile(_ q: Double) -> Double {
        let rank = Swift.max(1, (q * Double(count)).rounded(.up))
        var before = Double(unbinned) + Double(bins[0])
        guard rank > before else { return 0 }
        var bin = 1
        while bin < bins.capacity {
            let here = Double(bins[bin])
            if rank <= before + here {
                let low = Self.edge(bin)
                let part = (rank - before - 0.5) / here
                return Swift.min(max, low + (Self.edge(bin + 1) - low) * part)
            }
            before += here
            bin += 1
        }
        return max
    }

    private static func edge(_ bin: Int) -> Double {
        Double(bitPattern: UInt64(bin + firstBin) << 42)
    }

    /// The share of all numbers above a place; within its bin they are taken to lie evenly.
    package func share(above place: Double) -> Double {
        guard count > 0 else { return 0 }
        guard place > 0 else { return Double(count - unbinned) / Double(count) }
        let bin = Int(truncatingIfNeeded: place.bitPattern >> 42) - Self.firstBin
        guard bin > 0, bin < bins.capacity else { return 0 }
        var above = 0.0
        for later in (bin + 1)..<Swift.max(bin + 1, bins.capacity) { above += Double(bins[later]) }
        let (low, high) = (Self.edge(bin), Self.edge(bin + 1))
        return (above + Double(bins[bin]) * (high - place) / (high - low)) / Double(count)
    }

    /// The same counts in a form that closures can keep.
    func frozen() -> FrozenHistogram {
        var copy = LogHistogram()
        for bin in 0..<bins.capacity { copy.bins[bin] = bins[bin] }
        (copy.count, copy.unbinned, copy.max) = (count, unbinned, max)
        return FrozenHistogram(copy)
    }
}

/// A histogram at its end.
final class FrozenHistogram {
    private let histogram: LogHistogram

    init(_ histogram: consuming LogHistogram) { self.histogram = histogram }

    func quantile(_ q: Double) -> Double { histogram.quantile(q) }
    func share(above place: Double) -> Double { histogram.share(above: place) }
}
