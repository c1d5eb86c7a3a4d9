internal import GRDB
package import LabDomain

extension StoreView {
    /// What every run read in its control wells, the oldest run first.
    ///
    /// Instruments are those that the files name.
    /// - Parameters:
    ///   - kit: Of one kit; nil for both.
    ///   - first: Of how many runs of each assay, from its first on; the last 30 come after them.
    ///     What makes limits and what a streak can reach back to are among these. Nil is all runs.
    /// - Returns: The readings.
    /// - Throws: What the database throws.
    package func controlReadings(
        kit: KitRole? = nil, first: Int? = nil
    ) throws -> [ControlReading] {
        try values(
            """
            WITH shown AS (
                SELECT u.id, row_number() OVER (
                        PARTITION BY e.assay ORDER BY u.readAt, u.id) AS number,
                    row_number() OVER (
                        PARTITION BY e.assay ORDER BY u.readAt DESC, u.id DESC) AS back
                FROM run u JOIN plate e ON e.id = u.plate WHERE ?1 IS NULL OR e.kit = ?1)
            SELECT u.id, u.plate, u.state, u.readAt, e.kit, e.assay, e.lot, u.instrument,
                w.control, w.position, g.target, g.cq
            FROM run u
            JOIN plate e ON e.id = u.plate
            JOIN well w ON w.plate = e.id AND w.control IS NOT NULL
            JOIN reading g ON g.run = u.id AND g.position = w.position
            JOIN shown s ON s.id = u.id AND (?2 IS NULL OR s.number <= ?2 OR s.back <= 30)
            ORDER BY u.readAt, u.id, w.position, g.target
            """, [kit?.rawValue, first]
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
