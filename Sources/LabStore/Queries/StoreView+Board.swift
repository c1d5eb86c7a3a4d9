internal import GRDB
package import LabDomain

/// The clocks of one rule and batch that have not stopped.
package struct OpenBatch: Hashable, Sendable {
    package let rule: String
    package let box: BoxID
    /// The clock whose limit comes first, of those that still run; of all when none does.
    package let next: Clock
    package let running: Int
    package let late: Int
    package let awaitingDelivery: Int
}

/// What else a board tells of the clocks of one rule and batch.
package struct BatchDetail: Hashable, Sendable {
    /// Why the clocks were not kept, as it was told last.
    package struct Explained: Hashable, Sendable {
        package let cause: BreachCause
        package let note: String
        package let by: String
    }

    package let unit: String
    package let starts: Moment
    package let stops: Moment
    package let closedInTime: Int
    package let closedLate: Int
    package let explained: Explained?
}

/// A plate that waits for its run or for its review.
package struct OpenPlate: Hashable, Sendable {
    package let plate: PlateID
    package let kit: KitRole
    package let isRead: Bool
    /// When it was laid out or read.
    package let since: Timestamp
    package let samples: Int
    /// The rule and the clock of its samples whose limit comes first; nil when none runs.
    package let rule: String?
    package let next: Clock?
}

extension StoreView {
    /// The number of the last fact: it changes whenever anything was done.
    package func lastFact() throws -> Int { try count("SELECT max(number) FROM fact") }

    /// Open clocks by batch and rule, in no order; stopped ones are not read.
    package func openBatches(at now: Timestamp) throws -> [OpenBatch] {
        // SQLite takes the plain columns from the row of the one min(): the running clock whose
        // limit comes first, because those that rest count as far away.
        try values(
            """
            SELECT box, rule, startedAt, dueAt, pausedAt,
                sum(pausedAt IS NULL AND dueAt >= ?1) AS running,
                sum(coalesce(pausedAt, ?1) > dueAt) AS late,
                sum(pausedAt IS NOT NULL AND pausedAt <= dueAt) AS awaiting,
                min(dueAt + (pausedAt IS NOT NULL) * 1000000000000000) AS nearest
            FROM clock WHERE stoppedAt IS NULL GROUP BY box, rule
            """, [now.milliseconds]
        ) { row in
            // By place: looking up names takes as long as the question, of thousands of rows.
            OpenBatch(
                rule: row[1], box: BoxID(row[0]),
                next: Clock(
                    startedAt: Timestamp(milliseconds: row[2]),
                    dueAt: Timestamp(milliseconds: row[3]),
                    pausedAt: (row[4] as Int64?).map { Timestamp(milliseconds: $0) },
                    stoppedAt: nil),
                running: row[5], late: row[6], awaitingDelivery: row[7])
        }
    }

    /// Batches all of whose clocks of a rule have stopped, some of them late, and nobody told why.
    package func unexplainedBatches(most: Int) throws -> [(rule: String, box: BoxID)] {
        try values(
            """
            SELECT DISTINCT c.box, c.rule FROM clock c WHERE c.stoppedAt > c.dueAt
                AND NOT EXISTS (SELECT 1 FROM breachCause b
                    WHERE b.box = c.box AND b.rule = c.rule)
                AND NOT EXISTS (SELECT 1 FROM clock o
                    WHERE o.box = c.box AND o.rule = c.rule AND o.stoppedAt IS NULL)
            ORDER BY c.box, c.rule LIMIT ?
            """, [most]
        ) { ($0["rule"], BoxID($0["box"])) }
    }

    /// What else is known of the clocks of one rule and batch; nil when there are none.
    package func batchDetail(rule: String, box: BoxID) throws -> BatchDetail? {
        try row(
            """
            SELECT count(*) AS clocks, starts, stops, b.cause, b.note, b.by,
                (SELECT unit FROM tube t WHERE t.box = ?1 LIMIT 1) AS unit,
                coalesce(sum(stoppedAt <= dueAt), 0) AS inTime,
                coalesce(sum(stoppedAt > dueAt), 0) AS late
            FROM clock c LEFT JOIN breachCause b ON b.box = ?1 AND b.rule = ?2
            WHERE c.box = ?1 AND c.rule = ?2
            """, [box.text, rule]
        ).flatMap { row in
            guard row["clocks"] > 0 else { return nil }
            return BatchDetail(
                unit: row["unit"] ?? "", starts: Moment(rawValue: row["starts"]) ?? .received,
                stops: Moment(rawValue: row["stops"]) ?? .delivered,
                closedInTime: row["inTime"], closedLate: row["late"],
                explained: (row["cause"] as String?).flatMap(BreachCause.init(rawValue:)).map {
                    BatchDetail.Explained(cause: $0, note: row["note"], by: row["by"])
                })
        }
    }

    /// The plates that wait for their run or their review, the oldest first.
    package func openPlates(most: Int) throws -> [OpenPlate] {
        try rows(
            """
            SELECT id, kit, laidOutAt AS since, 0 AS isRead FROM plate WHERE state = 'laid-out'
            UNION ALL
            SELECT p.id, p.kit, r.readAt, 1 FROM run r JOIN plate p ON p.id = r.plate
            WHERE r.state = 'valid'
            ORDER BY since, id LIMIT ?
            """, [most]
        ).map { row in
            let plate = PlateID(row["id"])
            let next = try nextClock(on: plate)
            return OpenPlate(
                plate: plate, kit: KitRole(rawValue: row["kit"]) ?? .first, isRead: row["isRead"],
                since: Timestamp(milliseconds: row["since"]),
                samples: try count(
                    "SELECT count(*) FROM well WHERE plate = ? AND request IS NOT NULL",
                    [plate.text]),
                rule: next?.rule, next: next?.clock)
        }
    }

    /// The running clock whose limit comes first, of the tubes on a plate and of those in its
    /// pools.
    ///
    /// By its tubes: left to itself SQLite walks over every running clock for each plate.
    private func nextClock(on plate: PlateID) throws -> (rule: String, clock: Clock)? {
        try row(
            """
            WITH lying(tube, pool) AS (
                SELECT q.tube, q.pool FROM well w JOIN request q ON q.id = w.request
                WHERE w.plate = ?),
            sample(tube) AS (
                SELECT tube FROM lying WHERE tube IS NOT NULL
                UNION SELECT m.tube FROM lying JOIN poolMember m ON m.pool = lying.pool)
            SELECT c.rule, c.startedAt, min(c.dueAt) AS dueAt, c.pausedAt, c.stoppedAt
            FROM sample s CROSS JOIN clock c INDEXED BY clockOpenByTube
            WHERE c.subject = s.tube AND c.stoppedAt IS NULL AND c.pausedAt IS NULL
                AND c.kind = 'tube'
            """, [plate.text]
        ).flatMap { row in
            (row["rule"] as String?).map { ($0, Self.clock(row)) }
        }
    }
}
