internal import GRDB
package import LabDomain

/// A well at which a person must look, or has looked.
package struct StoredLook: Hashable, Sendable {
    package let run: RunID
    package let plate: PlateID
    package let well: WellPosition
    /// The test in it; nil for a control.
    package let request: RequestID?
    /// What is tested; nil for a control.
    package let of: RequestSubject?
    /// What stands in the well; nil for a control.
    package let kind: TestedKind?
    package let reasons: [LookReason]
    /// What the well says by its Cq.
    package let result: WellResult?
    /// Nil while nobody has looked.
    package let decision: WellLooked.Decision?
    package let looked: Deed?
    /// Whether the Cq of our own curves counts instead of the instrument's.
    package let byCurve: Bool
    /// Why it was decided so; nil when nothing was said.
    package let why: String?
}

extension StoreView {
    /// The wells of a run at which a person must look or has looked, in plate order.
    package func looks(of run: RunID) throws -> [StoredLook] {
        try looks("k.run = ?", [run.text])
    }

    /// The runs with wells at which nobody has looked who must, the oldest first.
    package func runsToLookAt() throws -> [StoredRun] {
        try rows(
            """
            SELECT * FROM run WHERE id IN (SELECT run FROM look WHERE state = 'open')
            ORDER BY readAt, id
            """
        ).compactMap(Self.run)
    }

    /// The open look of a tube's test, or of the test of its pool.
    package func openLook(of tube: TubeID) throws -> StoredLook? {
        try looks(
            """
            k.state = 'open' AND (q.tube = ?1
                OR q.pool IN (SELECT pool FROM poolMember WHERE tube = ?1 AND isOpen = 1))
            """, [tube.text]
        ).first
    }

    private func looks(
        _ condition: String, _ arguments: StatementArguments
    ) throws -> [StoredLook] {
        try rows(
            """
            SELECT k.*, u.plate, q.tube, q.pool, t.kind FROM look k JOIN run u ON u.id = k.run
            LEFT JOIN request q ON q.id = k.request LEFT JOIN tube t ON t.barcode = q.tube
            WHERE \(condition)
            """, arguments
        ).compactMap(Self.look).sorted { $0.well < $1.well }
    }

    private static func look(_ row: Row) -> StoredLook? {
        guard let well = WellPosition(text: row["position"]) else { return nil }
        let reasons: String = row["reasons"]
        let pool = (row["pool"] as String?).map { RequestSubject.pool(PoolID($0)) }
        let subject = pool ?? (row["tube"] as String?).map { .tube(TubeID($0)) }
        let state: String = row["state"]
        return StoredLook(
            run: RunID(row["run"]), plate: PlateID(row["plate"]), well: well,
            request: (row["request"] as String?).map { RequestID($0) }, of: subject,
            kind: pool != nil
                ? .pool : (row["kind"] as String?).flatMap(TestedKind.init(rawValue:)),
            reasons: reasons.split(separator: " ").compactMap {
                LookReason(rawValue: String($0))
            },
            result: (row["verdict"] as String?).flatMap(Verdict.init(rawValue:)).map {
                WellResult(
                    $0, (row["reason"] as String?).flatMap(VerdictReason.init(rawValue:)))
            }, decision: WellLooked.Decision(rawValue: state),
            looked: (row["lookedBy"] as String?).map {
                Deed(by: $0, at: Timestamp(milliseconds: row["lookedAt"]))
            }, byCurve: row["byCurve"], why: row["why"])
    }
}
