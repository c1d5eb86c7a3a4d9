internal import GRDB
package import LabDomain

/// A run as it is kept.
package struct StoredRun: Hashable, Sendable {
    /// How far a run has come.
    package enum State: String, CaseIterable, Hashable, Sendable, Codable {
        case valid
        case invalid
        case reviewed
        case refused
    }

    package let id: RunID
    package let plate: PlateID
    package let state: State
    package let enteredBy: String
    package let readAt: Timestamp
    package let reviewedBy: String?
}

/// An answer on its way out of the laboratory.
package struct StoredAnswer: Hashable, Sendable {
    package let tube: TubeID
    package let box: BoxID
    package let kind: TubeKind
    package let outcome: Outcome
    package let state: AnswerState
    package let run: RunID
    package let plate: PlateID
    package let enteredBy: String
    package let people: Int
    /// Whether a run that led to the deciding one still waits for its review.
    package let waitsForEarlierReview: Bool
}

/// A recollection as a caller needs it, the person's details still sealed.
package struct StoredRecollection: Hashable, Sendable {
    package let id: RecollectionID
    package let tube: TubeID
    package let person: PersonID
    package let details: Bytes
    package let unit: String
    package let site: String
    package let reason: RecollectionReason
    package let openedAt: Timestamp
    package let dueAt: Timestamp?
    package let state: String
}

/// A named task.
package struct StoredTask: Hashable, Sendable {
    package let id: TaskID
    package let kind: TaskKind
    package let about: String
    package let openedAt: Timestamp
    /// `open`, `closed`, or `withdrawn` when the run behind it was refused.
    package let state: String

    package var isOpen: Bool { state == "open" }
}

extension StoreView {
    /// The run that read a plate.
    package func run(of plate: PlateID) throws -> StoredRun? {
        try row("SELECT * FROM run WHERE plate = ?", [plate.text]).flatMap(Self.run)
    }

    /// One run.
    package func run(_ id: RunID) throws -> StoredRun? {
        try row("SELECT * FROM run WHERE id = ?", [id.text]).flatMap(Self.run)
    }

    /// Runs that wait for a second person.
    package func runsToReview() throws -> [StoredRun] {
        try rows("SELECT * FROM run WHERE state = 'valid' ORDER BY readAt, id").compactMap(Self.run)
    }

    /// The requests that a run answered.
    package func requests(of run: RunID) throws -> [StoredRequest] {
        try rows("SELECT * FROM request WHERE run = ? ORDER BY id", [run.text]).map(Self.request)
    }

    /// What a run led to that has moved on: why it can be refused no more.
    package func consequencesUnderWay(of run: RunID) throws -> [MovedOn] {
        try rows(
            """
            SELECT 'test' AS what, coalesce(q.tube, q.pool) AS about, q.state AS state
            FROM request q WHERE q.cause IN (SELECT id FROM request WHERE run = ?1)
                AND q.state NOT IN ('waiting', 'withdrawn')
            UNION ALL
            SELECT 'answer', tube, state FROM answer WHERE run = ?1 AND state = 'released'
            UNION ALL
            SELECT 'recollection', tube, state FROM recollection
                WHERE cause IN (SELECT id FROM request WHERE run = ?1)
                AND state NOT IN ('open', 'withdrawn')
            UNION ALL
            SELECT 'task', about, state FROM task
                WHERE cause IN (SELECT id FROM request WHERE run = ?1) AND state = 'closed'
            UNION ALL
            SELECT 'delivery', barcode, '' FROM tube
                WHERE deliveredAt IS NOT NULL AND barcode IN (
                    SELECT tube FROM request WHERE run = ?1
                    UNION SELECT m.tube FROM poolMember m JOIN request q ON q.pool = m.pool
                        WHERE q.run = ?1)
            UNION ALL
            SELECT 'rejection', barcode, state FROM tube
                WHERE state = 'rejected' AND barcode IN (
                    SELECT tube FROM request WHERE run = ?1
                    UNION SELECT m.tube FROM poolMember m JOIN request q ON q.pool = m.pool
                        WHERE q.run = ?1)
            """, [run.text]
        ).compactMap { row in
            MovedOn.Kind(rawValue: row["what"]).map {
                MovedOn(kind: $0, about: row["about"], state: row["state"])
            }
        }
    }

    /// Tests that still wait and were asked for by a run.
    package func waitingConsequences(of run: RunID) throws -> [StoredRequest] {
        try rows(
            """
            SELECT * FROM request WHERE state = 'waiting'
                AND cause IN (SELECT id FROM request WHERE run = ?) ORDER BY id
            """, [run.text]
        ).map(Self.request)
    }

    /// Answers of one run that are not released yet.
    package func openAnswers(of run: RunID) throws -> [StoredAnswer] {
        try rows(
            Self.answers + " WHERE a.run = ? AND a.state <> 'released' ORDER BY a.tube", [run.text]
        ).compactMap(Self.answer)
    }

