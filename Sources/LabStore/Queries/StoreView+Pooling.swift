internal import GRDB
package import LabDomain

/// The first readable test of a tube or first pool: what the prevalence is judged by.
package struct FirstReading: Hashable, Sendable {
    package let readAt: Timestamp
    package let risk: RiskClass
    package let kind: TestedKind
    /// People in the well.
    package let people: Int
    /// Whether it was found, grey or detected.
    package let wasFound: Bool
    /// Whether later tests showed that nobody in it was positive: the repeats of a single tube, the
    /// kept tubes of a pool, the people of a mixed tube who came again.
    package let isRefuted: Bool
    /// For a pool: the sizes that follow when it is found.
    package let below: [Int]

    /// A find counts until it is refuted: to leave out what is still being tested would forget the
    /// positives first.
    package var isPositive: Bool { wasFound && !isRefuted }
}

/// First readings that are alike.
package struct CountedReadings: Hashable, Sendable {
    package let risk: RiskClass
    package let kind: TestedKind
    /// People in each well.
    package let people: Int
    package let tests: Int
    package let positive: Int

    /// So many of them were positive.
    package init(risk: RiskClass, kind: TestedKind, people: Int, tests: Int, positive: Int) {
        (self.risk, self.kind, self.people) = (risk, kind, people)
        (self.tests, self.positive) = (tests, positive)
    }
}

/// A run that was read and not refused.
package struct ReadRun: Hashable, Sendable {
    package let id: RunID
    /// Its tests in which nothing was found.
    package let clear: Int
}

extension StoreView {
    /// Single tubes that wait for a first test and are in no pool, in the order of receipt.
    package func tubesToPool() throws -> [WaitingTube] {
        // Neighbours mostly come from one unit: its name is kept once.
        var unit = ""
        return try values(
            """
            SELECT q.tube, s.person, t.risk, t.receivedAt, t.collectedAt, t.unit, p.address,
                v.microlitres,
                EXISTS (SELECT 1 FROM recollection r WHERE r.newTube = q.tube) OR EXISTS
                    (SELECT 1 FROM recollection r WHERE r.person = s.person
                     AND r.state IN ('open', 'refused', 'not-found')) AS isRecollection,
                (SELECT min(k.dueAt) FROM clock k WHERE k.subject = q.tube
                 AND k.stoppedAt IS NULL AND k.pausedAt IS NULL) AS dueAt
            FROM request q INDEXED BY requestWaiting JOIN tube t ON t.barcode = q.tube
            JOIN specimen s ON s.tube = t.barcode JOIN person p ON p.id = s.person
            LEFT JOIN measurement v ON v.tube = q.tube
            WHERE q.state = 'waiting' AND q.purpose = 'routine' AND t.kind = 'single'
            ORDER BY t.receivedAt, q.tube
            """
        ) { row in
            let own: String = row[5]
            if own != unit { unit = own }
            return WaitingTube(
                tube: SingleTube(id: TubeID(row[0]), person: PersonID(row[1])),
                risk: RiskClass(rawValue: row[2]) ?? .key,
                receivedAt: Timestamp(milliseconds: row[3]),
                collectedAt: Timestamp(milliseconds: row[4]), unit: unit,
                household: try row.withUnsafeData(atIndex: 6) { data in
                    data?.withUnsafeBytes { AddressToken($0) }
                },
                measuredMicrolitres: row[7], isRecollection: row[8],
                dueAt: (row[9] as Int64?).map { Timestamp(milliseconds: $0) })
        }
    }

    /// What waits for a plate besides single tubes that may be pooled.
    ///
    /// The mixed tubes that wait for a first test, by risk class and people, and how many others
    /// for each kit.
    package func otherTestsWaiting() throws -> (
        mixed: [(risk: RiskClass, people: Int)], first: Int, second: Int
    ) {
        var mixed: [(risk: RiskClass, people: Int)] = []
        let waiting = try rows(
            """
            SELECT q.purpose = 'routine' AND t.kind IS 'mixed', t.risk,
                (SELECT count(*) FROM specimen s WHERE s.tube = t.barcode), q.kit = 'second'
            FROM request q LEFT JOIN tube t ON t.barcode = q.tube
            WHERE q.state = 'waiting' AND NOT (q.purpose = 'routine' AND t.kind IS 'single')
            """)
        for row in waiting where row[0] {
            mixed.append((RiskClass(rawValue: row[1]) ?? .key, row[2]))
        }
        let second = waiting.count { $0[3] }
        return (mixed, waiting.count - mixed.count - second, second)
    }

