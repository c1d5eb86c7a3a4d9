internal import GRDB
package import LabDomain

/// Reviewed negative answers of one plate and box.
package struct ReleaseGroup: Hashable, Sendable {
    package let plate: PlateID
    package let box: BoxID
    package let unit: String
    package let tubes: Int
    package let people: Int
    package let enteredBy: String
    package let reviewedBy: String
}

/// A reviewed positive answer with everybody who has signed it.
package struct PositiveToRelease: Hashable, Sendable {
    package let tube: TubeID
    package let kind: TubeKind
    package let box: BoxID
    package let unit: String
    package let people: Int
    package let plate: PlateID
    package let enteredBy: String
    package let reviewedBy: String
    /// What was read of it, the deciding test last.
    package var tests: [ReadTest]
}

/// Answers of one plate that wait for something else than their release.
package struct HeldAnswers: Hashable, Sendable {
    /// What they wait for.
    package enum Reason: String, CaseIterable, Hashable, Sendable {
        /// Nobody has reviewed the run.
        case review
        /// An earlier run that led to this one is not reviewed.
        case earlierReview = "earlier-review"
        /// The one who looks has entered the run.
        case ownEntry = "own-entry"
    }

    package let plate: PlateID
    package let reason: Reason
    package let enteredBy: String
    package let detected: Int
    package let notDetected: Int
}

/// A box with answers that its unit is not known to have.
package struct UndeliveredBox: Hashable, Sendable {
    package let box: BoxID
    package let unit: String
    /// Released, rejected or called back, and not delivered.
    package let ready: Int
    /// Without a result yet.
    package let waiting: Int
    /// When the first clock that its delivery stops is due, whether it rests until then or not; nil
    /// when there is none.
    package let dueAt: Timestamp?
    /// When the last of the clocks that are due then came to rest; nil while one of them runs.
    package let restedAt: Timestamp?
}

extension StoreView {
    /// Tests that follow from a run which nobody has reviewed: few, whatever the campaign, so that
    /// this is asked instead of each answer's history.
    ///
    /// The questions below say `state <> 'released'` beside the state that they mean: SQLite looks
    /// for these words before it takes the index of the open answers.
    private static let unreviewed = """
        WITH RECURSIVE unreviewed(id) AS (
            SELECT q.id FROM run x JOIN request q ON q.run = x.id WHERE x.state = 'valid'
            UNION SELECT q.id FROM unreviewed d JOIN request q ON q.cause = d.id)
        """

    /// A part of the negative answers that `handle` may release, by plate and box.
    package func releaseGroups(
        for handle: String, after: (plate: PlateID, box: BoxID)? = nil,
        size: Int = Part<ReleaseGroup>.size
    ) throws -> Part<ReleaseGroup> {
        let groups = try values(
            Self.unreviewed + """
                SELECT u.plate, t.box, min(t.unit) AS unit, u.enteredBy, u.reviewedBy,
                    count(*) AS tubes, sum((SELECT count(*) FROM specimen s WHERE s.tube = a.tube))
                    AS people
                FROM answer a JOIN run u ON u.id = a.run JOIN tube t ON t.barcode = a.tube
                WHERE a.state <> 'released' AND a.state = 'reviewed'
                    AND a.outcome = 'not-detected' AND u.enteredBy <> ?1
                    AND a.request NOT IN (SELECT id FROM unreviewed)
                    AND (u.plate, t.box) > (?2, ?3)
                GROUP BY u.plate, t.box ORDER BY u.plate, t.box LIMIT ?4
                """,
            [handle, after?.plate.text ?? "", after?.box.text ?? "", size + 1]
        ) { row in
            ReleaseGroup(
                plate: PlateID(row["plate"]), box: BoxID(row["box"]), unit: row["unit"],
                tubes: row["tubes"], people: row["people"], enteredBy: row["enteredBy"],
                reviewedBy: (row["reviewedBy"] as String?) ?? "")
        }
        return Part(groups, size: size) { "\($0.plate) \($0.box)" }
    }

    /// The negative answers of one plate and box that `handle` may release.
    package func negatives(
        of plate: PlateID, in box: BoxID, for handle: String
    ) throws -> [TubeID] {
        try values(
            Self.unreviewed + """
                SELECT a.tube FROM run u JOIN answer a ON a.run = u.id
                JOIN tube t ON t.barcode = a.tube
                WHERE u.plate = ?1 AND t.box = ?2 AND u.enteredBy <> ?3 AND a.state = 'reviewed'
                    AND a.outcome = 'not-detected'
                    AND a.request NOT IN (SELECT id FROM unreviewed)
                ORDER BY a.tube
                """, [plate.text, box.text, handle]
        ) { TubeID($0["tube"]) }
    }

