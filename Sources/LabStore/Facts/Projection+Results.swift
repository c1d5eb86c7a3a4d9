internal import GRDB
internal import LabDomain

extension Projection {
    /// An answer that a second person's look gives is reviewed when the rest of its run is.
    func apply(_ fact: AnswerReached, _ now: Int64) throws {
        try run(
            """
            INSERT INTO answer (tube, outcome, request, run, state, reachedAt)
            VALUES (?, ?, ?, ?,
                CASE (SELECT state FROM run WHERE id = ?) WHEN 'reviewed' THEN 'reviewed'
                    ELSE 'proposed' END, ?)
            """,
            [
                fact.tube.text, fact.outcome.rawValue, fact.request.text, fact.run.text,
                fact.run.text, now,
            ])
        try settle(fact.tube)
    }

    func apply(_ fact: RecollectionOpened, _ now: Int64) throws {
        try run(
            """
            INSERT INTO recollection (id, tube, person, reason, cause, openedAt, state)
            VALUES (?, ?, ?, ?, ?, ?, 'open')
            """,
            [
                fact.recollection.text, fact.tube.text, fact.person.text, fact.reason.rawValue,
                fact.cause?.text, now,
            ])
        try settle(fact.tube)
    }

    func apply(_ fact: RecollectionClosed, _ now: Int64) throws {
        try run(
            "UPDATE recollection SET state = ?, closedAt = ?, newTube = ? WHERE id = ?",
            [fact.outcome.rawValue, now, fact.newTube?.text, fact.recollection.text])
    }

    func apply(_ fact: TaskOpened, _ now: Int64) throws {
        try run(
            """
            INSERT INTO task (id, kind, about, cause, state, openedAt)
            VALUES (?, ?, ?, ?, 'open', ?)
            """,
            [fact.task.text, fact.work.rawValue, fact.about, fact.cause?.text, now])
        if fact.work == .sampleAgain { try settle(TubeID(fact.about)) }
    }

    func apply(_ fact: TaskClosed, _ now: Int64) throws {
        try run(
            "UPDATE task SET state = 'closed', closedAt = ?, done = ? WHERE id = ?",
            [now, fact.done, fact.task.text])
    }

    func apply(_ fact: RunReviewed, _ now: Int64, _ actor: String) throws {
        try run(
            "UPDATE run SET state = 'reviewed', reviewedBy = ?, reviewedAt = ? WHERE id = ?",
            [actor, now, fact.run.text])
        try run(
            "UPDATE answer SET state = 'reviewed' WHERE run = ? AND state = 'proposed'",
            [fact.run.text])
    }

    /// Whatever the run led to is taken back; the operation has made sure that nothing of it has
    /// moved on.
    ///
    /// The tests of the run keep their wells and become invalid.
    func apply(_ fact: RunRefused, _ now: Int64, _ actor: String) throws {
        let run = fact.run.text
        try self.run("DELETE FROM answer WHERE run = ? AND state <> 'released'", [run])
        try self.run(
            """
            UPDATE recollection SET state = 'withdrawn', closedAt = ?
            WHERE state = 'open' AND cause IN (SELECT id FROM request WHERE run = ?)
            """, [now, run])
        try self.run(
            """
            UPDATE task SET state = 'withdrawn', closedAt = ?
            WHERE state = 'open' AND cause IN (SELECT id FROM request WHERE run = ?)
            """, [now, run])
        try self.run(
            "UPDATE run SET state = 'refused', reviewedBy = ?, reviewedAt = ? WHERE id = ?",
            [actor, now, run])
        try self.run(
            "UPDATE request SET verdict = 'invalid', reason = 'run-refused' WHERE run = ?", [run])
    }

    func apply(_ fact: AnswersReleased, _ now: Int64, _ actor: String) throws {
        try run(
            """
            UPDATE answer SET releasedAt = ?, releasedBy = ?, state = 'released' WHERE tube = ?
            """, [now, actor, fact.tube.text])
    }

    func apply(_ fact: ReportWritten, _ now: Int64) throws {
        try run(
            "INSERT INTO report (id, tube, person, hash, writtenAt) VALUES (?, ?, ?, ?, ?)",
            [
                fact.report.text, fact.tube.text, fact.person.text, Data(fact.messageHash.array),
                now,
            ])
    }

    func apply(_ fact: CertificateIssued, _ now: Int64, _ actor: String) throws {
        try run(
            """
            INSERT INTO certificate (code, tube, person, issuedAt, issuedBy)
            VALUES (?, ?, ?, ?, ?)
            """, [fact.code.text, fact.tube.text, fact.person.text, now, actor])
    }

    func apply(_ fact: FeedbackDelivered, _ now: Int64) throws {
        for tube in fact.tubes {
            try run(
                "UPDATE tube SET deliveredAt = ? WHERE barcode = ?", [now, tube.text])
        }
    }

    /// A thing keeps its first clock of a rule, also when a later programme starts it elsewhere.
    func apply(_ fact: ClocksStarted) throws {
        for subject in fact.subjects {
            try run(
                """
                INSERT INTO clock (rule, subject, kind, starts, stops, box, startedAt, dueAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (subject, rule) DO NOTHING
                """,
                [
                    fact.rule, subject.text, subject.kind, fact.starts.rawValue,
                    fact.stops.rawValue, fact.box.text,
                    fact.startedAt.milliseconds, fact.dueAt.milliseconds,
                ])
        }
    }

    func apply(_ fact: ClocksStopped) throws {
        for subject in fact.subjects {
            if fact.isPause {
                try run(
                    """
                    UPDATE clock SET pausedAt = ?
                    WHERE rule = ? AND subject = ? AND stoppedAt IS NULL
                    """, [fact.at.milliseconds, fact.rule, subject.text])
            } else {
                try run(
                    """
                    UPDATE clock SET stoppedAt = ?, stoppedBy = ?
                    WHERE rule = ? AND subject = ? AND stoppedAt IS NULL
                    """,
                    [fact.at.milliseconds, fact.by.rawValue, fact.rule, subject.text])
            }
        }
    }

    func apply(_ fact: ClocksWithdrawn) throws {
        for subject in fact.subjects {
            let sql =
                fact.isPauseOnly
                ? """
                UPDATE clock SET pausedAt = NULL, stoppedAt = NULL, stoppedBy = NULL
                WHERE rule = ? AND subject = ?
                """
                : "DELETE FROM clock WHERE rule = ? AND subject = ?"
            try run(sql, [fact.rule, subject.text])
        }
    }

    func apply(_ fact: BreachExplained, _ now: Int64, _ actor: String) throws {
        try run(
            """
            INSERT INTO breachCause (box, rule, cause, note, at, by) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (box, rule) DO UPDATE SET cause = excluded.cause, note = excluded.note,
                at = excluded.at, by = excluded.by
            """,
            [fact.box.text, fact.rule, fact.cause.rawValue, fact.note, now, actor])
    }

    /// A tube that has its answer, or whose people are called back, needs no test of its own.
    private func settle(_ tube: TubeID) throws {
        try run(
            "UPDATE tube SET state = 'resolved' WHERE barcode = ? AND state = 'received'",
            [tube.text])
    }
}

extension ClockSubject {
    fileprivate var kind: String {
        switch self {
        case .tube: "tube"
        case .recollection: "recollection"
        }
    }
}
