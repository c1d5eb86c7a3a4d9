/// Counts of durations by the minute, and what they say of the next one.
struct MinuteCounts: Sendable {
    private static let least = -4_096
    private static let most = 8_191
    private var counts = [Int](repeating: 0, count: most - least + 1)
    private var cumulated: [Int] = []
    private(set) var count = 0
    private var sum = 0.0

    var mean: Double { count > 0 ? sum / Double(count) : 0 }

    mutating func add(_ minutes: Double) {
        counts[Self.place(minutes)] += 1
        count += 1
        sum += minutes
        cumulated = []
    }

    /// Prepares for questions.
    mutating func settle() {
        guard cumulated.isEmpty else { return }
        var total = 0
        cumulated = counts.map { count in
            total += count
            return total
        }
    }

    /// The share of durations above a bound; only after `settle`.
    func share(above minutes: Double) -> Double? {
        guard count > 0, !cumulated.isEmpty else { return nil }
        return 1 - Double(cumulated[Self.place(minutes)]) / Double(count)
    }

    /// The duration that a share of all does not exceed; only after `settle`.
    func quantile(_ q: Double) -> Double? {
        guard count > 0, !cumulated.isEmpty else { return nil }
        let wanted = q * Double(count)
        var (low, high) = (0, cumulated.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if Double(cumulated[middle]) < wanted { low = middle + 1 } else { high = middle }
        }
        return Double(low + Self.least) + 0.5
    }

    private static func place(_ minutes: Double) -> Int {
        let bounded = min(max(minutes, Double(least)), Double(most))
        return Int(bounded.rounded(.down)) - least
    }
}
