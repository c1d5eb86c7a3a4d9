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
    /// Whether it is neither answered nor rejected: its times will change.
    package let isAtWork: Bool
}

/// How many tubes were received in a period, and how many of them are at work still.
package struct ReceivedCount: Hashable, Sendable {
    package let tubes: Int
    package let atWork: Int
}

extension StoreView {
    /// How many tubes were received in a period; read from indexes alone.
    package func receivedCount(from first: Timestamp, to last: Timestamp) throws -> ReceivedCount {
        let period: StatementArguments = [first.milliseconds, last.milliseconds]
        return ReceivedCount(
            tubes: try count(
                "SELECT count(*) FROM tube WHERE receivedAt >= ? AND receivedAt < ?", period),
            atWork: try count(
                """
                SELECT count(*) FROM tube
                WHERE receivedAt >= ? AND receivedAt < ? AND state = 'received'
                """, period))
    }

    /// The times of every tube that was received in a period, in the order of receipt.
    package func tubeTimes(from first: Timestamp, to last: Timestamp) throws -> [TubeTimes] {
        // Columns are taken by place: a city's days have hundreds of thousands of rows.
        let rows = try Row.fetchCursor(
            database, sql: Self.timesOfTubes, arguments: [first.milliseconds, last.milliseconds])
        var names = SharedNames()
        var found: [TubeTimes] = []
        while let row = try rows.next() {
            func time(_ column: Int) -> Timestamp? {
                (row[column] as Int64?).map { Timestamp(milliseconds: $0) }
            }
            let tested = [time(10), time(11)].compactMap(\.self).min()
            found.append(
                TubeTimes(
                    tube: TubeID(row[0]), box: BoxID(names.one(row[1])), unit: names.one(row[2]),
                    risk: names.one(row[3]), requested: Timestamp(milliseconds: row[4]),
                    collected: Timestamp(milliseconds: row[5]),
                    received: Timestamp(milliseconds: row[6]), tested: tested, result: time(7),
                    validated: time(9), released: time(8), isAtWork: row[12]))
        }
        return found
    }

    private static let timesOfTubes = """
        SELECT t.barcode, t.box, t.unit, t.risk, m.registeredAt, t.collectedAt, t.receivedAt,
            a.reachedAt, a.releasedAt, r.reviewedAt,
            (SELECT min(p.laidOutAt) FROM request q
                JOIN well w ON w.request = q.id JOIN plate p ON p.id = w.plate
                WHERE q.tube = t.barcode),
            (SELECT min(p.laidOutAt) FROM poolMember b
                JOIN request q ON q.pool = b.pool
                JOIN well w ON w.request = q.id JOIN plate p ON p.id = w.plate
                WHERE b.tube = t.barcode),
            t.state = 'received' OR (a.run IS NOT NULL AND r.reviewedAt IS NULL)
        FROM tube t JOIN manifest m ON m.id = t.manifest
        LEFT JOIN answer a ON a.tube = t.barcode LEFT JOIN run r ON r.id = a.run
        WHERE t.receivedAt >= ?1 AND t.receivedAt < ?2
        ORDER BY t.receivedAt, t.barcode
        """
}

/// One string for each name: many tubes come from one unit, in one box.
private struct SharedNames {
    private var known: Set<String> = []

    mutating func one(_ name: String) -> String { known.insert(name).memberAfterInsert }
}
