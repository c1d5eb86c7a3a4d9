internal import GRDB
package import LabDomain

/// What a code names.
package enum ThingKind: String, CaseIterable, Hashable, Sendable {
    case tube
    case pool
    case plate
    case box
    case manifest
    case recollection
    case person
}

/// A thing with the codes of what belongs to it.
package struct Thing: Hashable, Sendable {
    package let kind: ThingKind
    package let name: String
    package let related: [ThingKind: [String]]
}

/// Where a tube is now.
package struct TubeStanding: Sendable {
    /// The test that waits or is under way.
    package struct Test: Hashable, Sendable {
        package let ordinal: Int
        package let purpose: Purpose
        package let kit: KitRole
        /// `waiting`, `pooled` or `plated`.
        package let state: String
    }

    package let kind: TubeKind
    package let state: TubeState
    package let box: BoxID
    package let unit: String
    package let site: String
    package let risk: RiskClass
    package let rejected: RejectReason?
    package let test: Test?
    package let answer: StoredAnswer?
    /// Its clocks by their rules.
    package let clocks: [(rule: String, clock: Clock)]
}

extension StoreView {
    /// What a code names, with the codes of what belongs to it; nil when it names nothing.
    package func thing(_ name: String) throws -> Thing? {
        for kind in ThingKind.allCases where try row(Self.known(kind), [name]) != nil {
            var related: [ThingKind: [String]] = [:]
            for row in try rows(Self.related(kind), [name]) {
                let code: String? = row["code"]
                if let other = ThingKind(rawValue: row["kind"]), let code, code != name {
                    related[other, default: []].append(code)
                }
            }
            return Thing(kind: kind, name: name, related: related)
        }
        return nil
    }

    /// Where a tube is now; nil when nobody registered it.
    package func standing(of tube: TubeID) throws -> TubeStanding? {
        guard let row = try row("SELECT * FROM tube WHERE barcode = ?", [tube.text]) else {
            return nil
        }
        let test = try self.row("SELECT * FROM openRequest WHERE tube = ?", [tube.text]).map {
            TubeStanding.Test(
                ordinal: $0["ordinal"], purpose: Purpose(rawValue: $0["purpose"]) ?? .routine,
                kit: KitRole(rawValue: $0["kit"]) ?? .first, state: $0["state"])
        }
        return TubeStanding(
            kind: TubeKind(rawValue: row["kind"]) ?? .single,
            state: TubeState(rawValue: row["state"]) ?? .expected, box: BoxID(row["box"]),
            unit: row["unit"], site: row["site"], risk: RiskClass(rawValue: row["risk"]) ?? .low,
            rejected: (row["rejected"] as String?).flatMap(RejectReason.init(rawValue:)),
            test: test, answer: try answer(of: tube),
            clocks: try rows(
                "SELECT * FROM clock WHERE subject = ? ORDER BY rule", [tube.text]
            ).map { ($0["rule"], Self.clock($0)) })
    }

    private static func known(_ kind: ThingKind) -> String {
        switch kind {
        case .tube: "SELECT 1 FROM tube WHERE barcode = ?"
        case .pool: "SELECT 1 FROM pool WHERE id = ?"
        case .plate: "SELECT 1 FROM plate WHERE id = ?"
        case .box: "SELECT 1 FROM tube WHERE box = ? LIMIT 1"
        case .manifest: "SELECT 1 FROM manifest WHERE id = ?"
        case .recollection: "SELECT 1 FROM recollection WHERE id = ?"
        case .person: "SELECT 1 FROM person WHERE id = ?"
        }
    }

    /// Each statement gives kinds and codes in their order; none names a person but by identifier.
    private static func related(_ kind: ThingKind) -> String {
        switch kind {
        case .tube:
            """
            SELECT 'box' AS kind, box AS code FROM tube WHERE barcode = ?1
            UNION SELECT 'manifest', manifest FROM tube WHERE barcode = ?1
            UNION SELECT 'pool', pool FROM poolMember WHERE tube = ?1
            UNION SELECT 'plate', w.plate FROM request q JOIN well w ON w.request = q.id
                WHERE q.tube = ?1
            UNION SELECT 'plate', w.plate FROM poolMember m JOIN request q ON q.pool = m.pool
                JOIN well w ON w.request = q.id WHERE m.tube = ?1
            UNION SELECT 'recollection', id FROM recollection WHERE tube = ?1
            UNION SELECT 'recollection', id FROM recollection WHERE newTube = ?1
            UNION SELECT 'tube', newTube FROM recollection WHERE tube = ?1
            UNION SELECT 'tube', tube FROM recollection WHERE newTube = ?1
            UNION SELECT 'person', person FROM specimen WHERE tube = ?1
            ORDER BY kind, code
            """
        case .pool:
            """
            SELECT 'tube' AS kind, tube AS code FROM poolMember WHERE pool = ?1
            UNION SELECT 'pool', parent FROM pool WHERE id = ?1
            UNION SELECT 'pool', id FROM pool WHERE parent = ?1
            UNION SELECT 'plate', w.plate FROM request q JOIN well w ON w.request = q.id
                WHERE q.pool = ?1
            ORDER BY kind, code
            """
        case .plate:
            """
            SELECT 'tube' AS kind, q.tube AS code FROM well w JOIN request q ON q.id = w.request
                WHERE w.plate = ?1
            UNION SELECT 'pool', q.pool FROM well w JOIN request q ON q.id = w.request
                WHERE w.plate = ?1
            ORDER BY kind, code
            """
        case .box:
            """
            SELECT 'tube' AS kind, barcode AS code FROM tube WHERE box = ?1
            UNION SELECT 'manifest', manifest FROM tube WHERE box = ?1
            ORDER BY kind, code
            """
        case .manifest:
            "SELECT DISTINCT 'box' AS kind, box AS code FROM tube WHERE manifest = ? ORDER BY box"
        case .recollection:
            """
            SELECT 'tube' AS kind, tube AS code FROM recollection WHERE id = ?1
            UNION SELECT 'tube', newTube FROM recollection WHERE id = ?1
            UNION SELECT 'person', person FROM recollection WHERE id = ?1
            ORDER BY kind, code
            """
        case .person:
            """
            SELECT 'tube' AS kind, tube AS code FROM specimen WHERE person = ?1
            UNION SELECT 'recollection', id FROM recollection WHERE person = ?1
            ORDER BY kind, code
            """
        }
    }
}
