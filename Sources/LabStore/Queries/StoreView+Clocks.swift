internal import GRDB
package import LabDomain

/// The clocks of one rule and one batch, counted by what they say.
package struct ClockBatch: Hashable, Sendable {
    package let rule: String
    package let box: BoxID
    package let unit: String
    package let firstStart: Timestamp
    /// The clock whose limit comes first, of those that still run; of all when none does.
    package let next: Clock
    package let counts: [ClockStatus: Int]
}

/// One clock with its rule and its subject.
package struct RunningClock: Hashable, Sendable {
    package let rule: String
    package let starts: Moment
    package let stops: Moment
    package let subject: ClockSubject
    package let box: BoxID
    package let clock: Clock
}

extension StoreView {
    /// Clocks by rule and batch, the most pressing first.
    package func clockBatches(at now: Timestamp) throws -> [ClockBatch] {
        var batches: [String: (ClockBatch, running: Bool)] = [:]
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT c.*, (SELECT unit FROM tube t WHERE t.box = c.box LIMIT 1) AS unit
                FROM clock c ORDER BY c.rule, c.box, c.dueAt
                """)
        while let row = try rows.next() {
            let clock = Self.clock(row)
            let status = clock.status(at: now)
            let key = "\(row["rule"] as String)\u{1F}\(row["box"] as String)"
            let runs = clock.stoppedAt == nil && clock.pausedAt == nil
            let known = batches[key]
            var counts = known?.0.counts ?? [:]
            counts[status, default: 0] += 1
            let isNearer = known.map { runs && !$0.running } ?? true
            batches[key] = (
                ClockBatch(
                    rule: row["rule"], box: BoxID(row["box"]), unit: row["unit"] ?? "",
                    firstStart: min(clock.startedAt, known?.0.firstStart ?? clock.startedAt),
                    next: isNearer ? clock : known?.0.next ?? clock,
                    counts: counts), (known?.running ?? false) || runs
            )
        }
        return batches.values.map(\.0).sorted {
            (Self.pressure($0), $0.next.dueAt, $0.rule, $0.box)
                < (Self.pressure($1), $1.next.dueAt, $1.rule, $1.box)
        }
    }

    /// The clocks of some rule that have not stopped, of these subjects.
    package func runningClocks(of subjects: [ClockSubject]) throws -> [RunningClock] {
        try subjects.flatMap { subject in
            try rows("SELECT * FROM clock WHERE subject = ? AND stoppedAt IS NULL", [subject.text])
                .map { Self.clock($0, of: subject) }
        }
    }

    /// The clocks of a subject that came to rest at an instant, or stopped then by a moment.
    package func clocks(
        of subject: ClockSubject, endedAt at: Timestamp, by moment: Moment
    ) throws -> [RunningClock] {
        try rows(
            """
            SELECT * FROM clock WHERE subject = ?1
                AND ((stoppedAt = ?2 AND stoppedBy = ?3) OR (stoppedAt IS NULL AND pausedAt = ?2))
            ORDER BY rule
            """, [subject.text, at.milliseconds, moment.rawValue]
        ).map { Self.clock($0, of: subject) }
    }

    /// All clocks of one rule and box, stopped or not.
    package func clocks(of rule: String, in box: BoxID) throws -> [Clock] {
        try rows("SELECT * FROM clock WHERE box = ? AND rule = ?", [box.text, rule])
            .map(Self.clock)
    }

    /// What was told of breaches: the cause that was given last, by box and rule.
    package func breachCauses() throws -> [BoxID: [String: BreachCause]] {
        var causes: [BoxID: [String: BreachCause]] = [:]
        for row in try rows("SELECT box, rule, cause FROM breachCause") {
            causes[BoxID(row["box"]), default: [:]][row["rule"]] = BreachCause(
                rawValue: row["cause"])
        }
        return causes
    }

    /// The longest time from receipt to release so far, of everything that is released.
    package func slowestFeedback() throws -> (tube: TubeID, span: Span)? {
        try row(
            """
            SELECT a.tube, a.releasedAt - t.receivedAt AS span FROM answer a
            JOIN tube t ON t.barcode = a.tube WHERE a.state = 'released'
            ORDER BY span DESC, a.tube LIMIT 1
            """
        ).map { (TubeID($0["tube"]), Span(milliseconds: $0["span"])) }
    }

    private static func pressure(_ batch: ClockBatch) -> Int {
        if batch.counts[.late] != nil { return 0 }
        if batch.counts[.due] != nil { return 1 }
        return batch.counts[.awaitingDelivery] != nil ? 2 : 3
    }

    private static func clock(_ row: Row, of subject: ClockSubject) -> RunningClock {
        RunningClock(
            rule: row["rule"], starts: Moment(rawValue: row["starts"]) ?? .received,
            stops: Moment(rawValue: row["stops"]) ?? .delivered, subject: subject,
            box: BoxID(row["box"]), clock: clock(row))
    }

    static func clock(_ row: Row) -> Clock {
        Clock(
            startedAt: Timestamp(milliseconds: row["startedAt"]),
            dueAt: Timestamp(milliseconds: row["dueAt"]),
            pausedAt: (row["pausedAt"] as Int64?).map { Timestamp(milliseconds: $0) },
            stoppedAt: (row["stoppedAt"] as Int64?).map { Timestamp(milliseconds: $0) })
    }
}