    /// How many reviewed answers wait for their release.
    package func answersToRelease() throws -> Int {
        try count("SELECT count(*) FROM answer WHERE state = 'reviewed'")
    }

    /// Answers that are not released yet.
    package func openAnswers() throws -> [StoredAnswer] {
        try rows(Self.answers + " WHERE a.state <> 'released' ORDER BY a.reachedAt, a.tube")
            .compactMap(Self.answer)
    }

    /// The answer of one tube.
    package func answer(of tube: TubeID) throws -> StoredAnswer? {
        try row(Self.answers + " WHERE a.tube = ?", [tube.text]).flatMap(Self.answer)
    }

    /// Recollections, the open ones or all, of everybody or of one unit or site; the longest open
    /// first.
    package func recollections(
        onlyOpen: Bool, of scope: Scope = .laboratory
    ) throws -> [StoredRecollection] {
        try rows(
            """
            SELECT r.*, p.details, t.unit, t.site,
                (SELECT min(dueAt) FROM clock c WHERE c.subject = r.id) AS dueAt
            FROM recollection r JOIN person p ON p.id = r.person JOIN tube t ON t.barcode = r.tube
            JOIN specimen s ON s.tube = r.tube AND s.person = r.person
            WHERE (r.state = 'open' OR ?1 = 0) AND (?2 IS NULL OR t.unit = ?2)
                AND (?3 IS NULL OR t.site = ?3)
            ORDER BY r.openedAt, r.tube, s.number
            """, [onlyOpen ? 1 : 0, scope.unit, scope.site]
        ).map(Self.recollection)
    }

    static func recollection(_ row: Row) -> StoredRecollection {
        StoredRecollection(
            id: RecollectionID(row["id"]), tube: TubeID(row["tube"]),
            person: PersonID(row["person"]), details: Bytes([UInt8](row["details"] as Data)),
            unit: row["unit"], site: row["site"],
            reason: RecollectionReason(rawValue: row["reason"]) ?? .positiveMixedTube,
            openedAt: Timestamp(milliseconds: row["openedAt"]),
            dueAt: (row["dueAt"] as Int64?).map { Timestamp(milliseconds: $0) },
            state: row["state"])
    }

    /// Named tasks, the open ones or all.
    package func tasks(onlyOpen: Bool) throws -> [StoredTask] {
        try rows(
            "SELECT * FROM task WHERE state = 'open' OR ? = 0 ORDER BY openedAt, id",
            [onlyOpen ? 1 : 0]
        ).compactMap(Self.task)
    }

    /// One named task.
    package func task(_ id: TaskID) throws -> StoredTask? {
        try row("SELECT * FROM task WHERE id = ?", [id.text]).flatMap(Self.task)
    }

    private static let answers = """
        SELECT a.*, t.box, t.kind, u.plate, u.enteredBy,
            (SELECT count(*) FROM specimen s WHERE s.tube = a.tube) AS people,
            EXISTS (
                WITH RECURSIVE chain(id) AS (
                    SELECT a.request UNION SELECT q.cause FROM request q
                    JOIN chain ON q.id = chain.id WHERE q.cause IS NOT NULL)
                SELECT 1 FROM chain JOIN request q ON q.id = chain.id
                JOIN run x ON x.id = q.run WHERE x.state = 'valid' AND x.id <> a.run
            ) AS waits
        FROM answer a JOIN tube t ON t.barcode = a.tube JOIN run u ON u.id = a.run
        """

    private static func answer(_ row: Row) -> StoredAnswer? {
        guard let kind = TubeKind(rawValue: row["kind"]),
            let outcome = Outcome(rawValue: row["outcome"]),
            let state = AnswerState(rawValue: row["state"])
        else { return nil }
        return StoredAnswer(
            tube: TubeID(row["tube"]), box: BoxID(row["box"]), kind: kind, outcome: outcome,
            state: state, run: RunID(row["run"]), plate: PlateID(row["plate"]),
            enteredBy: row["enteredBy"], people: row["people"],
            waitsForEarlierReview: row["waits"])
    }

    static func run(_ row: Row) -> StoredRun? {
        guard let state = StoredRun.State(rawValue: row["state"]) else { return nil }
        return StoredRun(
            id: RunID(row["id"]), plate: PlateID(row["plate"]), state: state,
            enteredBy: row["enteredBy"], readAt: Timestamp(milliseconds: row["readAt"]),
            reviewedBy: row["reviewedBy"])
    }

    static func task(_ row: Row) -> StoredTask? {
        guard let kind = TaskKind(rawValue: row["kind"]) else { return nil }
        return StoredTask(
            id: TaskID(row["id"]), kind: kind, about: row["about"],
            openedAt: Timestamp(milliseconds: row["openedAt"]), state: row["state"])
    }
}
