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
    /// Whether its people, or some of them, are swabbed again.
    package let isCalledBack: Bool
    /// By when it is answered at the latest, by the clocks that run for it.
    package let dueAt: Timestamp?
    /// Nil until it is released.
    package let outcome: Outcome?
    package let releasedAt: Timestamp?
}

extension StoreView {
    /// A part of the tubes of a unit or site with their released answers, of one box or of all.
    ///
    /// The laboratory's stand in the order of their barcodes; a unit's or site's box by box, for
    /// which there is an index: few of many tubes are theirs. `after` is a tube's barcode.
    package func results(
        of scope: Scope, box: BoxID?, after: String, size: Int = 100
    ) throws -> Part<TubeResult> {
        let (own, order): (String, String) =
            switch scope {
            case .laboratory: ("t.barcode > ?1", "t.barcode")
            case .unit: ("t.unit = ?3 AND \(Self.later)", "t.box, t.barcode")
            case .site: ("t.site = ?3 AND \(Self.later)", "t.box, t.barcode")
            }
        let place = scope.unit ?? scope.site
        let arguments: StatementArguments =
            place.map { [after, size + 1, $0, box?.text] } ?? [after, size + 1, nil, box?.text]
        let fetched = try values(
            Self.resultColumns + " WHERE \(own)" + (box == nil ? "" : " AND t.box = ?4")
                + " AND (?3 IS NULL OR ?3 > '') AND (?4 IS NULL OR ?4 > '')"
                + " ORDER BY \(order) LIMIT ?2", arguments, Self.result)
        return Part(fetched, size: size) { $0.tube.text }
    }

    /// A part of the tubes of a unit, a site or the laboratory, those registered last first.
    ///
    /// Rows of the table are numbered as they are registered, and the index of units holds these
    /// numbers: the newest are found without looking at the tubes. `day` is a span of collection.
    /// The laboratory's whole table is never searched for a day or for open tubes alone.
    package func newestResults(
        of scope: Scope, isOpenAlone: Bool = false, day: Range<Timestamp>? = nil, after: String,
        size: Int = 50
    ) throws -> Part<TubeResult> {
        let own =
            switch scope {
            case .laboratory: "?3 IS NULL"
            case .unit: "t.unit = ?3"
            case .site: "t.site = ?3"
            }
        let fetched = try values(
            Self.resultColumns + " WHERE \(own) AND \(Self.earlier)"
                + (isOpenAlone ? " AND \(Self.open)" : "")
                + " AND (?4 IS NULL OR t.collectedAt >= ?4)"
                + " AND (?5 IS NULL OR t.collectedAt < ?5) ORDER BY t.rowid DESC LIMIT ?2",
            [
                after, size + 1, scope.unit ?? scope.site, day?.lowerBound.milliseconds,
                day?.upperBound.milliseconds,
            ], Self.result)
        return Part(fetched, size: size) { $0.tube.text }
    }

    /// What was registered before a tube.
    private static let earlier = """
        t.rowid < coalesce((SELECT rowid FROM tube WHERE barcode = ?1), 9223372036854775807)
        """

    /// What nobody has told the unit of yet.
    private static let open = """
        t.rejected IS NULL AND a.outcome IS NULL AND NOT EXISTS (
            SELECT 1 FROM recollection r WHERE r.tube = t.barcode AND r.state <> 'withdrawn')
        """

    /// What comes after a tube in the order of boxes.
    private static let later = """
        t.box >= coalesce((SELECT box FROM tube WHERE barcode = ?1), '')
        AND (t.box, t.barcode) > (coalesce((SELECT box FROM tube WHERE barcode = ?1), ''), ?1)
        """

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
            a.outcome, a.releasedAt,
            EXISTS (SELECT 1 FROM recollection r WHERE r.tube = t.barcode
                AND r.state <> 'withdrawn') AS isCalledBack,
            (SELECT min(c.dueAt) FROM clock c WHERE c.subject = t.barcode
                AND c.stoppedAt IS NULL AND c.pausedAt IS NULL) AS dueAt
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
            isCalledBack: row["isCalledBack"], dueAt: time("dueAt"),
            outcome: (row["outcome"] as String?).flatMap(Outcome.init(rawValue:)),
            releasedAt: time("releasedAt"))
    }
}
