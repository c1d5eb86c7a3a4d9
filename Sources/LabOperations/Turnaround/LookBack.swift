package import LabDomain
package import LabStore

/// How a period went: the seven segments, one of them by day and by group, and what was late.
package struct LookBack: Sendable {
    /// Clocks of one rule and batch that were not kept, and why.
    package struct Breach: Sendable {
        package let batch: BreachedBatch
        package let detail: BatchDetail
    }

    /// So many breached batches are told of one by one; all are summed up by cause.
    package static let shownBreaches = 40

    /// Every segment over all tubes, with the durations that cannot be right.
    package let whole: TurnaroundReport
    /// The chosen segment by day of receipt.
    package let days: TurnaroundReport
    /// The chosen segment by what was asked, with the tubes behind it.
    package let groups: TurnaroundReport
    /// The newest ones with all that is known of them.
    package let breaches: [Breach]
    /// All of them, the newest first.
    package let breached: [BreachedBatch]
    /// How far they are seen to.
    package let sum: BreachSum
    /// When the tubes were read, where something was done since; nil when the figures know all.
    package let asOf: Timestamp?
}

extension Laboratory {
    /// Looks back on the tubes that were received in a period, and on the limits within it.
    ///
    /// A day of many tubes is told of as it was read last: `readAnew` reads what changed.
    package func lookBack(
        _ question: TurnaroundQuestion, on segment: TurnaroundSegment, at now: Timestamp,
        as handle: String
    ) throws -> LookBack {
        try look(.seeWork, as: handle) { view in
            let zone = try rules(in: view).settings.zone
            let name = try view.laboratory()?.name ?? ""
            let period = try keptTimes.period(
                from: question.from, to: question.to, in: view, at: now, isNew: false)
            func report(_ change: (inout TurnaroundQuestion) -> Void) throws -> TurnaroundReport {
                var own = question
                change(&own)
                return TurnaroundTally(own, zone: zone, laboratory: name).report(on: period.parts)
            }
            let breached = try view.breaches(
                from: question.from, to: question.to, at: now)
            return LookBack(
                whole: try report { ($0.split, $0.listed) = (.none, nil) },
                days: try report { ($0.split, $0.only, $0.listed) = (.day, segment, nil) },
                groups: try report { ($0.only, $0.listed) = (segment, segment) },
                breaches: try Self.details(of: breached, in: view), breached: breached,
                sum: BreachSum(breached),
                asOf: period.olderThan)
        }
    }

    /// Reads the tubes of a period again, where something was done since they were read.
    package func readAnew(from first: Timestamp, to last: Timestamp, at now: Timestamp) throws {
        try store.read { view in
            _ = try keptTimes.period(from: first, to: last, in: view, at: now, isNew: true)
        }
    }

    private static func details(
        of breached: [BreachedBatch], in view: StoreView
    ) throws -> [LookBack.Breach] {
        try breached.prefix(LookBack.shownBreaches).compactMap { batch in
            try view.batchDetail(rule: batch.rule, box: batch.box).map {
                LookBack.Breach(batch: batch, detail: $0)
            }
        }
    }
}
