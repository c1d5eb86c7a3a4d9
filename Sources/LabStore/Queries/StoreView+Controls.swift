internal import GRDB
package import LabDomain

extension StoreView {
    /// What every run read in its control wells, the oldest run first.
    ///
    /// Instruments are those that the files name.
    /// - Parameters:
    ///   - kit: Of one kit; nil for both.
    ///   - first: Of how many runs of each assay, from its first on; the last ones come after them.
    ///     What makes limits and what a streak can reach back to are among these. Nil is all runs.
    ///   - recent: How many are the last ones.
    ///   - ofEachLot: Whether each lot and instrument of an assay has its own first and last runs.
    /// - Returns: The readings.
    /// - Throws: What the database throws.
    package func controlReadings(
        kit: KitRole? = nil, first: Int? = nil, recent: Int = 30, ofEachLot: Bool = false
    ) throws -> [ControlReading] {
        // Wells before readings: a plate has few controls, and a run hundreds of readings.
        try values(
            """
            WITH shown AS (
                SELECT u.id, u.plate, u.state, u.readAt, u.instrument, e.kit, e.assay, e.lot,
                    row_number() OVER (
                        PARTITION BY e.assay, iif(?4, e.lot, NULL), iif(?4, u.instrument, NULL)
                        ORDER BY u.readAt, u.id) AS number,
                    row_number() OVER (
                        PARTITION BY e.assay, iif(?4, e.lot, NULL), iif(?4, u.instrument, NULL)
                        ORDER BY u.readAt DESC, u.id DESC) AS back
                FROM run u JOIN plate e ON e.id = u.plate WHERE ?1 IS NULL OR e.kit = ?1)
            SELECT s.id, s.plate, s.state, s.readAt, s.kit, s.assay, s.lot, s.instrument,
                w.control, w.position, g.target, g.cq
            FROM shown s CROSS JOIN well w CROSS JOIN reading g
            WHERE (?2 IS NULL OR s.number <= ?2 OR s.back <= ?3)
                AND w.plate = s.plate AND w.control IS NOT NULL
                AND g.run = s.id AND g.position = w.position
            ORDER BY s.readAt, s.id, w.position, g.target
            """, [kit?.rawValue, first, recent, ofEachLot]
        ) { row -> ControlReading? in
            guard let kind = ControlKind(rawValue: row["control"]),
                let well = WellPosition(text: row["position"])
            else { return nil }
            return ControlReading(
                run: RunID(row["id"]), plate: PlateID(row["plate"]),
                readAt: Timestamp(milliseconds: row["readAt"]), state: row["state"],
                series: ControlSeries(
                    assay: row["assay"], kit: KitRole(rawValue: row["kit"]) ?? .first,
                    target: row["target"], control: kind, lot: row["lot"],
                    instrument: row["instrument"]),
                well: well, cq: (row["cq"] as Double?).flatMap(Cq.init))
        }.compactMap { $0 }
    }
}
