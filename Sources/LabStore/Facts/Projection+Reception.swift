internal import GRDB
internal import LabDomain

extension Projection {
    func apply(_ fact: ReceiptUndone) throws {
        try run(
            """
            UPDATE tube SET state = 'expected', receivedAt = NULL, receivedBy = NULL
            WHERE barcode = ?
            """, [fact.tube.text])
    }

    /// What the rejection withdrew waits again, and what it began is withdrawn.
    func apply(_ fact: RejectionUndone, _ now: Int64) throws {
        try run(
            """
            UPDATE tube SET rejected = NULL,
                state = CASE WHEN receivedAt IS NULL THEN 'expected' ELSE 'received' END
            WHERE barcode = ?
            """, [fact.tube.text])
        if let request = fact.request {
            try run("UPDATE request SET state = 'waiting' WHERE id = ?", [request.text])
        }
        for recollection in fact.recollections {
            try run(
                "UPDATE recollection SET state = 'withdrawn', closedAt = ? WHERE id = ?",
                [now, recollection.text])
        }
        if let task = fact.task {
            try run(
                "UPDATE task SET state = 'withdrawn', closedAt = ? WHERE id = ?",
                [now, task.text])
        }
    }

    func apply(_ fact: BoxClosed, _ now: Int64, _ actor: String) throws {
        var missing = JSONText(capacity: 2 + fact.missing.count * 16)
        missing.list(fact.missing) { $0.string($1.text) }
        try run(
            """
            INSERT INTO boxClosing (box, closedAt, closedBy, counted, missing)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (box) DO UPDATE SET closedAt = excluded.closedAt,
                closedBy = excluded.closedBy, counted = excluded.counted,
                missing = excluded.missing
            """,
            [
                fact.box.text, now, actor, fact.counted,
                String(decoding: missing.bytes, as: UTF8.self),
            ])
    }
}
