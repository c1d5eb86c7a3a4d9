import Glibc
import LabStatistics

extension PoolLikelihood {
    /// The θ of the largest likelihood: 0 when no result speaks for a positive, ∞ when all do.
    func mostLikely() -> Double {
        if positive == 0 { return 0 }
        let (low, high, count) = (lowest, highest, 200)
        let grid = (0...count).map { low * pow(high / low, Double($0) / Double(count)) }
        var best = (place: 0, value: -Double.infinity)
        for (place, theta) in grid.enumerated() {
            let value = logLikelihood(theta)
            if value > best.value { best = (place, value) }
        }
        if best.place == 0 { return 0 }
        if best.place == count { return .infinity }
        return Search.zero(in: grid[best.place - 1]...grid[best.place + 1], of: score)
    }

    /// The lower limit of θ, for a normal quantile z and the chance of a miss on this side.
    func lower(z: Double, miss: Double) -> Double {
        if positive == 0 { return 0 }
        let estimate = mostLikely()
        // More positives than the test can find say no more than as many as it can.
        if estimate == .infinity { return consistent().scoreLower(from: highest, z, miss) }
        return scoreLower(from: estimate, z, miss)
    }

    /// The upper limit of θ; ∞ when no prevalence is too high.
    func upper(z: Double, miss: Double) -> Double {
        if positive == tested { return .infinity }
        let estimate = mostLikely()
        // Fewer positives than false alarms alone would give say no more than as many.
        let results = estimate == 0 ? consistent() : self
        return results.scoreUpper(from: estimate == 0 ? results.mostLikely() : estimate, z, miss)
    }

    private func scoreLower(from estimate: Double, _ z: Double, _ miss: Double) -> Double {
        let goal = log(miss)
        let unanimous =
            tested - positive < 1
            ? descend(from: highest) { goal - logUnanimous(positive: true, $0) } : nil
        if tested == positive { return unanimous ?? 0 }
        let byScore = descend(from: estimate) { correctedScore($0, z: z) - z }
        // With less than one pool to the other side the score is too sure of itself.
        return [byScore, unanimous].compactMap(\.self).min() ?? 0
    }

    private func scoreUpper(from estimate: Double, _ z: Double, _ miss: Double) -> Double {
        let goal = log(miss)
        let unanimous =
            positive < 1
            ? ascend(from: lowest) { logUnanimous(positive: false, $0) - goal } : nil
        if positive == 0 { return unanimous ?? .infinity }
        let byScore = ascend(from: max(estimate, lowest)) { correctedScore($0, z: z) + z }
        return [byScore, unanimous].compactMap(\.self).max() ?? .infinity
    }

    /// The zero next below `start` of a function that is negative there; 0 if there is none, and
    /// nothing if the function is positive at once.
    private func descend(from start: Double, to function: (Double) -> Double) -> Double? {
        guard function(start) <= 0 else { return nil }
        var high = start
        while high > lowest {
            let low = high / 2
            if function(low) > 0 { return Search.zero(in: low...high, of: function) }
            high = low
        }
        return 0
    }

    /// The zero next above `start` of a function that is positive there; ∞ if there is none, and
    /// nothing if the function is negative at once.
    private func ascend(from start: Double, to function: (Double) -> Double) -> Double? {
        guard function(start) >= 0 else { return nil }
        var low = start
        while low < highest {
            let high = low * 2
            if function(high) < 0 { return Search.zero(in: low...high, of: function) }
            low = high
        }
        return .infinity
    }
}
