import Glibc

/// How long a station takes: what was seen there, or a default until enough was seen.
///
/// Machines stop without a word. A duration far beyond the usual is a breakdown and its repair;
/// how often that happens is learned apart, since a few days show few of them.
package struct StageLaw: Sendable, Equatable {
    /// Usual durations in minutes, ascending, never empty.
    package let seen: [Double]
    /// Durations that held a breakdown, less the median: how long it took.
    package let repairs: [Double]
    /// Whether the durations were seen in this laboratory; those of a default are a range in which
    /// one unknown duration lies, the same for every plate.
    package let isLearned: Bool
    package let mean: Double
    package let median: Double
    private let spread: Double

    /// A law from durations; without any it is one minute.
    ///
    /// - Parameters:
    ///   - durations: Minutes, in any order.
    ///   - isLearned: Whether they were seen in this laboratory.
    ///   - breaks: Whether what does the work can break down; people do not.
    package init(_ durations: [Double], isLearned: Bool = true, breaks: Bool = false) {
        var sorted = durations.filter { $0.isFinite && $0 >= 0 }.sorted()
        if sorted.isEmpty { sorted = [1] }
        let middle = sorted[sorted.count / 2]
        let usual = breaks ? sorted.below(max(1.5 * middle, middle + 10)) : sorted.count
        repairs = sorted[usual...].map { $0 - middle }
        seen = Array(sorted[..<usual])
        self.isLearned = isLearned
        let mean = seen.reduce(0, +) / Double(seen.count)
        let squares = seen.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        median = seen[seen.count / 2]
        spread = max((squares / Double(seen.count)).squareRoot(), 0.002 * mean, 0.01)
    }

    /// A default that spreads evenly between two durations.
    package static func evenly(_ low: Double, _ high: Double) -> StageLaw {
        StageLaw((0...20).map { low + (high - low) * Double($0) / 20 }, isLearned: false)
    }

    package var longest: Double { seen[seen.count - 1] }

    /// A usual duration for a uniform number, interpolated between those seen.
    @inline(__always)
    package func draw(_ u: Double) -> Double { place(u, from: 0) }

    /// A usual duration that is known to exceed `elapsed`.
    @inline(__always)
    package func draw(_ u: Double, beyond elapsed: Double) -> Double {
        guard elapsed < longest else { return elapsed - spread * log(1 - u) }
        let first = seen.below(elapsed)
        return max(elapsed, place(u, from: min(first, seen.count - 1)))
    }

    /// The share of usual services that last longer.
    ///
    /// One more than all that were seen may be longer than any; how much, their spread tells.
    @inline(__always)
    package func survival(_ elapsed: Double) -> Double {
        let n = Double(seen.count)
        guard elapsed >= longest else {
            return (n - Double(seen.below(elapsed)) + 1) / (n + 1)
        }
        return exp((longest - elapsed) / spread) / (n + 1)
    }

    /// Whether a service that has lasted so long is longer than any that was seen.
    package func isOverdue(_ elapsed: Double) -> Bool { elapsed > longest * 1.02 + 0.5 }

    @inline(__always)
    private func place(_ u: Double, from first: Int) -> Double {
        let at = Double(first) + u * Double(seen.count - 1 - first)
        let low = Int(at)
        guard low + 1 < seen.count else { return longest }
        return seen[low] + (seen[low + 1] - seen[low]) * (at - Double(low))
    }
}
