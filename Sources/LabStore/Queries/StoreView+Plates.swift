internal import GRDB
package import LabDomain

/// One filled well of a plate with what is known of its content.
package struct PlateWell: Hashable, Sendable {
    package let position: WellPosition
    /// Nil for a sample.
    package let control: ControlKind?
    /// Nil for a control, as all that follows.
    package let of: RequestSubject?
    package let kind: TestedKind?
    package let purpose: Purpose?
    package let risk: RiskClass?
    /// The pool that stands in the well, or the smallest one out of which the tube is retested.
    package let pool: PoolID?
    /// The member tubes of a pool, in pipetting order.
    package let members: [TubeID]
    /// When its first clock runs out; nil when none runs.
    package let dueAt: Timestamp?
    package let verdict: Verdict?
    package let reason: VerdictReason?

    /// A well; a control has nothing but its kind.
    package init(
        _ position: WellPosition, control: ControlKind? = nil, of: RequestSubject? = nil,
        kind: TestedKind? = nil, purpose: Purpose? = nil, risk: RiskClass? = nil,
        pool: PoolID? = nil, members: [TubeID] = [], dueAt: Timestamp? = nil,
        verdict: Verdict? = nil, reason: VerdictReason? = nil
    ) {
        self.position = position
        self.control = control
        self.of = of
        self.kind = kind
        self.purpose = purpose
        self.risk = risk
        self.pool = pool
        self.members = members
        self.dueAt = dueAt
        self.verdict = verdict
        self.reason = reason
    }
}

extension PlateWell {
    /// The same content in another well.
    func moved(to position: WellPosition) -> PlateWell {
        PlateWell(
            position, control: control, of: of, kind: kind, purpose: purpose, risk: risk,
            pool: pool, members: members, dueAt: dueAt, verdict: verdict, reason: reason)
    }
}

/// Somebody at a moment.
package struct Deed: Hashable, Sendable {
    package let by: String
    package let at: Timestamp

    /// What somebody did at a moment.
    package init(by: String, at: Timestamp) {
        self.by = by
        self.at = at
    }
}

/// A plate in a list, without its wells.
package struct PlateLine: Hashable, Sendable {
    package let id: PlateID
    package let format: PlateFormat
    package let kit: KitRole
    package let assay: String
    package let samples: Int
    /// `laid-out`, `read`, `abandoned` or `combined`.
    package let state: String
    package let laidOut: Deed
    /// When the first clock of its samples runs out; nil when none runs or it is read.
    package let dueAt: Timestamp?

    /// A plate as a list shows it.
    package init(
        id: PlateID, format: PlateFormat, kit: KitRole, assay: String, samples: Int,
        state: String, laidOut: Deed, dueAt: Timestamp?
    ) {
        self.id = id
        self.format = format
        self.kit = kit
        self.assay = assay
        self.samples = samples
        self.state = state
        self.laidOut = laidOut
        self.dueAt = dueAt
    }
}

extension StoreView {
    /// A part of the plates: those that wait for their run, the oldest first, or all, the newest
    /// first.
    package func plates(
        onlyUnread: Bool, after: String, size: Int = Part<PlateLine>.size
    ) throws -> Part<PlateLine> {
        let parts = after.split(separator: "-", maxSplits: 1)
        let time = parts.first.flatMap { Int64($0) } ?? (onlyUnread ? .min : .max)
        let id = parts.count > 1 ? String(parts[1]) : ""
        let lines = try rows(
            Self.plateLines
                + (onlyUnread
                    ? """
                     WHERE p.state = 'laid-out' AND (p.laidOutAt, p.id) > (?, ?)
                    ORDER BY p.laidOutAt, p.id LIMIT ?
                    """
                    : """
                     WHERE (p.laidOutAt, p.id) < (?, ?)
                    ORDER BY p.laidOutAt DESC, p.id DESC LIMIT ?
                    """),
            [time, id, size + 1]
        ).compactMap(Self.plateLine)
        return Part(lines, size: size) { "\($0.laidOut.at.milliseconds)-\($0.id)" }
    }

    /// One plate without its wells.
    package func plateLine(_ id: PlateID) throws -> PlateLine? {
        try row(Self.plateLines + " WHERE p.id = ?", [id.text]).flatMap(Self.plateLine)
    }

    /// The plate that was laid out last.
    package func latestPlate() throws -> PlateLine? {
        try row(Self.plateLines + " ORDER BY p.laidOutAt DESC, p.id DESC LIMIT 1")
            .flatMap(Self.plateLine)
    }

    /// Who gave up a plate, and when.
    package func abandoned(_ plate: PlateID) throws -> Deed? {
        try row(
            "SELECT actor, at FROM fact WHERE subject = ? AND kind = 'plate-abandoned'",
            [plate.text]
        ).map { Deed(by: $0["actor"], at: Timestamp(milliseconds: $0["at"])) }
    }

    /// Who brought in the run of a plate, and when; refused runs too.
    package func read(_ plate: PlateID) throws -> Deed? {
        try row("SELECT enteredBy, readAt FROM run WHERE plate = ?", [plate.text])
            .map { Deed(by: $0["enteredBy"], at: Timestamp(milliseconds: $0["readAt"])) }
    }

    /// How many tests wait for each kit, routine ones and others apart.
    package func waitingByKit() throws -> [KitRole: (routine: Int, again: Int)] {
        var counts: [KitRole: (routine: Int, again: Int)] = [:]
        for row in try rows(
            """
            SELECT kit, sum(purpose = 'routine') AS routine, sum(purpose <> 'routine') AS again
            FROM request WHERE state = 'waiting' GROUP BY kit
            """)
        {
            guard let kit = KitRole(rawValue: row["kit"]) else { continue }
            counts[kit] = (row["routine"], row["again"])
        }
        return counts
    }

