internal import GRDB
package import LabDomain

/// One test of a tube, or of a pool that it was in, with what its well read.
package struct ReadTest: Hashable, Sendable {
    /// The tube's barcode or the pool's identifier.
    package let subject: String
    package let purpose: Purpose
    package let kit: KitRole
    package var readings: [Reading]
}

/// Tests beyond the first whose outcome an answer waits for.
package struct FurtherTests: Hashable, Sendable {
    /// How many of one kind there are.
    package struct Count: Hashable, Sendable {
        /// Whether the second kit proves a positive; else a retest or a repeat.
        package let isConfirmation: Bool
        /// Whether it stands on a plate that waits for its run.
        package let isOnPlate: Bool
        package let tests: Int
    }

    package let counts: [Count]

    /// The counts of those kinds of which there are some.
    package init(_ counts: [Count]) {
        self.counts = counts
    }
}

extension StoreView {
    /// Confirmations, retests and repeats that no run has read yet: those on the way to a plate,
    /// and those on one.
    package func furtherTests() throws -> FurtherTests {
        FurtherTests(
            try values(
                """
                SELECT purpose = 'confirmation' AS isConfirmation, state = 'plated' AS isOnPlate,
                    count(*) AS n
                FROM (SELECT purpose, state FROM request
                        WHERE state = 'waiting' AND purpose <> 'routine'
                    UNION ALL SELECT q.purpose, q.state FROM plate p
                        JOIN well w ON w.plate = p.id JOIN request q ON q.id = w.request
                        WHERE p.state = 'laid-out' AND q.state = 'plated'
                        AND q.purpose <> 'routine')
                GROUP BY 1, 2 ORDER BY 1 DESC, 2
                """
            ) { row in
                FurtherTests.Count(
                    isConfirmation: row["isConfirmation"], isOnPlate: row["isOnPlate"],
                    tests: row["n"])
            })
    }

    /// The valid tests that led to one, the earliest first, and that one itself.
    func testsRead(upTo request: RequestID) throws -> [ReadTest] {
        try rows(
            """
            WITH RECURSIVE chain(id, depth) AS (SELECT ?1, 0
                UNION ALL SELECT q.cause, depth + 1 FROM chain JOIN request q ON q.id = chain.id
                WHERE q.cause IS NOT NULL)
            SELECT coalesce(q.tube, q.pool) AS subject, q.purpose, q.kit, q.run, w.position
            FROM chain JOIN request q ON q.id = chain.id JOIN run u ON u.id = q.run
            JOIN well w ON w.request = q.id AND w.plate = u.plate
            WHERE q.verdict <> 'invalid' ORDER BY depth DESC
            """, [request.text]
        ).compactMap { row in
            guard let purpose = Purpose(rawValue: row["purpose"]),
                let kit = KitRole(rawValue: row["kit"]),
                let well = WellPosition(text: row["position"])
            else { return nil }
            return ReadTest(
                subject: row["subject"], purpose: purpose, kit: kit,
                readings: try readings(of: row["run"], at: well.description))
        }
    }
}
