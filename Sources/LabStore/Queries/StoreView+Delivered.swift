internal import GRDB
package import LabDomain

/// How a tube stands for whoever sent it; an answer is told when it is released.
package struct TubeResult: Hashable, Sendable, Codable {
    package let tube: TubeID
    package let kind: TubeKind
    package let unit: String
    package let site: String
    package let box: BoxID
    package let people: Int
    package let collectedAt: Timestamp
    package let receivedAt: Timestamp?
    package let rejected: RejectReason?
    /// Nil until it is released.
    package let outcome: Outcome?
    package let releasedAt: Timestamp?
}

extension StoreView {
    /// A part of the tubes of a unit or site with their released answers, in the order of their
    /// barcodes; of one box or of all.
    package func results(
        of scope: Scope, box: BoxID?, after: String, size: Int = 100
    ) throws -> Part<TubeResult> {
        let fetched = try values(
            Self.resultColumns + """
                 WHERE t.barcode > ?1 AND (?2 IS NULL OR t.box = ?2)
                    AND (?3 IS NULL OR t.unit = ?3) AND (?4 IS NULL OR t.site = ?4)
                ORDER BY t.barcode LIMIT ?5
                """, [after, box?.text, scope.unit, scope.site, size + 1], Self.result)
        return Part(fetched, size: size) { $0.tube.text }
    }

    /// One tube of a unit or site; nil when it is not theirs.
    package func result(of tube: TubeID, for scope: Scope) throws -> TubeResult? {
        try row(
            Self.resultColumns + """
                 WHERE t.barcode = ?1 AND (?2 IS NULL OR t.unit = ?2)
                    AND (?3 IS NULL OR t.site = ?3)
                """, [tube.text, scope.unit, scope.site]
        ).map(Self.result)
    }

    private static let resultColumns = """
        SELECT t.barcode, t.kind, t.unit, t.site, t.box, t.collectedAt, t.receivedAt, t.rejected,
            (SELECT count(*) FROM specimen s WHERE s.tube = t.barcode) AS people,
            a.outcome, a.releasedAt
        FROM tube t LEFT JOIN answer a ON a.tube = t.barcode AND a.state = 'released'
        """

    private static func result(_ row: Row) -> TubeResult {
        func time(_ name: String) -> Timestamp? {
            (row[name] as Int64?).map { Timestamp(milliseconds: $0) }
        }
        return TubeResult(
            tube: TubeID(row["barcode"]), kind: TubeKind(rawValue: row["kind"]) ?? .single,
            unit: row["unit"], site: row["site"], box: BoxID(row["box"]), people: row["people"],
            collectedAt: Timestamp(milliseconds: row["collectedAt"]),
            receivedAt: time("receivedAt"),
            rejected: (row["rejected"] as String?).flatMap(RejectReason.init(rawValue:)),
            outcome: (row["outcome"] as String?).flatMap(Outcome.init(rawValue:)),
            releasedAt: time("releasedAt"))
    }
}
