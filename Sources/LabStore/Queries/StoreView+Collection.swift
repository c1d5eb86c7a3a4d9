internal import GRDB
package import LabDomain

/// A box with the counts of its tubes.
package struct BoxSummary: Hashable, Sendable, Codable {
    package let box: BoxID
    package let unit: String
    package let tubes: Int
    package let received: Int
    package let rejected: Int
    package let missing: Int
    /// When its tubes were counted and it was closed, the last time; nil before.
    package let closedAt: Timestamp?
    package let closedBy: String?

    /// Whether it is on its way: nothing of it has been scanned.
    package var isAwaited: Bool { missing == tubes && closedAt == nil }
}

/// An open recollection of a person, as a new tube finds it.
package struct OpenRecollection: Hashable, Sendable {
    package let id: RecollectionID
    package let tube: TubeID
    package let person: PersonID
    /// The box of the tube that asked for it: the batch of its clock.
    package let box: BoxID
    /// The site of that tube.
    package let site: String
    /// When that tube was filled.
    package let collectedAt: Timestamp
}

extension StoreView {
    /// Whether a tube with this barcode is registered.
    package func isRegistered(_ tube: TubeID) throws -> Bool {
        try row("SELECT 1 FROM tube WHERE barcode = ?", [tube.text]) != nil
    }

    /// Whether there is a manifest with this identifier.
    package func isManifest(_ id: ManifestID) throws -> Bool {
        try row("SELECT 1 FROM manifest WHERE id = ?", [id.text]) != nil
    }

    /// The tokens of the names under which those of these people who are known are known.
    package func nameTokens(of people: [PersonID]) throws -> [PersonID: Bytes] {
        let list = people.map { "\"\($0.text)\"" }.joined(separator: ",")
        let rows = try rows(
            "SELECT id, name FROM person WHERE id IN (SELECT value FROM json_each(?))",
            ["[\(list)]"])
        return Dictionary(
            rows.map { (PersonID($0["id"]), Bytes([UInt8]($0["name"] as Data))) }
        ) { first, _ in first }
    }

    /// A person's sealed details.
    package func sealedDetails(of person: PersonID) throws -> Bytes? {
        try row("SELECT details FROM person WHERE id = ?", [person.text])
            .map { Bytes([UInt8]($0["details"] as Data)) }
    }

    /// The recollection that waits for this person, the oldest first where there are several.
    package func openRecollections(of person: PersonID) throws -> [OpenRecollection] {
        try rows(
            """
            SELECT r.id, r.tube, t.box, t.site, t.collectedAt FROM recollection r
            JOIN tube t ON t.barcode = r.tube
            WHERE r.person = ? AND r.state = 'open' ORDER BY r.openedAt, r.id
            """, [person.text]
        ).map {
            OpenRecollection(
                id: RecollectionID($0["id"]), tube: TubeID($0["tube"]), person: person,
                box: BoxID($0["box"]), site: $0["site"],
                collectedAt: Timestamp(milliseconds: $0["collectedAt"]))
        }
    }

    /// The recollection with this identifier, when it is open.
    package func openRecollection(_ id: RecollectionID) throws -> OpenRecollection? {
        try row(
            """
            SELECT r.tube, r.person, t.box, t.site, t.collectedAt FROM recollection r
            JOIN tube t ON t.barcode = r.tube
            WHERE r.id = ? AND r.state = 'open'
            """, [id.text]
        ).map {
            OpenRecollection(
                id: id, tube: TubeID($0["tube"]), person: PersonID($0["person"]),
                box: BoxID($0["box"]), site: $0["site"],
                collectedAt: Timestamp(milliseconds: $0["collectedAt"]))
        }
    }

    /// A registered tube with what has happened to it; nil when the barcode is unknown.
    package func tube(_ id: TubeID) throws -> ExpectedTube? {
        guard let row = try row("SELECT * FROM tube WHERE barcode = ?", [id.text]),
            let tube = try collected(row)
        else { return nil }
        return ExpectedTube(
            tube: tube, box: BoxID(row["box"]),
            state: TubeState(rawValue: row["state"]) ?? .expected,
            receivedAt: (row["receivedAt"] as Int64?).map { Timestamp(milliseconds: $0) },
            receivedBy: row["receivedBy"],
            rejectedBecause: (row["rejected"] as String?).flatMap(RejectReason.init(rawValue:)))
    }

