import Glibc

/// How long a station takes: what was seen there, or a default until enough was seen.
package struct StageLaw: Sendable, Equatable {
    /// Durations in minutes, ascending, never empty.
    package let seen: [Double]
    /// Whether the durations were seen in this laboratory; those of a default are a range in which
    /// one unknown duration lies, the same for every plate.
    package let isLearned: Bool
    package let mean: Double
    package let median: Double

    /// A law from durations; without any it is one minute.
    package init(_ durations: [Double], isLearned: Bool = true) {
        let sorted = durations.filter { $0.isFinite && $0 >= 0 }.sorted()
        seen = sorted.isEmpty ? [1] : sorted
        self.isLearned = isLearned
        mean = seen.reduce(0, +) / Double(seen.count)
        median = seen[seen.count / 2]
    }

    /// A default that spreads evenly between two durations.
    package static func evenly(_ low: Double, _ high: Double) -> StageLaw {
        StageLaw((0...20).map { low + (high - low) * Double($0) / 20 }, isLearned: false)
    }

    /// A duration for a uniform number, interpolated between those seen.
    @inline(__always)
    package func draw(_ u: Double) -> Double { place(u, from: 0) }

    /// A duration that is known to exceed `elapsed`.
    ///
    /// Beyond everything that was ever seen the machine is silent: it stays so for about half as
    /// long again as it has been silent, exponentially.
    @inline(__always)
    package func draw(_ u: Double, beyond elapsed: Double) -> Double {
        guard elapsed < seen[seen.count - 1] else {
            let silent = max(elapsed - median, 0)
            let patience = silent < 0.02 * median + 0.01 ? 0.1 : max(2, 0.5 * silent)
            return elapsed - patience * log(1 - u)
        }
        guard elapsed > seen[0] else { return place(u, from: 0) }
        var (low, high) = (0, seen.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if seen[middle] > elapsed { high = middle } else { low = middle + 1 }
        }
        return max(elapsed, place(u, from: low))
    }

    /// Whether a service that has lasted so long is longer than any that was seen.
    package func isOverdue(_ elapsed: Double) -> Bool {
        elapsed > seen[seen.count - 1] * 1.02 + 0.5
    }

    @inline(__always)
    private func place(_ u: Double, from first: Int) -> Double {
        let at = Double(first) + u * Double(seen.count - 1 - first)
        let low = Int(at)
        guard low + 1 < seen.count else { return seen[seen.count - 1] }
        return seen[low] + (seen[low + 1] - seen[low]) * (at - Double(low))
    }
}
