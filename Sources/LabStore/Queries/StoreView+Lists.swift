internal import Foundation
internal import GRDB
package import LabDomain

/// A named task as a list shows it.
package struct TaskEntry: Hashable, Sendable {
    package let task: StoredTask
    package let closedAt: Timestamp?
    /// What was done; empty while the task is open.
    package let done: String
}

/// How many tests wait for one kit.
package struct WaitingCount: Hashable, Sendable {
    package let kit: KitRole
    package let tests: Int
    /// Retests, repeats and confirmations among them.
    package let beyondRoutine: Int
}

/// How many people of a sending unit are to be called back.
package struct UnitCount: Hashable, Sendable {
    package let unit: String
    package let people: Int
}

extension StoreView {
    /// How many tests wait for each kit.
    package func waitingCounts() throws -> [WaitingCount] {
        try values(
            """
            SELECT kit, count(*) AS n, sum(purpose <> 'routine') AS beyond FROM request
            WHERE state = 'waiting' GROUP BY kit ORDER BY kit
            """
        ) { row in
            KitRole(rawValue: row["kit"]).map {
                WaitingCount(kit: $0, tests: row["n"], beyondRoutine: row["beyond"])
            }
        }.compactMap(\.self)
    }

    /// A part of the tests that wait for a plate, in the order in which they will be plated.
    ///
    /// The place in the list is computed, so that the mark of the part's last row holds it.
    package func waitingTests(
        onlyRetests: Bool, after mark: String, size: Int = Part<DueRequest>.size
    ) throws -> Part<DueRequest> {
        let last = mark.split(separator: ",", maxSplits: 3).map(String.init)
        let isMark = last.count == 4
        let found = try rows(
            """
            SELECT * FROM (
                SELECT q.*, t.kind AS tubeKind, q.purpose = 'routine' AS late,
                    coalesce(q.tube, q.pool) AS code,
                    coalesce((SELECT p.parent FROM pool p WHERE p.id = q.pool),
                        (SELECT p.id FROM poolMember m JOIN pool p ON p.id = m.pool
                         WHERE m.tube = q.tube AND p.state IN ('opened', 'split')
                         ORDER BY p.size LIMIT 1)) AS causePool,
                    coalesce(CASE WHEN q.tube IS NULL
                        THEN (SELECT min(k.dueAt) FROM poolMember m
                            JOIN clock k ON k.subject = m.tube WHERE m.pool = q.pool
                            AND k.kind = 'tube' AND k.stoppedAt IS NULL AND k.pausedAt IS NULL)
                        ELSE (SELECT min(k.dueAt) FROM clock k WHERE k.subject = q.tube
                            AND k.kind = 'tube' AND k.stoppedAt IS NULL AND k.pausedAt IS NULL)
                        END, 9223372036854775807) AS due
                FROM request q LEFT JOIN tube t ON t.barcode = q.tube
                WHERE q.state = 'waiting' AND (?1 = 0 OR q.purpose <> 'routine'))
            WHERE ?2 = 0 OR (late, due, openedAt, code) > (?3, ?4, ?5, ?6)
            ORDER BY late, due, openedAt, code LIMIT ?7
            """,
            [
                onlyRetests ? 1 : 0, isMark ? 1 : 0, isMark ? Int64(last[0]) ?? 0 : 0,
                isMark ? Int64(last[1]) ?? 0 : 0, isMark ? Int64(last[2]) ?? 0 : 0,
                isMark ? last[3] : "", size + 1,
            ])
        return Part(found.map(Self.waiting), size: size) { $0.mark }.map(\.request)
    }

    private static func waiting(_ row: Row) -> (request: DueRequest, mark: String) {
        let request = Self.request(row)
        let due: Int64 = row["due"]
        let opened: Int64 = row["openedAt"]
        return (
            DueRequest(
                id: request.id, of: request.of, ordinal: request.ordinal,
                purpose: request.purpose, kit: request.kit,
                openedAt: Timestamp(milliseconds: opened),
                kind: (row["tubeKind"] as String?).flatMap(TestedKind.init(rawValue:)) ?? .pool,
                pool: (row["causePool"] as String?).map { PoolID($0) },
                dueAt: due == .max ? nil : Timestamp(milliseconds: due)),
            "\(row["late"] as Int),\(due),\(opened),\(request.of.text)"
        )
    }

