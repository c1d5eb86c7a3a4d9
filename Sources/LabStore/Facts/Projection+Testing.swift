internal import GRDB
internal import LabDomain

extension Projection {
    func apply(_ fact: RequestOpened, _ now: Int64) throws {
        var tube: String?
        var pool: String?
        switch fact.of {
        case .tube(let id): tube = id.text
        case .pool(let id): pool = id.text
        }
        try run(
            """
            INSERT INTO request (id, tube, pool, ordinal, purpose, kit, state, cause, openedAt)
            VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, ?)
            """,
            [
                fact.request.text, tube, pool, fact.ordinal, fact.purpose.rawValue,
                fact.kit.rawValue, fact.cause?.text, now,
            ])
        if let tube {
            try run(
                "UPDATE tube SET state = 'received' WHERE barcode = ? AND state = 'resolved'",
                [tube])
        }
    }

    func apply(_ fact: RequestWithdrawn) throws {
        try run("UPDATE request SET state = 'withdrawn' WHERE id = ?", [fact.request.text])
    }

    func apply(_ fact: PoolFormed, _ now: Int64) throws {
        let pool = fact.pool.id.text
        try run(
            """
            INSERT INTO pool (id, risk, size, state, formedAt, parent, below)
            VALUES (?, ?, ?, 'open', ?, ?, ?)
            """,
            [
                pool, fact.risk.rawValue, fact.pool.members.count, now, fact.pool.parent?.text,
                "[\(fact.pool.below.map(String.init).joined(separator: ","))]",
            ])
        // A smaller pool takes its tubes over from the pool that was cut.
        let before = fact.pool.parent == nil ? "waiting" : "covered"
        for (index, tube) in fact.pool.members.enumerated() {
            try run(
                "INSERT INTO poolMember (pool, number, tube, isOpen) VALUES (?, ?, ?, 1)",
                [pool, index + 1, tube.id.text])
            try run(
                "UPDATE request SET state = 'pooled' WHERE tube = ? AND state = ?",
                [tube.id.text, before])
        }
    }

    /// While a pool is open its members' own requests wait; once it is opened, cut or negative,
    /// the pool's test covers them: they end without a well, or wait for a smaller pool.
    func apply(_ fact: PoolConcluded, _ now: Int64) throws {
        let pool = fact.pool.text
        try run("UPDATE pool SET state = ? WHERE id = ?", [fact.state.rawValue, pool])
        try run(
            "UPDATE poolMember SET isOpen = ? WHERE pool = ?", [fact.state.holdsItsTubes, pool])
        // Another outcome makes the question about the old one idle.
        try run(
            """
            UPDATE task SET state = 'withdrawn', closedAt = ?
            WHERE about = ? AND kind = 'unconfirmed-pool' AND state = 'open'
            """, [now, pool])
        guard fact.state != .open else { return try reopen(fact.pool) }
        try run(
            """
            UPDATE request SET state = 'covered' WHERE state = 'pooled'
                AND tube IN (SELECT tube FROM poolMember WHERE pool = ?)
            """, [pool])
    }

    /// The pool's test must be done again, because its run was refused: its members wait again.
    private func reopen(_ pool: PoolID) throws {
        try run(
            """
            UPDATE request SET state = 'pooled' WHERE state = 'covered'
                AND tube IN (SELECT tube FROM poolMember WHERE pool = ?)
            """, [pool.text])
        try run(
            """
            UPDATE tube SET state = 'received' WHERE state = 'resolved'
                AND barcode IN (SELECT tube FROM poolMember WHERE pool = ?)
            """, [pool.text])
    }

    func apply(_ fact: TestRead) throws {
        try run(
            """
            UPDATE request SET state = 'read', verdict = ?, reason = ?, rule = ?, run = ?
            WHERE id = ?
            """,
            [
                fact.result.verdict.rawValue, fact.result.reason?.rawValue, fact.rule,
                fact.run.text, fact.request.text,
            ])
    }
}