    /// The first readable tests of tubes and of pools that were not cut out of others, since an
    /// instant, up to another, and in the order of reading; all, or those that were found.
    ///
    /// Retests of pool members are left out, and tubes of people who were called back: they were
    /// chosen for being suspicious.
    package func firstReadings(
        since: Timestamp, until: Timestamp? = nil, onlyFound: Bool = false
    ) throws -> [FirstReading] {
        // A day of a city is many thousand readings: whatever most of them need not be asked for
        // is not. People are numbered within a tube, and only what was found can be refuted.
        try values(
            """
            SELECT u.readAt, coalesce(t.risk, p.risk), coalesce(t.kind, 'pool'),
                coalesce(p.size, (SELECT max(s.number) FROM specimen s WHERE s.tube = q.tube)),
                q.verdict <> 'not-detected', p.below,
                CASE
                WHEN q.verdict = 'not-detected' THEN 0
                WHEN p.id IS NOT NULL THEN p.state = 'unconfirmed'
                WHEN EXISTS (SELECT 1 FROM answer a WHERE a.tube = q.tube)
                    THEN (SELECT outcome = 'not-detected' FROM answer a WHERE a.tube = q.tube)
                ELSE EXISTS (SELECT 1 FROM recollection r WHERE r.tube = q.tube)
                    AND NOT EXISTS (
                        SELECT 1 FROM recollection r LEFT JOIN answer a ON a.tube = r.newTube
                        WHERE r.tube = q.tube AND r.state <> 'withdrawn'
                            AND a.outcome IS NOT 'not-detected')
                END
            FROM run u JOIN request q ON q.run = u.id
            LEFT JOIN tube t ON t.barcode = q.tube LEFT JOIN pool p ON p.id = q.pool
            WHERE u.readAt BETWEEN ?1 AND ?2 AND u.state IN ('valid', 'reviewed')
                AND q.verdict \(onlyFound ? "IN ('detected', 'grey')" : "<> 'invalid'")
                AND \(Self.isFirst)
            ORDER BY u.readAt, q.id
            """, [since.milliseconds, until?.milliseconds ?? .max]
        ) { row -> FirstReading? in
            guard let risk = RiskClass(rawValue: row[1]), let kind = TestedKind(rawValue: row[2])
            else { return nil }
            return FirstReading(
                readAt: Timestamp(milliseconds: row[0]), risk: risk, kind: kind, people: row[3],
                wasFound: row[4], isRefuted: row[6],
                below: (row[5] as String?).map(Self.sizes) ?? [])
        }.compactMap(\.self)
    }

    /// The runs that were read since an instant up to another.
    package func readRuns(since: Timestamp, until: Timestamp) throws -> [ReadRun] {
        try values(
            """
            SELECT u.id, (SELECT count(*) FROM request q
                WHERE q.run = u.id AND q.verdict = 'not-detected') AS clear
            FROM run u WHERE u.readAt BETWEEN ?1 AND ?2 AND u.state IN ('valid', 'reviewed')
            """, [since.milliseconds, until.milliseconds]
        ) { ReadRun(id: RunID($0["id"]), clear: $0["clear"]) }
    }

    /// How many runs were refused so far.
    package func refusedRuns() throws -> Int {
        try count("SELECT count(*) FROM run WHERE state = 'refused'")
    }

    /// The first readable tests of a run in which nothing was found, counted.
    package func clearReadings(of run: RunID) throws -> [CountedReadings] {
        try values(
            """
            SELECT coalesce(t.risk, p.risk) AS risk, coalesce(t.kind, 'pool') AS kind,
                coalesce(p.size, (SELECT max(s.number) FROM specimen s WHERE s.tube = q.tube))
                    AS people, count(*) AS tests
            FROM request q
            LEFT JOIN tube t ON t.barcode = q.tube LEFT JOIN pool p ON p.id = q.pool
            WHERE q.run = ? AND q.verdict = 'not-detected' AND \(Self.isFirst)
            GROUP BY 1, 2, 3
            """, [run.text]
        ) { row -> CountedReadings? in
            guard let risk = RiskClass(rawValue: row["risk"]),
                let kind = TestedKind(rawValue: row["kind"])
            else { return nil }
            return CountedReadings(
                risk: risk, kind: kind, people: row["people"], tests: row["tests"], positive: 0)
        }.compactMap(\.self)
    }

    /// Whether a request `q` of a tube `t` or a pool `p` is the first that counts.
    private static let isFirst = """
        q.purpose IN ('routine', 'repeat')
        AND p.parent IS NULL AND t.kind IS NOT 'environmental'
        AND (q.ordinal = 1 OR NOT EXISTS (
            SELECT 1 FROM request e WHERE (e.tube = q.tube OR e.pool = q.pool)
            AND e.ordinal < q.ordinal
            AND (e.purpose NOT IN ('routine', 'repeat')
                OR e.state = 'covered' OR e.verdict <> 'invalid')))
        AND NOT EXISTS (SELECT 1 FROM recollection r WHERE r.newTube = q.tube)
        """

    /// The sizes that a pool's row keeps as `[5,2]`.
    static func sizes(_ text: String) -> [Int] {
        text.split { !$0.isNumber }.compactMap { Int($0) }
    }
}
