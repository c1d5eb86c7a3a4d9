internal import GRDB
package import LabDomain

/// When a tube passed each moment of its way; nil where it has not, or nobody wrote it down.
package struct TubeTimes: Hashable, Sendable {
    package let tube: TubeID
    package let box: BoxID
    package let unit: String
    package let risk: String
    /// When the test was asked for: its manifest was registered.
    package let requested: Timestamp
    package let collected: Timestamp
    package let received: Timestamp
    /// Laid out on a plate for the first time, alone or in a pool.
    package let tested: Timestamp?
    package let result: Timestamp?
    package let validated: Timestamp?
    package let released: Timestamp?
}

/// Tubes without a released result that are at one place and due together.
package struct OpenTubes: Hashable, Sendable {
    package let box: BoxID
    package let unit: String
    /// The plate that their test is on, or the one whose run gave their answer.
    package let plate: PlateID?
    /// Whether they are tested again.
    package let isRetest: Bool
    package let received: Timestamp
    package let due: Timestamp
    package let count: Int
}

/// What tubes have in common that are at one place and due within the same quarter of an hour.
package struct OpenPlace: Hashable, Sendable {
    package let box: BoxID
    package let plate: PlateID?
    package let isRetest: Bool
    /// Quarters of an hour since 1970.
    private let quarter: Int64

    /// A place with a limit.
    package init(box: BoxID, plate: PlateID?, isRetest: Bool, due: Timestamp) {
        self.box = box
        self.plate = plate
        self.isRetest = isRetest
        quarter = due.milliseconds / 900_000
    }
}

/// A plate and when it passed each moment.
package struct PlateTimes: Hashable, Sendable {
    package let plate: PlateID
    package let laidOut: Timestamp
    package let read: Timestamp?
    package let reviewed: Timestamp?
    package let samples: Int
}

extension StoreView {
    /// The times of every tube that was received in a period, in the order of receipt.
    package func tubeTimes(from first: Timestamp, to last: Timestamp) throws -> [TubeTimes] {
        try values(
            """
            SELECT t.barcode, t.box, t.unit, t.risk, m.registeredAt, t.collectedAt, t.receivedAt,
                a.reachedAt, a.releasedAt, r.reviewedAt,
                min(
                    coalesce((SELECT min(p.laidOutAt) FROM request q
                        JOIN well w ON w.request = q.id JOIN plate p ON p.id = w.plate
                        WHERE q.tube = t.barcode), 9e18),
                    coalesce((SELECT min(p.laidOutAt) FROM poolMember b
                        JOIN request q ON q.pool = b.pool
                        JOIN well w ON w.request = q.id JOIN plate p ON p.id = w.plate
                        WHERE b.tube = t.barcode), 9e18)) AS testedAt
            FROM tube t JOIN manifest m ON m.id = t.manifest
            LEFT JOIN answer a ON a.tube = t.barcode LEFT JOIN run r ON r.id = a.run
            WHERE t.receivedAt >= ?1 AND t.receivedAt < ?2
            ORDER BY t.receivedAt, t.barcode
            """, [first.milliseconds, last.milliseconds]
        ) { row in
            func time(_ column: String) -> Timestamp? {
                (row[column] as Int64?).map { Timestamp(milliseconds: $0) }
            }
            let tested = (row["testedAt"] as Double?) ?? 9e18
            return TubeTimes(
                tube: TubeID(row["barcode"]), box: BoxID(row["box"]), unit: row["unit"],
                risk: row["risk"], requested: Timestamp(milliseconds: row["registeredAt"]),
                collected: Timestamp(milliseconds: row["collectedAt"]),
                received: Timestamp(milliseconds: row["receivedAt"]),
                tested: tested < 8e18 ? Timestamp(milliseconds: Int64(tested)) : nil,
                result: time("reachedAt"), validated: time("reviewedAt"),
                released: time("releasedAt"))
        }
    }

