internal import LabDomain
internal import LabStore
internal import Synchronization

/// Open batches, counted once for everybody who looks until something happens.
///
/// Counting reads every open clock; of 200,000 tubes that is most of a board's work. What is late
/// changes with the time alone, too, so that nothing is kept for long.
final class KeptBatches: Sendable {
    /// A batch is as late as its next clock says at once; only its counts may be so old.
    private static let longest = Span.seconds(10)

    private let kept = Mutex<(fact: Int, at: Timestamp, batches: [OpenBatch])?>(nil)

    /// The open batches as a view of the store has them.
    func open(in view: StoreView, at now: Timestamp) throws -> [OpenBatch] {
        let fact = try view.lastFact()
        if let last = kept.withLock({ $0 }), last.fact == fact, last.at <= now,
            last.at.span(to: now) <= Self.longest
        {
            return last.batches
        }
        let batches = try view.openBatches(at: now)
        kept.withLock { $0 = (fact, now, batches) }
        return batches
    }
}
