internal import GRDB
package import LabDomain

/// A released answer of one person with everything that a report needs; details still sealed.
package struct ReleasedAnswer: Hashable, Sendable {
    package let tube: TubeID
    package let kind: TubeKind
    /// People in the mixed tube, 1 for a single one.
    package let peopleInTube: Int
    /// The pool whose test gave the answer, and its size; nil when the tube was tested itself.
    package let pool: PoolID?
    package let poolSize: Int?
    package let person: PersonID
    /// The person's place in the tube, from 1.
    package let place: Int
    package let details: Bytes
    package let unit: String
    package let site: String
    package let collectedAt: Timestamp
    package let receivedAt: Timestamp
    package let testedAt: Timestamp
    package let releasedAt: Timestamp
    package let outcome: Outcome
    package let assay: String
    package let enteredBy: String
    package let reviewedBy: String
    /// The hash of the message that was written before; nil when none was.
    package let messageHash: Bytes?
    /// The channels of the deciding well.
    package let readings: [Reading]
    /// Whether the outcome is another one than the deciding well's.
    package let isCorrected: Bool
    /// Whether the result was found to be another person's.
    package let isWithdrawn: Bool
}

extension StoreView {
    /// The released answer of everybody in a tube, withdrawn ones too.
    package func releasedAnswers(of tube: TubeID) throws -> [ReleasedAnswer] {
        try rows(
            Self.released + "WHERE a.state = 'released' AND a.tube = ? ORDER BY s.number",
            [tube.text]
        ).compactMap(unreported)
    }

    /// Whether the answer `a` was found to be another person's than `s` names.
    static let isWithdrawn = """
        EXISTS (SELECT 1 FROM amendment m WHERE m.tube = a.tube AND m.person = s.person
            AND m.state = 'accepted' AND m.outcome IS NULL)
        """

    static let released = """
        SELECT a.tube, t.kind, q.pool, l.size AS poolSize, s.person, s.number, p.details,
            t.unit, t.site,
            t.collectedAt, t.receivedAt, u.readAt, a.releasedAt, a.outcome, e.assay,
            u.enteredBy, u.reviewedBy, a.run, w.position,
            (SELECT r.hash FROM report r WHERE r.tube = a.tube AND r.person = s.person)
                AS messageHash,
            (SELECT count(*) FROM specimen x WHERE x.tube = a.tube) AS people,
            a.outcome <> q.verdict AS isCorrected, \(isWithdrawn) AS isWithdrawn
        FROM answer a JOIN tube t ON t.barcode = a.tube JOIN specimen s ON s.tube = a.tube
        JOIN person p ON p.id = s.person JOIN run u ON u.id = a.run
        JOIN plate e ON e.id = u.plate JOIN request q ON q.id = a.request
        JOIN well w ON w.request = q.id LEFT JOIN pool l ON l.id = q.pool

        """

    /// The members of the laboratory pools that a run found positive, each of whom waits for a
    /// test of their own.
    package func membersFoundInPools(by run: RunID) throws -> [ReleasedAnswer] {
        try rows(
            """
            SELECT m.tube, t.kind, q.pool, l.size AS poolSize, s.person, s.number, p.details,
                t.unit, t.site,
                t.collectedAt, t.receivedAt, u.readAt, u.reviewedAt AS releasedAt,
                'not-detected' AS outcome, e.assay, u.enteredBy, u.reviewedBy, u.id AS run,
                w.position, NULL AS messageHash, 1 AS people, 0 AS isCorrected, 0 AS isWithdrawn
            FROM request q JOIN run u ON u.id = q.run JOIN plate e ON e.id = u.plate
            JOIN well w ON w.request = q.id JOIN pool l ON l.id = q.pool
            JOIN poolMember m ON m.pool = l.id JOIN tube t ON t.barcode = m.tube
            JOIN specimen s ON s.tube = m.tube JOIN person p ON p.id = s.person
            WHERE q.run = ? AND q.verdict = 'detected' AND l.size > 1 AND u.state = 'reviewed'
                AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.tube = m.tube)
            ORDER BY m.pool, m.number
            """, [run.text]
        ).compactMap(unreported)
    }

    /// Whether a report is recorded for a person of a tube.
    package func isReported(_ tube: TubeID, _ person: PersonID) throws -> Bool {
        try row("SELECT 1 FROM report WHERE tube = ? AND person = ?", [tube.text, person.text])
            != nil
    }

    /// How many released answers of the environment there are: they go out by other ways.
    package func releasedEnvironmentalAnswers() throws -> Int {
        try count(
            """
            SELECT count(*) FROM answer a JOIN tube t ON t.barcode = a.tube
            WHERE a.state = 'released' AND t.kind = 'environmental'
            """)
    }

    /// Tubes of a box whose feedback is complete and not yet known to be delivered: each is
    /// released, or its people are called back; for a unit those of its own.
    package func undelivered(
        in box: BoxID, of scope: Scope
    ) throws -> (ready: [TubeID], waiting: Int) {
        let ready = try rows(
            """
            SELECT t.barcode FROM tube t WHERE t.box = ?1 AND (?2 IS NULL OR t.unit = ?2) AND (
                EXISTS (SELECT 1 FROM answer a WHERE a.tube = t.barcode AND a.state = 'released')
                OR t.state = 'rejected'
                OR (t.state = 'resolved'
                    AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.tube = t.barcode)
                    AND NOT EXISTS (SELECT 1 FROM request q JOIN run u ON u.id = q.run
                                    WHERE q.tube = t.barcode AND u.state = 'valid')))
            AND t.deliveredAt IS NULL
            ORDER BY t.barcode
            """, [box.text, scope.unit]
        ).map { TubeID($0["barcode"]) }
        let waiting = try count(
            """
            SELECT count(*) FROM tube t WHERE t.box = ?1 AND (?2 IS NULL OR t.unit = ?2)
            AND (t.state IN ('expected', 'received')
                OR EXISTS (SELECT 1 FROM answer a WHERE a.tube = t.barcode
                           AND a.state <> 'released')
                OR EXISTS (SELECT 1 FROM request q JOIN run u ON u.id = q.run
                           WHERE q.tube = t.barcode AND u.state = 'valid'))
            """, [box.text, scope.unit])
        return (ready, waiting)
    }

    func unreported(_ row: Row) throws -> ReleasedAnswer? {
        guard let kind = TubeKind(rawValue: row["kind"]),
            let outcome = Outcome(rawValue: row["outcome"])
        else { return nil }
        return ReleasedAnswer(
            tube: TubeID(row["tube"]), kind: kind, peopleInTube: row["people"],
            pool: (row["pool"] as String?).map { PoolID($0) }, poolSize: row["poolSize"],
            person: PersonID(row["person"]), place: row["number"],
            details: Bytes([UInt8](row["details"] as Data)),
            unit: row["unit"], site: row["site"],
            collectedAt: Timestamp(milliseconds: row["collectedAt"]),
            receivedAt: Timestamp(milliseconds: row["receivedAt"]),
            testedAt: Timestamp(milliseconds: row["readAt"]),
            releasedAt: Timestamp(milliseconds: row["releasedAt"]), outcome: outcome,
            assay: row["assay"], enteredBy: row["enteredBy"],
            reviewedBy: (row["reviewedBy"] as String?) ?? "",
            messageHash: (row["messageHash"] as Data?).map { Bytes([UInt8]($0)) },
            readings: try readings(of: row["run"], at: row["position"]),
            isCorrected: row["isCorrected"],
            isWithdrawn: row["isWithdrawn"])
    }
}