    /// A part of the recollections by unit and site, the longest open first; `unit` nil is every
    /// unit, `after` names the last recollection of the part before.
    package func recollections(
        onlyOpen: Bool, unit: String?, of scope: Scope = .laboratory, after: String,
        size: Int = Part<StoredRecollection>.size
    ) throws -> Part<StoredRecollection> {
        // Tubes are put in order, of which there are a tenth, and then the people in those shown.
        // A tube's place does not change when some of its people are found.
        let found = try rows(
            """
            WITH mark AS (
                SELECT t.unit, t.site, c.tube, s.number,
                    (SELECT min(openedAt) FROM recollection f WHERE f.tube = c.tube) AS first
                FROM recollection c JOIN tube t ON t.barcode = c.tube
                JOIN specimen s ON s.tube = c.tube AND s.person = c.person WHERE c.id = ?2),
            called AS (
                SELECT tube, (SELECT min(openedAt) FROM recollection f WHERE f.tube = o.tube)
                    AS first
                FROM (SELECT DISTINCT tube FROM recollection
                    \(onlyOpen ? "WHERE state = 'open'" : "")) o),
            shown AS (
                SELECT t.unit, t.site, c.first, c.tube FROM called c
                JOIN tube t ON t.barcode = c.tube
                WHERE (?1 IS NULL OR t.unit = ?1)
                    AND (?4 IS NULL OR t.unit = ?4) AND (?5 IS NULL OR t.site = ?5)
                    AND (?2 = '' OR (t.unit, t.site, c.first, c.tube) >=
                        (SELECT unit, site, first, tube FROM mark))
                ORDER BY t.unit, t.site, c.first, c.tube LIMIT ?3 + 1)
            SELECT r.*, p.details, o.unit, o.site,
                (SELECT min(dueAt) FROM clock c WHERE c.subject = r.id) AS dueAt
            FROM shown o CROSS JOIN recollection r ON r.tube = o.tube
            JOIN specimen s ON s.tube = r.tube AND s.person = r.person
            JOIN person p ON p.id = r.person
            WHERE \(onlyOpen ? "r.state = 'open' AND" : "") (?2 = ''
                OR o.tube <> (SELECT tube FROM mark) OR s.number > (SELECT number FROM mark))
            ORDER BY o.unit, o.site, o.first, o.tube, s.number LIMIT ?3
            """, [unit, after, size + 1, scope.unit, scope.site]
        ).map(Self.recollection)
        return Part(found, size: size) { $0.id.text }
    }

    /// The units with people to call back, of everybody or of one unit or site.
    package func unitsToCall(of scope: Scope = .laboratory) throws -> [UnitCount] {
        try values(
            """
            SELECT t.unit, sum(r.n) AS n FROM (
                SELECT tube, count(*) AS n FROM recollection WHERE state = 'open' GROUP BY tube) r
            JOIN tube t ON t.barcode = r.tube
            WHERE (?1 IS NULL OR t.unit = ?1) AND (?2 IS NULL OR t.site = ?2)
            GROUP BY t.unit ORDER BY t.unit
            """, [scope.unit, scope.site]
        ) { UnitCount(unit: $0["unit"], people: $0["n"]) }
    }

    /// A part of the named tasks, the oldest first.
    package func tasks(
        onlyOpen: Bool, after: String, size: Int = Part<TaskEntry>.size
    ) throws -> Part<TaskEntry> {
        let found = try rows(
            """
            SELECT * FROM task WHERE (state = 'open' OR ?1 = 0) AND (?2 = '' OR (openedAt, id) >
                (SELECT openedAt, id FROM task WHERE id = ?2))
            ORDER BY openedAt, id LIMIT ?3
            """, [onlyOpen ? 1 : 0, after, size + 1]
        ).compactMap { row in
            Self.task(row).map {
                TaskEntry(
                    task: $0,
                    closedAt: (row["closedAt"] as Int64?).map { Timestamp(milliseconds: $0) },
                    done: (row["done"] as String?) ?? "")
            }
        }
        return Part(found, size: size) { $0.task.id.text }
    }
}