    /// The filled wells of a plate, column by column; of one that was put on a larger plate too.
    package func wells(of plate: PlateID) throws -> [PlateWell] {
        guard let target = try target(of: plate) else { return try ownWells(of: plate) }
        return try ownWells(of: target.plate).compactMap { well in
            let (quadrant, position) = Quadrant.source(of: well.position)
            return quadrant == target.quadrant ? well.moved(to: position) : nil
        }.sorted { $0.position < $1.position }
    }

    private func ownWells(of plate: PlateID) throws -> [PlateWell] {
        let members = try members(on: plate)
        return try values(Self.plateWells, [plate.text]) { row -> PlateWell? in
            guard let position = WellPosition(text: row["position"]) else { return nil }
            if let control = (row["control"] as String?).flatMap(ControlKind.init(rawValue:)) {
                return PlateWell(position, control: control)
            }
            let pool = (row["pool"] as String?).map { PoolID($0) }
            return PlateWell(
                position, of: pool.map { .pool($0) } ?? .tube(TubeID(row["tube"] ?? "")),
                kind: (row["kind"] as String?).flatMap(TestedKind.init(rawValue:)) ?? .pool,
                purpose: (row["purpose"] as String?).flatMap(Purpose.init(rawValue:)),
                risk: (row["risk"] as String?).flatMap(RiskClass.init(rawValue:)),
                pool: pool ?? (row["causePool"] as String?).map { PoolID($0) },
                members: pool.flatMap { members[$0] } ?? [],
                dueAt: (row["dueAt"] as Int64?).map { Timestamp(milliseconds: $0) },
                verdict: (row["verdict"] as String?).flatMap(Verdict.init(rawValue:)),
                reason: (row["reason"] as String?).flatMap(VerdictReason.init(rawValue:)))
        }.compactMap(\.self).sorted { $0.position < $1.position }
    }

    private func members(on plate: PlateID) throws -> [PoolID: [TubeID]] {
        var members: [PoolID: [TubeID]] = [:]
        for row in try rows(
            """
            SELECT m.pool, m.tube FROM well w JOIN request q ON q.id = w.request
            JOIN poolMember m ON m.pool = q.pool WHERE w.plate = ? ORDER BY m.pool, m.number
            """, [plate.text])
        {
            members[PoolID(row["pool"]), default: []].append(TubeID(row["tube"]))
        }
        return members
    }

    private static func plateLine(_ row: Row) -> PlateLine? {
        guard let format = PlateFormat(rawValue: row["format"]) else { return nil }
        return PlateLine(
            id: PlateID(row["id"]), format: format, kit: KitRole(rawValue: row["kit"]) ?? .first,
            assay: row["assay"], samples: row["samples"], state: row["state"],
            laidOut: Deed(
                by: row["laidOutBy"] ?? "", at: Timestamp(milliseconds: row["laidOutAt"])),
            dueAt: (row["dueAt"] as Int64?).map { Timestamp(milliseconds: $0) })
    }

    private static let plateLines = """
        SELECT p.*,
            (SELECT f.actor FROM fact f WHERE f.subject = p.id
                AND f.kind IN ('plate-laid-out', 'plates-combined')) AS laidOutBy,
            (SELECT count(*) FROM well w WHERE w.plate = p.id AND w.request IS NOT NULL)
            + (SELECT count(*) FROM quadrant x JOIN well w ON w.plate = x.plate
               WHERE x.source = p.id AND w.request IS NOT NULL AND x.number = 1
                + (CAST(substr(w.position, 2) AS INTEGER) - 1) % 2 * 2
                + (unicode(w.position) - 65) % 2) AS samples,
            CASE WHEN p.state = 'laid-out' THEN (SELECT min(k.dueAt) FROM well w
                JOIN request q ON q.id = w.request
                LEFT JOIN poolMember m ON m.pool = q.pool
                JOIN clock k ON k.subject = coalesce(m.tube, q.tube)
                WHERE w.plate = p.id AND k.kind = 'tube' AND k.stoppedAt IS NULL
                    AND k.pausedAt IS NULL) END AS dueAt
        FROM plate p
        """

    /// A tube that is tested again may have been in a pool; one that is tested for the first time
    /// was not, though it may have come into one since, when its plate was given up.
    private static let plateWells = """
        SELECT w.position, w.control, q.tube, q.pool, q.purpose, q.verdict, q.reason, t.kind,
            coalesce(t.risk, p.risk) AS risk,
            (SELECT m.pool FROM poolMember m JOIN pool o ON o.id = m.pool
             WHERE m.tube = q.tube AND q.purpose <> 'routine' AND o.state <> 'withdrawn'
             ORDER BY o.size LIMIT 1) AS causePool,
            (SELECT min(k.dueAt) FROM clock k WHERE k.stoppedAt IS NULL AND k.pausedAt IS NULL
             AND k.kind = 'tube' AND (k.subject = q.tube OR k.subject IN
                 (SELECT m.tube FROM poolMember m WHERE m.pool = q.pool))) AS dueAt
        FROM well w LEFT JOIN request q ON q.id = w.request
        LEFT JOIN tube t ON t.barcode = q.tube LEFT JOIN pool p ON p.id = q.pool
        WHERE w.plate = ?
        """
}
