internal import GRDB
package import LabDomain

/// A specimen of a sending unit as far as it has come; details still sealed.
package struct FeedbackSpecimen: Sendable {
    package let tube: TubeID
    package let kind: TubeKind
    package let box: BoxID
    /// Whose it is, with their sealed details; nil for a swab of the environment.
    package let person: (id: PersonID, details: Bytes)?
    /// Where the environment was swabbed; empty for a person.
    package let place: String
    package let collectedAt: Timestamp
    package let receivedAt: Timestamp?
    /// By when it is answered at the latest, by the clocks that run for it.
    package let dueAt: Timestamp?
    package let releasedAt: Timestamp?
    /// The result, once it is released.
    package let outcome: Outcome?
    /// Whether the person is to be swabbed again.
    package let isCalledBack: Bool
    package let isRejected: Bool
}

extension StoreView {
    /// A unit's specimens that were taken in a span of time, by barcode and place in the tube.
    package func feedback(
        of unit: String, from: Timestamp?, until: Timestamp?
    ) throws -> [FeedbackSpecimen] {
        try rows(
            """
            SELECT t.barcode, t.kind, t.box, t.place, t.collectedAt, t.receivedAt, t.state,
                s.person, p.details, a.outcome, a.releasedAt,
                EXISTS (SELECT 1 FROM recollection r WHERE r.tube = t.barcode
                    AND r.person = s.person AND r.state <> 'withdrawn') AS isCalledBack,
                (SELECT min(c.dueAt) FROM clock c WHERE c.subject = t.barcode
                    AND c.stoppedAt IS NULL AND c.pausedAt IS NULL) AS dueAt
            FROM tube t LEFT JOIN specimen s ON s.tube = t.barcode
            LEFT JOIN person p ON p.id = s.person
            LEFT JOIN answer a ON a.tube = t.barcode AND a.state = 'released'
                AND NOT EXISTS (SELECT 1 FROM amendment m WHERE m.tube = t.barcode
                    AND m.person = s.person AND m.state = 'accepted' AND m.outcome IS NULL)
            WHERE t.unit = ?1 AND (?2 IS NULL OR t.collectedAt >= ?2)
                AND (?3 IS NULL OR t.collectedAt < ?3)
            ORDER BY t.barcode, s.number
            """, [unit, from?.milliseconds, until?.milliseconds]
        ).compactMap(specimen)
    }

    /// Whether any tube is of a unit of this name.
    package func knows(unit: String) throws -> Bool {
        try row("SELECT 1 FROM tube WHERE unit = ? LIMIT 1", [unit]) != nil
    }

    private func specimen(_ row: Row) -> FeedbackSpecimen? {
        guard let kind = TubeKind(rawValue: row["kind"]) else { return nil }
        let person = (row["person"] as String?).flatMap { person in
            (row["details"] as Data?).map { (PersonID(person), Bytes([UInt8]($0))) }
        }
        func instant(_ column: String) -> Timestamp? {
            (row[column] as Int64?).map { Timestamp(milliseconds: $0) }
        }
        return FeedbackSpecimen(
            tube: TubeID(row["barcode"]), kind: kind, box: BoxID(row["box"]), person: person,
            place: (row["place"] as String?) ?? "",
            collectedAt: Timestamp(milliseconds: row["collectedAt"]),
            receivedAt: instant("receivedAt"), dueAt: instant("dueAt"),
            releasedAt: instant("releasedAt"),
            outcome: (row["outcome"] as String?).flatMap(Outcome.init(rawValue:)),
            isCalledBack: row["isCalledBack"], isRejected: row["state"] as String == "rejected")
    }
}
