internal import GRDB
package import LabDomain

/// A test that waits for a well.
package struct DueRequest: Hashable, Sendable {
    package let id: RequestID
    package let of: RequestSubject
    package let ordinal: Int
    package let purpose: Purpose
    package let kit: KitRole
    package let openedAt: Timestamp
    /// Single, mixed, environmental or pool.
    package let kind: TestedKind
    /// The pool whose positive result asked for it: of a member that is retested, or of a smaller
    /// pool.
    package let pool: PoolID?
    /// When its first clock runs out; nil when none runs.
    package let dueAt: Timestamp?
}

/// A test with its verdict so far.
package struct StoredRequest: Hashable, Sendable {
    package let id: RequestID
    package let of: RequestSubject
    package let ordinal: Int
    package let purpose: Purpose
    package let kit: KitRole
    /// The test whose verdict asked for this one.
    package let cause: RequestID?
}

extension StoreView {
    /// What waits for a well with a kit: retests before routine work, then by deadline (PLATE-3).
    package func requestsToPlate(
        with kit: KitRole?, limit: Int = .max
    ) throws -> [DueRequest] {
        try rows(
            """
            SELECT q.*, t.kind AS tubeKind,
                coalesce((SELECT p.parent FROM pool p WHERE p.id = q.pool),
                    (SELECT p.id FROM poolMember m JOIN pool p ON p.id = m.pool
                     WHERE m.tube = q.tube AND p.state IN ('opened', 'split')
                     ORDER BY p.size LIMIT 1)) AS causePool,
                (SELECT min(k.dueAt) FROM clock k WHERE k.stoppedAt IS NULL AND k.pausedAt IS NULL
                 AND k.kind = 'tube' AND (k.subject = q.tube OR k.subject IN
                     (SELECT m.tube FROM poolMember m WHERE m.pool = q.pool))) AS dueAt
            FROM request q LEFT JOIN tube t ON t.barcode = q.tube
            WHERE q.state = 'waiting' AND (? IS NULL OR q.kit = ?)
            ORDER BY q.purpose = 'routine', dueAt IS NULL, dueAt, q.openedAt,
                coalesce(q.tube, q.pool) LIMIT ?
            """, [kit?.rawValue, kit?.rawValue, limit]
        ).map { row in
            let request = Self.request(row)
            return DueRequest(
                id: request.id, of: request.of, ordinal: request.ordinal,
                purpose: Purpose(rawValue: row["purpose"]) ?? .routine, kit: request.kit,
                openedAt: Timestamp(milliseconds: row["openedAt"]),
                kind: (row["tubeKind"] as String?).flatMap(TestedKind.init(rawValue:)) ?? .pool,
                pool: (row["causePool"] as String?).map { PoolID($0) },
                dueAt: (row["dueAt"] as Int64?).map { Timestamp(milliseconds: $0) })
        }
    }

    /// How many tests wait for a kit.
    package func waitingTests(with kit: KitRole) throws -> Int {
        try count(
            "SELECT count(*) FROM request WHERE state = 'waiting' AND kit = ?", [kit.rawValue])
    }

    /// The open test of a tube, with its state's word.
    package func openRequest(of tube: TubeID) throws -> (id: RequestID, state: String)? {
        try row("SELECT id, state FROM openRequest WHERE tube = ?", [tube.text])
            .map { (RequestID($0["id"]), $0["state"]) }
    }

    /// The test of a tube or pool that waits for a plate with a kit.
    package func waitingRequest(
        of subject: RequestSubject, with kit: KitRole
    ) throws -> RequestID? {
        try row(
            """
            SELECT id FROM request
            WHERE (tube = ?1 OR pool = ?1) AND state = 'waiting' AND kit = ?2
            """, [subject.text, kit.rawValue]
        ).map { RequestID($0["id"]) }
    }

    /// How many tests a tube or pool has had or been given.
    package func tests(of subject: RequestSubject) throws -> Int {
        switch subject {
        case .tube(let id):
            try count("SELECT coalesce(max(ordinal), 0) FROM request WHERE tube = ?", [id.text])
        case .pool(let id):
            try count("SELECT coalesce(max(ordinal), 0) FROM request WHERE pool = ?", [id.text])
        }
    }

    /// The tests read so far of the tube or pool of a request, itself left out, and those left out
    /// for which the tube is not to blame: failed controls, refused runs, and curves that
    /// somebody found no good.
    package func pastTests(of request: StoredRequest) throws -> [PastTest] {
        var tube: String?
        var pool: String?
        switch request.of {
        case .tube(let id): tube = id.text
        case .pool(let id): pool = id.text
        }
        return try rows(
            """
            SELECT kit, verdict FROM request
            WHERE (tube = ? OR pool = ?) AND state = 'read' AND id <> ?
                AND (reason IS NULL OR reason NOT IN ('controls-failed', 'run-refused', 'looked'))
            ORDER BY ordinal
            """, [tube, pool, request.id.text]
        ).compactMap { row in
            guard let kit = KitRole(rawValue: row["kit"]),
                let verdict = Verdict(rawValue: row["verdict"])
            else { return nil }
            return PastTest(kit: kit, verdict: verdict)
        }
    }

    /// One request.
    package func request(_ id: RequestID) throws -> StoredRequest? {
        try row("SELECT * FROM request WHERE id = ?", [id.text]).map(Self.request)
    }

    /// What a request tests.
    package func tested(_ subject: RequestSubject) throws -> Tested? {
        switch subject {
        case .tube(let id): try tube(id).map { Tested($0.tube) }
        case .pool(let id): try pool(id).map { .pooled($0) }
        }
    }

    static func request(_ row: Row) -> StoredRequest {
        let subject: RequestSubject =
            if let pool = row["pool"] as String? { .pool(PoolID(pool)) } else {
                .tube(TubeID(row["tube"]))
            }
        return StoredRequest(
            id: RequestID(row["id"]), of: subject, ordinal: row["ordinal"],
            purpose: Purpose(rawValue: row["purpose"]) ?? .routine,
            kit: KitRole(rawValue: row["kit"]) ?? .first,
            cause: (row["cause"] as String?).map { RequestID($0) })
    }
}

extension StoreView {
    /// The risk class of a registered tube.
    package func risk(of tube: TubeID) throws -> RiskClass? {
        try row("SELECT risk FROM tube WHERE barcode = ?", [tube.text])
            .flatMap { RiskClass(rawValue: $0["risk"]) }
    }
}