    /// A part of the positive answers that `handle` may release, by plate and tube.
    package func positivesToRelease(
        for handle: String, after tube: String, size: Int = Part<PositiveToRelease>.size
    ) throws -> Part<PositiveToRelease> {
        let positives = try rows(
            Self.unreviewed + """
                SELECT a.tube, a.request, t.kind, t.box, t.unit, u.plate, u.enteredBy,
                    u.reviewedBy,
                    (SELECT count(*) FROM specimen s WHERE s.tube = a.tube) AS people
                FROM answer a JOIN run u ON u.id = a.run JOIN tube t ON t.barcode = a.tube
                WHERE a.state <> 'released' AND a.state = 'reviewed'
                    AND a.outcome = 'detected' AND u.enteredBy <> ?1
                    AND a.request NOT IN (SELECT id FROM unreviewed) AND a.tube > ?2
                ORDER BY a.tube LIMIT ?3
                """, [handle, tube, size + 1]
        ).compactMap { row -> PositiveToRelease? in
            guard let kind = TubeKind(rawValue: row["kind"]) else { return nil }
            return PositiveToRelease(
                tube: TubeID(row["tube"]), kind: kind, box: BoxID(row["box"]), unit: row["unit"],
                people: row["people"], plate: PlateID(row["plate"]), enteredBy: row["enteredBy"],
                reviewedBy: (row["reviewedBy"] as String?) ?? "",
                tests: try testsRead(upTo: RequestID(row["request"])))
        }
        return Part(positives, size: size) { $0.tube.text }
    }

    /// Answers that `handle` may not release yet, or not at all, by plate.
    package func heldAnswers(from handle: String, most: Int) throws -> [HeldAnswers] {
        try rows(
            Self.unreviewed + """
                SELECT u.plate, u.enteredBy, CASE WHEN a.state = 'proposed' THEN 'review'
                    WHEN a.request IN (SELECT id FROM unreviewed) THEN 'earlier-review'
                    ELSE 'own-entry' END AS why,
                    sum(a.outcome = 'detected') AS detected,
                    sum(a.outcome = 'not-detected') AS notDetected
                FROM answer a JOIN run u ON u.id = a.run
                WHERE a.state <> 'released' AND (a.state = 'proposed' OR (a.state = 'reviewed'
                    AND (u.enteredBy = ?1
                    OR a.request IN (SELECT id FROM unreviewed))))
                GROUP BY u.plate, why ORDER BY detected = 0, u.plate LIMIT ?2
                """, [handle, most]
        ).compactMap { row in
            HeldAnswers.Reason(rawValue: row["why"]).map {
                HeldAnswers(
                    plate: PlateID(row["plate"]), reason: $0, enteredBy: row["enteredBy"],
                    detected: row["detected"], notDetected: row["notDetected"])
            }
        }
    }

    /// A part of the boxes that have results which their unit is not known to have, by deadline;
    /// boxes without one last.
    package func undeliveredBoxes(
        after mark: String, size: Int = Part<UndeliveredBox>.size
    ) throws -> Part<UndeliveredBox> {
        // The box stands last in a mark: its code may hold any character.
        let last = mark.split(separator: " ", maxSplits: 1).map(String.init)
        let due = last.count == 2 ? Int64(last[0]) ?? .min : .min
        let boxes = try rows(
            """
            SELECT *, (SELECT CASE WHEN count(*) = count(c.pausedAt) THEN max(c.pausedAt) END
                    FROM clock c WHERE c.box = b.box AND c.stops = 'delivered'
                    AND c.stoppedAt IS NULL AND c.dueAt = b.due) AS rested
            FROM (SELECT t.box, min(t.unit) AS unit, coalesce((SELECT min(c.dueAt)
                    FROM clock c WHERE c.box = t.box AND c.stops = 'delivered'
                    AND c.stoppedAt IS NULL), ?4) AS due
                FROM tube t WHERE t.state IN ('rejected', 'resolved')
                AND t.deliveredAt IS NULL
                AND NOT EXISTS (SELECT 1 FROM answer a
                    WHERE a.tube = t.barcode AND a.state <> 'released')
                AND NOT EXISTS (SELECT 1 FROM request q JOIN run u ON u.id = q.run
                    WHERE q.tube = t.barcode AND u.state = 'valid')
                GROUP BY t.box) b
            WHERE (due, box) > (?1, ?2) ORDER BY due, box LIMIT ?3
            """, [due, last.count == 2 ? last[1] : "", size + 1, Int64.max]
        ).map { row in
            let counts = try undelivered(in: BoxID(row["box"]), of: .laboratory)
            let due: Int64 = row["due"]
            let rested: Int64? = row["rested"]
            return UndeliveredBox(
                box: BoxID(row["box"]), unit: row["unit"], ready: counts.ready.count,
                waiting: counts.waiting, dueAt: due == .max ? nil : Timestamp(milliseconds: due),
                restedAt: rested.map { Timestamp(milliseconds: $0) })
        }
        return Part(boxes, size: size) { "\($0.dueAt?.milliseconds ?? .max) \($0.box)" }
    }
}
