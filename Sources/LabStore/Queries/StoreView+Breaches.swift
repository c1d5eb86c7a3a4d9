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
}

extension StoreView {
    /// What was not kept of the limits in a period, the newest first.
    package func breaches(
        from first: Timestamp, to last: Timestamp, at now: Timestamp, most: Int
    ) throws -> [BreachedBatch] {
        try values(
            """
            SELECT c.box, c.rule, count(*) AS late, max(over) AS worst, min(dueAt) AS dueAt,
                max(isOpen) AS isOpen, b.cause
            FROM (
                SELECT box, rule, dueAt, stoppedAt - dueAt AS over, 0 AS isOpen FROM clock
                WHERE stoppedAt > dueAt AND dueAt >= ?1 AND dueAt < ?2
                UNION ALL
                SELECT box, rule, dueAt, coalesce(pausedAt, ?3) - dueAt, 1 FROM clock
                WHERE stoppedAt IS NULL AND dueAt >= ?1 AND dueAt < ?2
                    AND coalesce(pausedAt, ?3) > dueAt) c
            LEFT JOIN breachCause b ON b.box = c.box AND b.rule = c.rule
            GROUP BY c.box, c.rule ORDER BY dueAt DESC, c.box, c.rule LIMIT ?4
            """, [first.milliseconds, last.milliseconds, now.milliseconds, most]
        ) {
            BreachedBatch(
                rule: $0["rule"], box: BoxID($0["box"]), late: $0["late"],
                worst: Span(milliseconds: $0["worst"]),
                dueAt: Timestamp(milliseconds: $0["dueAt"]), isOpen: $0["isOpen"],
                cause: ($0["cause"] as String?).flatMap(BreachCause.init(rawValue:)))
        }
    }
}
