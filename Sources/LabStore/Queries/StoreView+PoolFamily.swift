internal import GRDB
package import LabDomain

/// A first pool with all that was read of it, of the pools cut out of it and of its tubes.
package struct StoredPoolFamily: Sendable {
    /// A kept tube of the pool.
    package struct Member: Sendable {
        package let tube: TubeID
        package let answer: Outcome?
        package let isCalledBack: Bool
        /// The verdict that was read last of it or of a pool that holds it.
        package let lastVerdict: Verdict?
        /// The tube or smaller pool whose test waits for it.
        package let waitsFor: String?
    }

    /// One verdict of a valid run.
    package struct Reading: Sendable {
        package let subject: String
        package let tubes: [TubeID]
        package let verdict: Verdict
        package let kit: KitRole
    }

    /// A smaller pool that was cut out of the first pool or of one below it.
    package struct Part: Sendable {
        package let id: PoolID
        package let parent: PoolID
        package let state: PoolState
        package let tubes: [TubeID]
    }

    package let id: PoolID
    package let risk: RiskClass
    package let state: PoolState
    package let formedAt: Timestamp
    /// The sizes that follow when it reads positive.
    package let below: [Int]
    package let members: [Member]
    package let readings: [Reading]
    /// The larger ones first, in pipetting order.
    package let parts: [Part]
}

extension StoreView {
    /// The family of a pool, whichever of its pools is named; nil for an unknown one.
    package func poolFamily(of pool: PoolID) throws -> StoredPoolFamily? {
        guard
            let root = try row(
                """
                WITH RECURSIVE up(id, parent, risk, state, formedAt, below) AS (
                    SELECT id, parent, risk, state, formedAt, below FROM pool WHERE id = ?
                    UNION SELECT p.id, p.parent, p.risk, p.state, p.formedAt, p.below FROM pool p
                    JOIN up ON p.id = up.parent)
                SELECT id, risk, state, formedAt, below FROM up WHERE parent IS NULL
                """, [pool.text])
        else { return nil }
        let id: String = root[0]
        let readings = try readings(ofFamily: id)
        let members = try rows(
            """
            SELECT m.tube, (SELECT outcome FROM answer a WHERE a.tube = m.tube),
                EXISTS (SELECT 1 FROM recollection r
                        WHERE r.tube = m.tube AND r.state <> 'withdrawn'),
                (SELECT coalesce(q.pool, q.tube) FROM openRequest q
                 WHERE (q.tube = m.tube AND q.state <> 'pooled') OR q.pool IN
                    (SELECT o.pool FROM poolMember o WHERE o.tube = m.tube AND o.isOpen = 1)
                 LIMIT 1)
            FROM poolMember m WHERE m.pool = ? ORDER BY m.number
            """, [id]
        ).map { row in
            let tube = TubeID(row[0])
            return StoredPoolFamily.Member(
                tube: tube, answer: (row[1] as String?).flatMap(Outcome.init),
                isCalledBack: row[2],
                lastVerdict: readings.last { $0.tubes.contains(tube) }?.verdict,
                waitsFor: row[3])
        }
        return StoredPoolFamily(
            id: PoolID(id), risk: RiskClass(rawValue: root[1]) ?? .key,
            state: PoolState(rawValue: root[2]) ?? .open,
            formedAt: Timestamp(milliseconds: root[3]), below: Self.sizes(root[4]),
            members: members, readings: readings, parts: try parts(ofFamily: id))
    }

    /// The smaller pools of the family that are not withdrawn.
    private func parts(ofFamily root: String) throws -> [StoredPoolFamily.Part] {
        try rows(
            """
            WITH RECURSIVE family(id, depth) AS (
                SELECT ?1, 0 UNION
                SELECT p.id, f.depth + 1 FROM pool p JOIN family f ON p.parent = f.id)
            SELECT p.id, p.parent, p.state FROM family f JOIN pool p ON p.id = f.id
            WHERE f.depth > 0 AND p.state <> 'withdrawn'
            ORDER BY f.depth, (SELECT m.number FROM poolMember m JOIN poolMember x
                ON x.pool = p.id AND x.number = 1 AND x.tube = m.tube WHERE m.pool = ?1)
            """, [root]
        ).compactMap { row in
            guard let state = PoolState(rawValue: row[2]) else { return nil }
            let tubes = try rows(
                "SELECT tube FROM poolMember WHERE pool = ? ORDER BY number", [row[0] as String]
            ).map { TubeID($0[0]) }
            return StoredPoolFamily.Part(
                id: PoolID(row[0]), parent: PoolID(row[1]), state: state, tubes: tubes)
        }
    }

    /// What valid runs read of the family, in the order of reading.
    private func readings(ofFamily root: String) throws -> [StoredPoolFamily.Reading] {
        try rows(
            """
            WITH RECURSIVE family(id) AS (
                SELECT ?1 UNION SELECT p.id FROM pool p JOIN family f ON p.parent = f.id)
            SELECT coalesce(q.pool, q.tube), q.pool, q.verdict, q.kit
            FROM request q JOIN run u ON u.id = q.run
            WHERE u.state IN ('valid', 'reviewed') AND (q.pool IN (SELECT id FROM family)
                OR q.tube IN (SELECT tube FROM poolMember WHERE pool = ?1))
            ORDER BY u.readAt, q.id
            """, [root]
        ).compactMap { row in
            guard let verdict = Verdict(rawValue: row[2]), let kit = KitRole(rawValue: row[3])
            else { return nil }
            let tubes = try (row[1] as String?).map { pool in
                try rows("SELECT tube FROM poolMember WHERE pool = ? ORDER BY number", [pool])
                    .map { TubeID($0[0]) }
            }
            return StoredPoolFamily.Reading(
                subject: row[0], tubes: tubes ?? [TubeID(row[0])], verdict: verdict, kit: kit)
        }
    }
}
