internal import GRDB
package import LabDomain

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
    /// Tubes whose clock runs, with the test or answer that says where they are; all of them, or
    /// those that a condition names.
    private static func lyingTubes(_ condition: String = "") -> String {
        """
        WITH due(tube, dueAt) AS (
            SELECT subject, min(dueAt) FROM clock
            WHERE stoppedAt IS NULL AND pausedAt IS NULL AND kind = 'tube' \(condition)
            GROUP BY subject),
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
    }

    /// The tubes whose clock runs, one by one, with what `openTubes` groups them by.
    package func openTubeNames() throws -> [(tube: TubeID, place: OpenPlace)] {
        try places(Self.lyingTubes())
    }

    /// Where some tubes are whose clock runs; those of which none does are missing.
    package func openPlaces(of tubes: [TubeID]) throws -> [TubeID: OpenPlace] {
        var names = JSONText(capacity: 2 + tubes.count * 16)
        names.list(tubes) { $0.string($1.text) }
        let among = Self.lyingTubes("AND subject IN (SELECT value FROM json_each(?))")
        return Dictionary(
            try places(among, [String(decoding: names.bytes, as: UTF8.self)])
                .map { ($0.tube, $0.place) }
        ) { first, _ in first }
    }

    private func places(
        _ lying: String, _ arguments: StatementArguments = []
    ) throws -> [(tube: TubeID, place: OpenPlace)] {
        let sql: String = """
            \(lying)
            SELECT l.tube, l.box, coalesce(w.plate, l.answered) AS plate, l.isRetest, l.dueAt
            FROM lying l LEFT JOIN well w ON w.request = l.request
            """
        return try values(sql, arguments) { row in
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
            \(Self.lyingTubes())
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
