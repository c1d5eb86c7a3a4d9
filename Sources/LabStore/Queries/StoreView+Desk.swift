internal import GRDB
package import LabDomain

/// A person in a filling of a tube at a sampling desk.
package struct DeskMember: Hashable, Sendable {
    package let desk: String
    package let sequence: Int
    /// Nil when they could not be read.
    package let person: RegisteredPerson?
    package let at: Timestamp
    /// What the device's clock said, where that was put right.
    package let device: Timestamp?
    package let by: String
    /// Another tube into which they were swabbed shortly before.
    package let again: TubeID?
}

/// A filling that waits for somebody: held, or open for long.
package struct UnsettledDeskTube: Hashable, Sendable {
    package let tube: DeskTube
    package let openedAt: Timestamp
    package let members: [DeskMember]
}

extension StoreView {
    /// The last number and time of a desk; nil before its first entry.
    package func desk(_ id: String) throws -> (sequence: Int, lastAt: Timestamp)? {
        try row("SELECT sequence, lastAt FROM desk WHERE id = ?", [id]).map {
            ($0["sequence"], Timestamp(milliseconds: $0["lastAt"]))
        }
    }

    /// What a desk fills under a barcode.
    package func openDeskTube(_ tube: TubeID, at desk: String) throws -> DeskTube? {
        try row(
            "SELECT * FROM deskTube WHERE desk = ? AND tube = ? AND state = 'open'",
            [desk, tube.text]
        ).flatMap(Self.deskTube)
    }

    /// What a desk filled last under a barcode and closed, as long as nobody settled it.
    package func closedDeskTube(_ tube: TubeID, at desk: String) throws -> DeskTube? {
        try row(
            """
            SELECT * FROM deskTube
            WHERE desk = ? AND tube = ?
                AND (state = 'held' OR (state = 'registered' AND cause IS NULL))
            ORDER BY closedAt DESC, id LIMIT 1
            """, [desk, tube.text]
        ).flatMap(Self.deskTube)
    }

    /// Whether nothing has happened to a registered tube: it is in no box that was counted, was
    /// never received and answers nobody's recollection.
    package func isUntouched(_ tube: TubeID) throws -> Bool {
        try row(
            """
            SELECT 1 FROM tube t
            WHERE t.barcode = ?1 AND t.state = 'expected' AND t.receivedAt IS NULL
                AND NOT EXISTS (SELECT 1 FROM boxClosing c WHERE c.box = t.box)
                AND NOT EXISTS (SELECT 1 FROM request q WHERE q.tube = ?1)
                AND NOT EXISTS (SELECT 1 FROM measurement m WHERE m.tube = ?1)
                AND NOT EXISTS (SELECT 1 FROM recollection r WHERE r.newTube = ?1)
                AND NOT EXISTS (SELECT 1 FROM recollection r WHERE r.tube = ?1)
            """, [tube.text]) != nil
    }

    /// One filling.
    package func deskTube(_ id: DeskTubeID) throws -> DeskTube? {
        try row("SELECT * FROM deskTube WHERE id = ?", [id.text]).flatMap(Self.deskTube)
    }

    /// Other fillings under a barcode that are not settled.
    package func unsettled(_ tube: TubeID, but id: DeskTubeID?) throws -> [DeskTube] {
        try rows(
            """
            SELECT * FROM deskTube WHERE tube = ? AND state IN ('open', 'held') AND id IS NOT ?
            ORDER BY openedAt, id
            """, [tube.text, id?.text]
        ).compactMap(Self.deskTube)
    }

    /// Who is in a filling, in the order of swabbing.
    package func members(of deskTube: DeskTubeID) throws -> [DeskMember] {
        try rows(
            """
            SELECT * FROM deskPerson WHERE deskTube = ? AND isUndone = 0
            ORDER BY at, desk, sequence
            """, [deskTube.text]
        ).map(Self.deskMember)
    }

    /// Another tube into which a person was swabbed since a moment.
    package func otherTube(of person: PersonID, but tube: TubeID, since: Timestamp) throws
        -> TubeID?
    {
        try row(
            """
            SELECT d.tube AS tube, p.at AS at
            FROM deskPerson p JOIN deskTube d ON d.id = p.deskTube
            WHERE p.person = ?1 AND p.at >= ?3 AND p.isUndone = 0 AND d.tube <> ?2
                AND d.state <> 'discarded'
            UNION ALL
            SELECT t.barcode, t.collectedAt FROM specimen s JOIN tube t ON t.barcode = s.tube
            WHERE s.person = ?1 AND s.tube <> ?2 AND t.collectedAt >= ?3
            ORDER BY at DESC LIMIT 1
            """, [person.text, tube.text, since.milliseconds]
        ).map { TubeID($0["tube"]) }
    }

    /// Fillings that wait for a decision, the oldest first: held, standing against one that is
    /// held, or opened before a moment and never closed.
    package func unsettledDeskTubes(
        openedBefore: Timestamp, of scope: Scope, most: Int
    ) throws -> [UnsettledDeskTube] {
        try rows(
            """
            SELECT * FROM deskTube
            WHERE state IN ('open', 'held')
                AND (state = 'held' OR openedAt < ?1 OR EXISTS (
                    SELECT 1 FROM deskTube o WHERE o.tube = deskTube.tube AND o.state = 'held'))
                AND (?2 IS NULL OR unit = ?2) AND (?3 IS NULL OR site = ?3)
            ORDER BY openedAt, id LIMIT ?4
            """, [openedBefore.milliseconds, scope.unit, scope.site, most]
        ).compactMap { row in
            guard let tube = Self.deskTube(row) else { return nil }
            return UnsettledDeskTube(
                tube: tube, openedAt: Timestamp(milliseconds: row["openedAt"]),
                members: try members(of: tube.id))
        }
    }

    private static func deskTube(_ row: Row) -> DeskTube? {
        guard let ratio = TubeRatio(rawValue: row["ratio"]),
            let risk = RiskClass(rawValue: row["risk"]),
            let state = DeskTubeState(rawValue: row["state"])
        else { return nil }
        return DeskTube(
            id: DeskTubeID(row["id"]), desk: row["desk"], tube: TubeID(row["tube"]),
            ratio: ratio, risk: risk, unit: row["unit"], site: row["site"],
            box: (row["box"] as String?).map { BoxID($0) }, state: state,
            cause: (row["cause"] as String?).flatMap(DeskCause.init(rawValue:)))
    }

    private static func deskMember(_ row: Row) -> DeskMember {
        func bytes(_ name: String) -> Bytes? {
            (row[name] as Data?).map { Bytes([UInt8]($0)) }
        }
        var person: RegisteredPerson?
        if let id = row["person"] as String?, let details = bytes("details"),
            let document = bytes("document"), let name = bytes("name")
        {
            person = RegisteredPerson(
                id: PersonID(id),
                identity: SealedIdentity(
                    details: details, document: document, name: name,
                    telephone: bytes("telephone"), address: bytes("address")))
        }
        return DeskMember(
            desk: row["desk"], sequence: row["sequence"], person: person,
            at: Timestamp(milliseconds: row["at"]),
            device: (row["device"] as Int64?).map { Timestamp(milliseconds: $0) }, by: row["by"],
            again: (row["again"] as String?).map { TubeID($0) })
    }
}