    /// Tubes whose answer is not released yet, and that are not rejected.
    package func tubesUnderWay() throws -> [TubeID] {
        try rows(
            """
            SELECT barcode FROM tube WHERE state IN ('expected', 'received')
            UNION SELECT tube FROM answer WHERE state <> 'released'
            """
        ).map { TubeID($0["barcode"]) }
    }

    /// The box of a registered tube.
    package func box(of tube: TubeID) throws -> BoxID? {
        try row("SELECT box FROM tube WHERE barcode = ?", [tube.text]).map { BoxID($0["box"]) }
    }

    /// The barcodes of a box that are not received yet.
    package func missingTubes(of box: BoxID) throws -> [TubeID] {
        try rows(
            "SELECT barcode FROM tube WHERE box = ? AND state = 'expected' ORDER BY barcode",
            [box.text]
        ).map { TubeID($0["barcode"]) }
    }

    /// How many tubes of a box lie in the laboratory by what was scanned: all that were received or
    /// rejected, but those that never arrived.
    package func tubesHere(of box: BoxID) throws -> Int {
        try count(
            """
            SELECT count(*) FROM tube
            WHERE box = ? AND state <> 'expected' AND rejected IS NOT 'lost'
            """, [box.text])
    }

    /// How many tubes a box holds by the manifest, and how many of them came: all, or those of a
    /// unit or site.
    /// - Returns: nil when the box holds none of them.
    package func box(_ id: BoxID, of scope: Scope = .laboratory) throws -> BoxSummary? {
        try boxes(named: id.text, of: scope).first
    }

    /// All boxes of which a tube is still missing, or simply all; for a unit or site with the
    /// counts of its own tubes.
    package func boxes(
        onlyIncomplete: Bool, of scope: Scope = .laboratory
    ) throws -> [BoxSummary] {
        try boxes(named: nil, of: scope).filter { !onlyIncomplete || $0.missing > 0 }
    }

    private func boxes(named box: String?, of scope: Scope) throws -> [BoxSummary] {
        let counts = """
            SELECT t.box, min(unit) AS unit, count(*) AS tubes,
                sum(receivedAt IS NOT NULL) AS received, sum(state = 'rejected') AS rejected,
                sum(state = 'expected') AS missing, c.closedAt, c.closedBy
            FROM tube t LEFT JOIN boxClosing c ON c.box = t.box
            WHERE (?1 IS NULL OR unit = ?1) AND (?2 IS NULL OR site = ?2)
            """
        let found =
            try box.map {
                try rows(counts + " AND t.box = ?3 GROUP BY t.box", [scope.unit, scope.site, $0])
            } ?? rows(counts + " GROUP BY t.box ORDER BY t.box", [scope.unit, scope.site])
        return found.map {
            BoxSummary(
                box: BoxID($0["box"]), unit: $0["unit"], tubes: $0["tubes"],
                received: $0["received"], rejected: $0["rejected"], missing: $0["missing"],
                closedAt: ($0["closedAt"] as Int64?).map { Timestamp(milliseconds: $0) },
                closedBy: $0["closedBy"])
        }
    }

    private func collected(_ row: Row) throws -> CollectedTube? {
        let id = TubeID(row["barcode"])
        let people = try rows(
            "SELECT person FROM specimen WHERE tube = ? ORDER BY number", [id.text]
        ).map { PersonID($0["person"]) }
        switch TubeKind(rawValue: row["kind"]) {
        case .single: return people.first.map { .single(SingleTube(id: id, person: $0)) }
        case .mixed:
            guard let ratio = MixRatio(rawValue: row["ratio"]),
                let tube = try? MixedTube(id: id, ratio: ratio, members: people)
            else { return nil }
            return .mixed(tube)
        case .environmental:
            return .environmental(EnvironmentalTube(id: id, place: row["place"]))
        case nil: return nil
        }
    }
}
