internal import GRDB
package import LabDomain

/// The clocks of one rule and batch that were not kept.
package struct BreachedBatch: Hashable, Sendable {
    package let rule: String
    package let box: BoxID
    package let late: Int
    /// By how much the latest of them was late.
    package let worst: Span
    /// The first limit that was not kept.
    package let dueAt: Timestamp
    /// Whether some still run.
    package let isOpen: Bool
    /// Why, as it was told last; nil when nobody told.
    package let cause: BreachCause?
    /// Whether somebody acknowledged the alert of it; where none tells of it, whether somebody told
    /// the cause.
    package let isAcknowledged: Bool
}

/// How far the breaches of a period are seen to.
package struct BreachSum: Codable, Hashable, Sendable {
    /// Rules and batches of which some clock was not kept.
    package let batches: Int
    /// The clocks that were not kept.
    package let late: Int
    /// Batches of which some late clock still runs.
    package let open: Int
    package let withoutCause: Int
    package let unacknowledged: Int

    /// How far some breaches are seen to.
    package init(_ breaches: [BreachedBatch]) {
        batches = breaches.count
        late = breaches.reduce(0) { $0 + $1.late }
        open = breaches.count { $0.isOpen }
        withoutCause = breaches.count { $0.cause == nil }
        unacknowledged = breaches.count { !$0.isAcknowledged }
    }

    /// Whether each breach is over, has its cause and is acknowledged: the report is closed.
    package var isClosed: Bool { open + withoutCause + unacknowledged == 0 }
}

extension StoreView {
    /// What was not kept of the limits in a period, the newest first.
    package func breaches(
        from first: Timestamp, to last: Timestamp, at now: Timestamp
    ) throws -> [BreachedBatch] {
        try values(
            """
            SELECT c.box, c.rule, count(*) AS late, max(over) AS worst, min(dueAt) AS dueAt,
                max(isOpen) AS isOpen, b.cause,
                coalesce(
                    (SELECT a.acknowledgedAt IS NOT NULL FROM alert a WHERE a.kind = 'breached'
                        AND a.box = c.box AND a.rule = c.rule AND a.state <> 'closed'),
                    b.cause IS NOT NULL) AS isAcknowledged
            FROM (
                SELECT box, rule, dueAt, stoppedAt - dueAt AS over, 0 AS isOpen FROM clock
                WHERE stoppedAt > dueAt AND dueAt >= ?1 AND dueAt < ?2
                UNION ALL
                SELECT box, rule, dueAt, coalesce(pausedAt, ?3) - dueAt, 1 FROM clock
                WHERE stoppedAt IS NULL AND dueAt >= ?1 AND dueAt < min(?2, ?3)
                    AND coalesce(pausedAt, ?3) > dueAt) c
            LEFT JOIN breachCause b ON b.box = c.box AND b.rule = c.rule
            GROUP BY c.box, c.rule
            ORDER BY dueAt DESC, c.box, c.rule
            """,
            [first.milliseconds, last.milliseconds, now.milliseconds]
        ) {
            BreachedBatch(
                rule: $0["rule"], box: BoxID($0["box"]), late: $0["late"],
                worst: Span(milliseconds: $0["worst"]),
                dueAt: Timestamp(milliseconds: $0["dueAt"]), isOpen: $0["isOpen"],
                cause: ($0["cause"] as String?).flatMap(BreachCause.init(rawValue:)),
                isAcknowledged: $0["isAcknowledged"])
        }
    }
}
