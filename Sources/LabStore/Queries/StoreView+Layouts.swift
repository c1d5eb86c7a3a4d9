internal import GRDB
package import LabDomain

/// A plate as it is kept.
package struct StoredPlate: Hashable, Sendable {
    package let id: PlateID
    package let layout: PlateLayout
    package let kit: KitRole
    package let assay: String
    /// The assay's name and the first digits of a hash of its limits.
    package let version: String
    /// `laid-out`, `read`, `abandoned`, or `combined` with others on a larger plate.
    package let state: String
    /// The kit's lot; nil where none is kept.
    package let lot: String?
    /// The plate whose layout it has, because that one's run failed.
    package let rerunOf: PlateID?
    /// The plates that were put together on it, in the order of the quadrants.
    package let sources: [PlateID]
    /// The larger plate on which it was put, and where.
    package let target: PlatePart?
}

/// The part of a larger plate that a plate became.
package struct PlatePart: Hashable, Sendable {
    package let plate: PlateID
    package let quadrant: Quadrant
}

/// A well that nobody wants to hear of any more.
package struct StoredFailedWell: Hashable, Sendable {
    package let position: WellPosition
    /// What is in it; nil where its test was done elsewhere before the plate was run again.
    package let of: RequestSubject?
    package let reason: String
    package let failed: Deed?
}

extension StoreView {
    /// A plate with its layout.
    package func plate(_ id: PlateID) throws -> StoredPlate? {
        guard let row = try row("SELECT * FROM plate WHERE id = ?", [id.text]),
            let format = PlateFormat(rawValue: row["format"])
        else { return nil }
        let target = try target(of: id)
        let layout: PlateLayout
        if let target {
            layout = try self.layout(of: target.plate, .wells384).part(target.quadrant)
        } else {
            layout = try self.layout(of: id, format)
        }
        return StoredPlate(
            id: id, layout: layout, kit: KitRole(rawValue: row["kit"]) ?? .first,
            assay: row["assay"], version: row["version"], state: row["state"], lot: row["lot"],
            rerunOf: (row["rerunOf"] as String?).map { PlateID($0) },
            sources: try values(
                "SELECT source FROM quadrant WHERE plate = ? ORDER BY number", [id.text]
            ) { PlateID($0["source"]) }, target: target)
    }

    /// The larger plate on which a plate was put.
    package func target(of plate: PlateID) throws -> PlatePart? {
        try row("SELECT plate, number FROM quadrant WHERE source = ?", [plate.text])
            .flatMap { row in
                Quadrant(rawValue: row["number"]).map {
                    PlatePart(plate: PlateID(row["plate"]), quadrant: $0)
                }
            }
    }

    /// The plates that wait for their run, or all.
    package func plates(onlyUnread: Bool) throws -> [StoredPlate] {
        try rows(
            """
            SELECT id FROM plate WHERE ? = 0 OR state = 'laid-out' ORDER BY laidOutAt, id
            """, [onlyUnread ? 1 : 0]
        ).compactMap { try plate(PlateID($0["id"])) }
    }

    /// The plate that was laid out again in place of one whose run failed.
    package func rerun(of plate: PlateID) throws -> PlateID? {
        try row(
            "SELECT id FROM plate WHERE rerunOf = ? AND state <> 'abandoned'", [plate.text]
        ).map { PlateID($0["id"]) }
    }

    /// The wells of a plate that failed, in plate order.
    package func failedWells(of plate: PlateID) throws -> [StoredFailedWell] {
        try rows(
            """
            SELECT f.*, q.tube, q.pool FROM failedWell f LEFT JOIN request q ON q.id = f.request
            WHERE f.plate = ?
            """, [plate.text]
        ).compactMap { row -> StoredFailedWell? in
            guard let position = WellPosition(text: row["position"]) else { return nil }
            let pool = (row["pool"] as String?).map { RequestSubject.pool(PoolID($0)) }
            return StoredFailedWell(
                position: position,
                of: pool ?? (row["tube"] as String?).map { .tube(TubeID($0)) },
                reason: row["reason"],
                failed: (row["failedBy"] as String?).map {
                    Deed(by: $0, at: Timestamp(milliseconds: row["failedAt"]))
                })
        }.sorted { $0.position < $1.position }
    }

    /// Where the positive controls lie on plates that wait for their run or were laid out since a
    /// moment, the newest first; of plates that were put together also before they were.
    package func controlPlaces(since: Timestamp) throws -> [ControlPlaces] {
        var order: [String] = []
        var found: [String: (format: PlateFormat, isCombined: Bool, places: Set<WellPosition>)] =
            [:]
        for row in try rows(
            """
            SELECT p.id, p.format, w.position,
                EXISTS (SELECT 1 FROM quadrant x WHERE x.plate = p.id) AS isCombined
            FROM plate p JOIN well w ON w.plate = p.id
            WHERE w.control IN ('weak-positive', 'kit-positive') AND p.id IN (
                SELECT id FROM plate WHERE state = 'laid-out' OR laidOutAt >= ?
                ORDER BY laidOutAt DESC, id DESC LIMIT 400)
            ORDER BY p.laidOutAt DESC, p.id DESC
            """, [since.milliseconds])
        {
            guard let format = PlateFormat(rawValue: row["format"]),
                let position = WellPosition(text: row["position"])
            else { continue }
            let id: String = row["id"]
            if found[id] == nil { order.append(id) }
            found[id, default: (format, row["isCombined"], [])].places.insert(position)
        }
        return order.compactMap { found[$0] }.flatMap { plate in
            let whole = ControlPlaces(format: plate.format, positives: plate.places)
            guard plate.isCombined else { return [whole] }
            let parts = Dictionary(grouping: plate.places) { Quadrant.source(of: $0).0 }
            return [whole]
                + parts.values.map { places in
                    ControlPlaces(
                        format: .wells96, positives: Set(places.map { Quadrant.source(of: $0).1 }))
                }
        }
    }

    private func layout(of plate: PlateID, _ format: PlateFormat) throws -> PlateLayout {
        let wells = try rows("SELECT * FROM well WHERE plate = ?", [plate.text])
            .compactMap { row -> FilledWell? in
                guard let position = WellPosition(text: row["position"]) else { return nil }
                if let control = (row["control"] as String?).flatMap(ControlKind.init(rawValue:)) {
                    return FilledWell(position: position, content: .control(control))
                }
                return (row["request"] as String?).map {
                    FilledWell(position: position, content: .sample(RequestID($0)))
                }
            }.sorted { $0.position < $1.position }
        return PlateLayout(
            format: format, wells: wells, failed: try failedWells(of: plate).map(\.position))
    }
}
