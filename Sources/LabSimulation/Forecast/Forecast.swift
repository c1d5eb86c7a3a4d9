/// When everything in a laboratory will be finished, from many futures of its present state.
package struct Forecast: Sendable {
    package let now: Double
    package let futures: Int
    private let subjects: Int
    /// Minutes from now to the finish, ascending for each subject.
    private let finishes: [Float]

    /// Simulates futures of a laboratory.
    /// - Parameters:
    ///   - work: What there is.
    ///   - times: How long things take there.
    ///   - order: Who goes first.
    ///   - futures: How many to simulate.
    ///   - seed: Equal seeds give equal forecasts, and two ways to work the same luck.
    package init(
        _ work: WorkInHand, _ times: LearnedTimes, order: LineOrder = .firstCome,
        futures: Int = 200, seed: UInt64
    ) {
        let count = max(1, futures)
        let subjects = work.subjects
        now = work.now
        self.futures = count
        self.subjects = subjects
        var future = Future(work, times, order)
        finishes = [Float](unsafeUninitializedCapacity: subjects * count) { room, used in
            guard let base = room.baseAddress else { return }
            base.initialize(repeating: 0, count: subjects * count)
            for number in 0..<count {
                future.run(seed: seed, number: number, into: base + number, every: count)
            }
            for subject in 0..<subjects {
                var own = UnsafeMutableBufferPointer(start: base + subject * count, count: count)
                own.sort()
            }
            used = subjects * count
        }
    }

    /// The time by which a share of the futures has finished a subject.
    package func finish(_ subject: Int, quantile: Double) -> Double {
        let at = min(max(quantile, 0), 1) * Double(futures - 1)
        let low = Int(at)
        let place = subject * futures + low
        let first = Double(finishes[place])
        guard low + 1 < futures else { return now + first }
        return now + first + (Double(finishes[place + 1]) - first) * (at - Double(low))
    }

    /// The probability that a subject is finished after its deadline.
    ///
    /// Between futures it is interpolated; beyond them it falls off exponentially, since futures
    /// that were not drawn are not impossible.
    package func lateness(_ subject: Int, deadline: Double) -> Double {
        let slack = Float(deadline - now)
        if slack < 0 { return 1 }
        let start = subject * futures
        var (low, high) = (0, futures)
        while low < high {
            let middle = (low + high) / 2
            if finishes[start + middle] <= slack { low = middle + 1 } else { high = middle }
        }
        let n = Double(futures)
        let (least, most) = (finishes[start], finishes[start + futures - 1])
        let width = Double(max(most - least, 0.5))
        if low == 0 {
            let beyond = Double(least - slack) / width
            return 1 - 0.5 / n / (1 + 4 * beyond)
        }
        if low == futures {
            let beyond = Double(slack - most) / width
            return 0.5 / n / (1 + 4 * beyond)
        }
        let (before, after) = (finishes[start + low - 1], finishes[start + low])
        let part = after > before ? Double((slack - before) / (after - before)) : 0.5
        return 1 - (Double(low) - 0.5 + part) / n
    }
}