    /// Tubes whose clock runs, with the test or answer that says where they are.
    private static let lyingTubes = """
        WITH due(tube, dueAt) AS (
            SELECT subject, min(dueAt) FROM clock
            WHERE stoppedAt IS NULL AND pausedAt IS NULL AND kind = 'tube' GROUP BY subject),
        lying(tube, box, unit, receivedAt, dueAt, request, isRetest, answered) AS (
            SELECT t.barcode, t.box, t.unit, t.receivedAt, due.dueAt,
                coalesce(pq.id, q.id), coalesce(q.purpose, 'routine') <> 'routine', r.plate
            FROM due JOIN tube t ON t.barcode = due.tube
            LEFT JOIN request q ON q.tube = t.barcode
                AND q.state IN ('waiting', 'pooled', 'plated')
            LEFT JOIN poolMember b ON b.tube = t.barcode AND b.isOpen = 1
            LEFT JOIN request pq ON pq.pool = b.pool
                AND pq.state IN ('waiting', 'pooled', 'plated')
            LEFT JOIN answer a ON a.tube = t.barcode LEFT JOIN run r ON r.id = a.run
            WHERE t.receivedAt IS NOT NULL AND t.state IN ('received', 'resolved'))
        """

    /// The tubes whose clock runs, one by one, with what `openTubes` groups them by.
    package func openTubeNames() throws -> [(tube: TubeID, place: OpenPlace)] {
        let sql: String = """
            \(Self.lyingTubes)
            SELECT l.tube, l.box, coalesce(w.plate, l.answered) AS plate, l.isRetest, l.dueAt
            FROM lying l LEFT JOIN well w ON w.request = l.request
            """
        return try values(sql) { row in
            (
                TubeID(row["tube"]),
                OpenPlace(
                    box: BoxID(row["box"]), plate: (row["plate"] as String?).map { PlateID($0) },
                    isRetest: row["isRetest"], due: Timestamp(milliseconds: row["dueAt"]))
            )
        }
    }

    /// Tubes whose clock runs, by box, plate and limit; limits within a quarter of an hour stand
    /// together under the first of them, or tubes that were scanned one by one would each be alone.
    package func openTubes() throws -> [OpenTubes] {
        let sql: String = """
            \(Self.lyingTubes)
            SELECT l.box, l.unit, coalesce(w.plate, l.answered) AS plate, l.isRetest,
                min(l.receivedAt) AS receivedAt, min(l.dueAt) AS dueAt, count(*) AS tubes
            FROM lying l LEFT JOIN well w ON w.request = l.request
            GROUP BY l.box, plate, l.isRetest, l.dueAt / 900000
            ORDER BY receivedAt, l.box, plate, dueAt
            """
        return try values(sql) { row in
            OpenTubes(
                box: BoxID(row["box"]), unit: row["unit"],
                plate: (row["plate"] as String?).map { PlateID($0) }, isRetest: row["isRetest"],
                received: Timestamp(milliseconds: row["receivedAt"]),
                due: Timestamp(milliseconds: row["dueAt"]), count: row["tubes"])
        }
    }

    /// The plates that were laid out since a time and not abandoned, in that order.
    package func plateTimes(since: Timestamp) throws -> [PlateTimes] {
        try values(
            """
            SELECT p.id, p.laidOutAt, r.readAt, r.reviewedAt,
                (SELECT count(*) FROM well w WHERE w.plate = p.id AND w.request IS NOT NULL)
                    AS samples
            FROM plate p LEFT JOIN run r ON r.plate = p.id
            WHERE p.state <> 'abandoned' AND p.laidOutAt >= ? ORDER BY p.laidOutAt, p.id
            """, [since.milliseconds]
        ) { row in
            PlateTimes(
                plate: PlateID(row["id"]), laidOut: Timestamp(milliseconds: row["laidOutAt"]),
                read: (row["readAt"] as Int64?).map { Timestamp(milliseconds: $0) },
                reviewed: (row["reviewedAt"] as Int64?).map { Timestamp(milliseconds: $0) },
                samples: row["samples"])
        }
    }
}
