import Glibc

/// Watches pool results for a prevalence at which another pool size would cost less.
///
/// A cumulative sum of log-likelihood ratios, S ← max(0, S + ln L₁/L₀), between a prevalence on
/// the bad side of the break-even and one on the good side; the alarm is raised when S reaches
/// ln B. Sources: E. S. Page, "Continuous inspection schemes", Biometrika 41 (1954) 100;
/// G. Lorden, "Procedures for reacting to a change in distribution", Ann. Math. Statist. 42
/// (1971) 1897: under the good prevalence at least B results pass on average before a false
/// alarm, and after a change no rule with that property is faster, for large B.
package struct SwitchAlarm<Time: Comparable & Sendable>: Sendable {
    /// What to watch for.
    package let watch: DriftWatch
    /// The alarm that stands now.
    ///
    /// It was raised when the sum reached its threshold, and falls when the sum is back at 0: then
    /// the results speak for the good side again.
    package var alarm: StandingAlarm<Time>? {
        get throws(PoolingFault) {
            guard let raisedAt else { return nil }
            return try standing(raisedAt: raisedAt)
        }
    }
    /// The sum of log-likelihood ratios since the last climb began, 0 or more.
    package private(set) var sum = 0.0

    private var results = 0
    private var start: (result: Int, time: Time)?
    private var raisedAt: (result: Int, time: Time)?
    private var last: Time?
    /// Pools since the climb began, by size: tested and positive.
    private var climb: [Int: (tested: Int, positive: Int)] = [:]

    /// A watch without any result yet.
    package init(_ watch: DriftWatch) {
        self.watch = watch
    }

    /// A watch over results already there.
    /// - Parameters:
    ///   - watch: What to watch for.
    ///   - results: In the order of their times.
    /// - Throws: What `observe` throws.
    package init(
        _ watch: DriftWatch, over results: some Sequence<PoolResult<Time>>
    ) throws(PoolingFault) {
        self.init(watch)
        for result in results { try observe(result) }
    }

    /// Takes the next result.
    /// - Throws: `PoolingFault` when it is older than the last; equal times keep their order.
    package mutating func observe(_ result: PoolResult<Time>) throws(PoolingFault) {
        if let last, result.time < last {
            throw .beyond("result \(results + 1) is older than the one before: give them in order")
        }
        last = result.time
        results += 1
        if sum == 0 {
            (start, raisedAt) = ((results, result.time), nil)
            climb = [:]
        }
        climb[result.size, default: (0, 0)].tested += 1
        climb[result.size, default: (0, 0)].positive += result.positive ? 1 : 0
        sum = max(0, sum + watch.evidence(size: result.size, positive: result.positive))
        if sum == 0 { raisedAt = nil }
        if sum >= watch.threshold, raisedAt == nil { raisedAt = (results, result.time) }
    }

    private func standing(
        raisedAt: (result: Int, time: Time)
    ) throws(PoolingFault) -> StandingAlarm<Time> {
        let start = start ?? raisedAt
        var counts: [PoolCount] = []
        for (size, pools) in climb {
            counts.append(
                try PoolCount(
                    size: size, tested: pools.tested, positive: pools.positive,
                    accuracy: watch.accuracy))
        }
        return StandingAlarm(
            firstResult: start.result, since: start.time, raisedByResult: raisedAt.result,
            raisedAt: raisedAt.time, estimate: try PrevalenceEstimate(counts))
    }
}

/// One pool that was tested.
package struct PoolResult<Time: Comparable & Sendable>: Sendable {
    package let time: Time
    /// People in the pool.
    package let size: Int
    package let positive: Bool

    /// A result of a pool of at least one.
    package init(time: Time, size: Int, positive: Bool) throws(PoolingFault) {
        guard size >= 1 else { throw .range(field: "pool size", from: 1, to: .infinity) }
        self.time = time
        self.size = size
        self.positive = positive
    }
}

/// An alarm, and what the results since its climb began say.
package struct StandingAlarm<Time: Comparable & Sendable>: Sendable {
    /// The number of the result with which the climb began, from 1: the likeliest time of change.
    package let firstResult: Int
    /// The time of that result.
    package let since: Time
    /// The number of the result that raised the alarm.
    package let raisedByResult: Int
    package let raisedAt: Time
    /// From the results since the climb began.
    ///
    /// The climb was chosen for how it looks, so the estimate leans to the bad side.
    package let estimate: PrevalenceEstimate
}
