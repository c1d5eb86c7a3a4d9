internal import Foundation
internal import GRDB
package import LabDomain

/// A laboratory pool in a list.
package struct StoredPool: Hashable, Sendable, Codable {
    package let id: PoolID
    package let risk: String
    package let size: Int
    package let state: PoolState
    package let formedAt: Timestamp
    /// The pool that was cut into this one and others; nil for a first pool.
    package let parent: PoolID?
}

extension StoreView {
    /// A laboratory pool with its members.
    package func pool(_ id: PoolID) throws -> LaboratoryPool? {
        let members = try rows(
            """
            SELECT m.tube, s.person FROM poolMember m JOIN specimen s ON s.tube = m.tube
            WHERE m.pool = ? ORDER BY m.number
            """, [id.text]
        ).map { SingleTube(id: TubeID($0["tube"]), person: PersonID($0["person"])) }
        guard let row = try row("SELECT parent, below FROM pool WHERE id = ?", [id.text]) else {
            return nil
        }
        let below = try JSONDecoder().decode([Int].self, from: Data((row["below"] as String).utf8))
        return try? LaboratoryPool(
            id: id, members: members, parent: (row["parent"] as String?).map { PoolID($0) },
            below: below)
    }

    /// The risk class of a pool's tubes.
    package func risk(of pool: PoolID) throws -> RiskClass? {
        try row("SELECT risk FROM pool WHERE id = ?", [pool.text])
            .flatMap { RiskClass(rawValue: $0["risk"]) }
    }

    /// Laboratory pools, those that are not concluded or all, oldest first and each before the
    /// smaller ones that it was cut into.
    package func pools(onlyOpen: Bool) throws -> [StoredPool] {
        try rows(
            """
            SELECT * FROM pool WHERE ? = 0 OR state IN ('open', 'opened', 'split')
            ORDER BY formedAt, size DESC, id
            """, [onlyOpen ? 1 : 0]
        ).compactMap { row in
            PoolState(rawValue: row["state"]).map {
                StoredPool(
                    id: PoolID(row["id"]), risk: row["risk"], size: row["size"], state: $0,
                    formedAt: Timestamp(milliseconds: row["formedAt"]),
                    parent: (row["parent"] as String?).map { PoolID($0) })
            }
        }
    }

    /// The pools that hold this tube and whose members are being tested further, the smallest
    /// first: the one whose tubes are tested singly, and those that were cut on the way to it.
    package func poolsTestedFurther(with tube: TubeID) throws -> [PoolID] {
        try rows(
            """
            SELECT p.id FROM poolMember m JOIN pool p ON p.id = m.pool
            WHERE m.tube = ? AND p.state IN ('opened', 'split') ORDER BY p.size
            """, [tube.text]
        ).map { PoolID($0["id"]) }
    }

    /// The outcome of every member of a pool that can have one: nil while it is not known.
    ///
    /// Members that were rejected or whose people were called back have none any more.
    package func memberOutcomes(of pool: PoolID) throws -> [Outcome?] {
        try rows(
            """
            SELECT a.outcome FROM poolMember m JOIN tube t ON t.barcode = m.tube
            LEFT JOIN answer a ON a.tube = m.tube
            WHERE m.pool = ? AND t.state <> 'rejected' AND NOT EXISTS
                (SELECT 1 FROM recollection r WHERE r.tube = m.tube AND r.state <> 'withdrawn')
            """, [pool.text]
        ).map { ($0["outcome"] as String?).flatMap(Outcome.init(rawValue:)) }
    }

    /// Whether a pool without a positive member is the one whose signal nobody explains (RES-14).
    ///
    /// A smaller pool that was found too takes the question over, and a smaller pool that was
    /// never found, only unreadable, raises none.
    package func isUnexplained(_ pool: PoolID) throws -> Bool {
        try row(
            """
            SELECT 1 FROM pool p WHERE p.id = ?
            AND (p.parent IS NULL OR EXISTS (SELECT 1 FROM request q
                WHERE q.pool = p.id AND q.verdict IN ('detected', 'grey')))
            AND NOT EXISTS (SELECT 1 FROM pool c JOIN request q ON q.pool = c.id
                WHERE c.parent = p.id AND q.verdict IN ('detected', 'grey'))
            """, [pool.text]) != nil
    }
}

extension StoreView {
    /// The pools that a run tested.
    package func pools(touchedBy run: RunID) throws -> [PoolID] {
        try rows(
            "SELECT DISTINCT pool FROM request WHERE run = ? AND pool IS NOT NULL ORDER BY pool",
            [run.text]
        ).map { PoolID($0["pool"]) }
    }

    /// The smaller pools into which the pools that a run tested were cut.
    package func smallerPools(cutBy run: RunID) throws -> [PoolID] {
        try rows(
            """
            SELECT DISTINCT c.id FROM request q JOIN pool c ON c.parent = q.pool
            WHERE q.run = ? AND c.state <> 'withdrawn' ORDER BY c.id
            """, [run.text]
        ).map { PoolID($0["id"]) }
    }

    /// Concluded pools whose outcome rests on a member that a run answered, by itself or in a
    /// smaller pool, with the state that they had before they were concluded.
    package func poolsConcluded(byMembersIn run: RunID) throws -> [(id: PoolID, before: PoolState)]
    {
        try rows(
            """
            WITH answered(tube) AS (
                SELECT tube FROM request WHERE run = ?1 AND tube IS NOT NULL
                UNION SELECT m.tube FROM request q JOIN poolMember m ON m.pool = q.pool
                    WHERE q.run = ?1)
            SELECT p.id, EXISTS (SELECT 1 FROM pool c
                WHERE c.parent = p.id AND c.state <> 'withdrawn') AS wasCut
            FROM pool p WHERE p.state IN ('confirmed', 'unconfirmed')
            AND p.id IN (SELECT m.pool FROM answered a JOIN poolMember m ON m.tube = a.tube)
            AND p.id NOT IN (SELECT pool FROM request WHERE run = ?1 AND pool IS NOT NULL)
            ORDER BY p.id
            """, [run.text]
        ).map { (PoolID($0["id"]), $0["wasCut"] ? .split : .opened) }
    }
}
