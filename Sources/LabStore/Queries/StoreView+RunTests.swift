internal import GRDB
package import LabDomain

/// One test that a run read, with what is known about its tube or pool.
package struct StoredRunTest: Hashable, Sendable {
    package let request: RequestID
    package let of: RequestSubject
    package let kind: TestedKind
    package let purpose: Purpose
    package let ordinal: Int
    package let well: WellPosition
    package let result: WellResult
    /// The pool in the well and its members' number; nil for a tube.
    package let pool: PoolState?
    package let members: Int
    /// Verdicts of earlier tests of the same tube or pool, from valid runs.
    package let earlier: [Verdict]
    /// The pools that hold the tube, or out of which the pool was cut.
    package let poolsAround: [PoolAround]

    /// A pool that holds a tube, or out of which a pool was cut.
    package struct PoolAround: Hashable, Sendable {
        package let pool: PoolID
        package let state: PoolState
        /// What valid runs said of it before this run.
        package let verdicts: [Verdict]
    }
}

extension StoreView {
    /// Every reading of a run, controls included.
    package func readings(of run: RunID) throws -> [Reading] {
        try values(
            "SELECT * FROM reading WHERE run = ?", [run.text]
        ) { row in
            WellPosition(text: row["position"]).map {
                Reading(
                    well: $0, target: row["target"],
                    cq: (row["cq"] as Double?).flatMap { Cq($0) },
                    called: (row["called"] as String?).flatMap(Call.init(rawValue:)),
                    isExcluded: row["isExcluded"],
                    ownCq: (row["ownCq"] as Double?).flatMap { Cq($0) },
                    curve: (row["curve"] as String?).flatMap(CurveOpinion.init(rawValue:)),
                    curveQuality: row["curveQuality"])
            }
        }.compactMap(\.self)
    }

    /// The controls of a run that did not do what they must.
    package func controlFaults(of run: RunID) throws -> [ControlFault] {
        try values(
            "SELECT position, control, target, why FROM controlFault WHERE run = ?", [run.text]
        ) { row -> ControlFault? in
            guard let well = WellPosition(text: row["position"]),
                let control = ControlKind(rawValue: row["control"])
            else { return nil }
            return ControlFault(
                well: well, control: control, target: row["target"],
                why: (row["why"] as String?).flatMap(ControlFailure.init(rawValue:)))
        }.compactMap(\.self).sorted { ($0.well, $0.target) < ($1.well, $1.target) }
    }

    /// The tests that a run read, in plate order.
    package func tests(of run: RunID) throws -> [StoredRunTest] {
        let earlier = try earlierVerdicts(of: run)
        let around = try poolsAround(of: run)
        return try rows(
            """
            SELECT q.*, w.position, t.kind AS tubeKind, p.state AS poolState, p.size AS poolSize
            FROM request q JOIN well w ON w.request = q.id LEFT JOIN tube t ON t.barcode = q.tube
            LEFT JOIN pool p ON p.id = q.pool WHERE q.run = ?
            """, [run.text]
        ).compactMap { row -> StoredRunTest? in
            let request = Self.request(row)
            guard let well = WellPosition(text: row["position"]),
                let verdict = Verdict(rawValue: row["verdict"])
            else { return nil }
            return StoredRunTest(
                request: request.id, of: request.of,
                kind: (row["tubeKind"] as String?).flatMap(TestedKind.init(rawValue:)) ?? .pool,
                purpose: request.purpose, ordinal: request.ordinal, well: well,
                result: WellResult(
                    verdict, (row["reason"] as String?).flatMap(VerdictReason.init(rawValue:))),
                pool: (row["poolState"] as String?).flatMap(PoolState.init(rawValue:)),
                members: (row["poolSize"] as Int?) ?? 0, earlier: earlier[request.id] ?? [],
                poolsAround: around[request.id] ?? [])
        }.sorted { $0.well < $1.well }
    }

    private func earlierVerdicts(of run: RunID) throws -> [RequestID: [Verdict]] {
        try rows(
            """
            SELECT q.id, e.verdict FROM request q
            JOIN request e ON e.tube = q.tube AND e.ordinal < q.ordinal
            JOIN run u ON u.id = e.run AND u.state IN ('valid', 'reviewed')
            WHERE q.run = ?1 AND q.tube IS NOT NULL
            UNION ALL
            SELECT q.id, e.verdict FROM request q
            JOIN request e ON e.pool = q.pool AND e.ordinal < q.ordinal
            JOIN run u ON u.id = e.run AND u.state IN ('valid', 'reviewed')
            WHERE q.run = ?1 AND q.pool IS NOT NULL
            """, [run.text]
        ).reduce(into: [:]) { found, row in
            guard let verdict = Verdict(rawValue: row["verdict"]) else { return }
            found[RequestID(row["id"]), default: []].append(verdict)
        }
    }

    private func poolsAround(of run: RunID) throws -> [RequestID: [StoredRunTest.PoolAround]] {
        let pairs = try rows(
            """
            SELECT q.id, p.id AS pool, p.state, p.size FROM request q
            JOIN poolMember m ON m.tube = q.tube JOIN pool p ON p.id = m.pool
            WHERE q.run = ?1 AND q.tube IS NOT NULL AND p.state <> 'withdrawn'
            UNION ALL
            SELECT q.id, p.id, p.state, p.size FROM request q JOIN pool c ON c.id = q.pool
            JOIN pool p ON p.id = c.parent WHERE q.run = ?1 AND q.pool IS NOT NULL
            ORDER BY 4
            """, [run.text])
        var verdicts: [String: [Verdict]] = [:]
        return try pairs.reduce(into: [:]) { found, row in
            guard let state = PoolState(rawValue: row["state"]) else { return }
            let pool: String = row["pool"]
            let said = try verdicts[pool] ?? self.verdicts(ofPool: pool, before: run)
            verdicts[pool] = said
            found[RequestID(row["id"]), default: []].append(
                StoredRunTest.PoolAround(pool: PoolID(pool), state: state, verdicts: said))
        }
    }

    private func verdicts(ofPool pool: String, before run: RunID) throws -> [Verdict] {
        try values(
            """
            SELECT q.verdict FROM request q JOIN run u ON u.id = q.run
            WHERE q.pool = ?1 AND u.state IN ('valid', 'reviewed')
                AND u.readAt <= (SELECT readAt FROM run WHERE id = ?2) AND u.id <> ?2
            """, [pool, run.text]
        ) { Verdict(rawValue: $0["verdict"]) }.compactMap(\.self)
    }
}
