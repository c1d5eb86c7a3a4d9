internal import GRDB
package import LabDomain

/// A released answer of a swab of the environment.
package struct ReleasedPlace: Hashable, Sendable {
    package let tube: TubeID
    package let place: String
    package let unit: String
    package let site: String
    package let collectedAt: Timestamp
    package let receivedAt: Timestamp
    package let testedAt: Timestamp
    package let releasedAt: Timestamp
    package let outcome: Outcome
    package let assay: String
    package let enteredBy: String
    package let reviewedBy: String
    /// The channels of the deciding well.
    package let readings: [Reading]
}

extension StoreView {
    /// Released answers of the environment, by barcode, behind one that was read before.
    package func releasedPlaces(after last: TubeID?, limit: Int) throws -> [ReleasedPlace] {
        try rows(
            """
            SELECT a.tube, t.place, t.unit, t.site, t.collectedAt, t.receivedAt, u.readAt,
                a.releasedAt, a.outcome, e.assay, u.enteredBy, u.reviewedBy, a.run, w.position
            FROM answer a JOIN tube t ON t.barcode = a.tube JOIN run u ON u.id = a.run
            JOIN plate e ON e.id = u.plate JOIN well w ON w.request = a.request
            WHERE a.state = 'released' AND t.kind = 'environmental' AND a.tube > ?
            ORDER BY a.tube LIMIT ?
            """, [last?.text ?? "", limit]
        ).compactMap(place)
    }

    private func place(_ row: Row) throws -> ReleasedPlace? {
        guard let outcome = Outcome(rawValue: row["outcome"]) else { return nil }
        return ReleasedPlace(
            tube: TubeID(row["tube"]), place: row["place"], unit: row["unit"], site: row["site"],
            collectedAt: Timestamp(milliseconds: row["collectedAt"]),
            receivedAt: Timestamp(milliseconds: row["receivedAt"]),
            testedAt: Timestamp(milliseconds: row["readAt"]),
            releasedAt: Timestamp(milliseconds: row["releasedAt"]), outcome: outcome,
            assay: row["assay"], enteredBy: row["enteredBy"],
            reviewedBy: (row["reviewedBy"] as String?) ?? "",
            readings: try readings(of: row["run"], at: row["position"]))
    }

    /// The channels of one well of a run, each with the Cq that counts: the curve's own where
    /// whoever looked has said so.
    func readings(of run: String, at position: String) throws -> [Reading] {
        guard let well = WellPosition(text: position) else { return [] }
        return try rows(
            """
            SELECT g.target, CASE WHEN k.byCurve = 1 AND g.curve IS NOT NULL
                THEN g.ownCq ELSE g.cq END AS cq
            FROM reading g LEFT JOIN look k ON k.run = g.run AND k.position = g.position
            WHERE g.run = ? AND g.position = ? ORDER BY g.target
            """, [run, position]
        ).map {
            Reading(
                well: well, target: $0["target"],
                cq: ($0["cq"] as Double?).flatMap { Cq($0) })
        }
    }
}
