internal import GRDB
package import LabDomain

/// A plate that waits for its run, in a list.
package struct UnreadPlate: Hashable, Sendable {
    package let plate: PlateID
    package let kit: KitRole
    package let assay: String
    package let wells: Int
    package let samples: Int
    package let laidOutAt: Timestamp
}

/// A run in a list, with what it said.
package struct RunSummary: Hashable, Sendable {
    package let run: StoredRun
    package let assay: String
    package let reviewedAt: Timestamp?
    /// Samples by verdict.
    package let verdicts: [Verdict: Int]
    package let controlFaults: Int
    /// Wells at which nobody has looked who must.
    package let openLooks: Int
}

/// How many plates and runs stand where.
package struct RunCounts: Hashable, Sendable {
    package let unread: Int
    package let toReview: Int
}

extension StoreView {
    /// How many plates wait for their run and how many runs for their review.
    package func runCounts() throws -> RunCounts {
        RunCounts(
            unread: try count("SELECT count(*) FROM plate WHERE state = 'laid-out'"),
            toReview: try count("SELECT count(*) FROM run WHERE state = 'valid'"))
    }

    /// How many plates that were laid out with a kit wait for their run.
    package func platesWaiting(with kit: KitRole) throws -> Int {
        try count(
            "SELECT count(*) FROM plate WHERE state = 'laid-out' AND kit = ?", [kit.rawValue])
    }

    /// A part of the plates that wait for their run, the oldest first; `after` names the last
    /// plate of the part before.
    package func unreadPlates(
        after: String, size: Int = Part<UnreadPlate>.size
    ) throws -> Part<UnreadPlate> {
        let plates = try values(
            """
            SELECT e.id, e.kit, e.assay, e.format, e.laidOutAt,
                (SELECT count(*) FROM well w WHERE w.plate = e.id AND w.request IS NOT NULL)
                    AS samples
            FROM plate e WHERE e.state = 'laid-out' AND (?1 = '' OR (e.laidOutAt, e.id) >
                (SELECT laidOutAt, id FROM plate WHERE id = ?1))
            ORDER BY e.laidOutAt, e.id LIMIT ?2
            """, [after, size + 1]
        ) { row in
            UnreadPlate(
                plate: PlateID(row["id"]), kit: KitRole(rawValue: row["kit"]) ?? .first,
                assay: row["assay"], wells: row["format"], samples: row["samples"],
                laidOutAt: Timestamp(milliseconds: row["laidOutAt"]))
        }
        return Part(plates, size: size) { $0.plate.text }
    }

    /// A part of the runs that wait for a second person, the oldest first.
    package func runsToReview(
        after: String, size: Int = Part<RunSummary>.size
    ) throws -> Part<RunSummary> {
        try runSummaries(
            """
            SELECT u.*, e.assay FROM run u JOIN plate e ON e.id = u.plate
            WHERE u.state = 'valid' AND (?1 = '' OR (u.readAt, u.plate) >
                (SELECT readAt, plate FROM run WHERE plate = ?1))
            ORDER BY u.readAt, u.plate LIMIT ?2
            """, after: after, size: size)
    }

    /// A part of the runs that are accepted, refused or invalid, the latest first.
    package func runsDone(
        after: String, size: Int = Part<RunSummary>.size
    ) throws -> Part<RunSummary> {
        try runSummaries(
            """
            SELECT u.*, e.assay FROM run u JOIN plate e ON e.id = u.plate
            WHERE u.state <> 'valid' AND (?1 = '' OR (u.readAt, u.plate) <
                (SELECT readAt, plate FROM run WHERE plate = ?1))
            ORDER BY u.readAt DESC, u.plate DESC LIMIT ?2
            """, after: after, size: size)
    }

    /// One run with what it said; nil when the plate has none.
    package func runSummary(of plate: PlateID) throws -> RunSummary? {
        try row(
            "SELECT u.*, e.assay FROM run u JOIN plate e ON e.id = u.plate WHERE u.plate = ?",
            [plate.text]
        ).flatMap(summary)
    }

    private func runSummaries(_ sql: String, after: String, size: Int) throws -> Part<RunSummary> {
        let runs = try rows(sql, [after, size + 1]).compactMap(summary)
        return Part(runs, size: size) { $0.run.plate.text }
    }

    private func summary(_ row: Row) throws -> RunSummary? {
        guard let run = Self.run(row) else { return nil }
        let verdicts = try values(
            "SELECT verdict, count(*) AS n FROM request WHERE run = ? GROUP BY verdict",
            [run.id.text]
        ) { (Verdict(rawValue: $0["verdict"]), $0["n"] as Int) }
        return RunSummary(
            run: run, assay: row["assay"],
            reviewedAt: (row["reviewedAt"] as Int64?).map { Timestamp(milliseconds: $0) },
            verdicts: verdicts.reduce(into: [:]) { counts, found in
                if let verdict = found.0 { counts[verdict] = found.1 }
            },
            controlFaults: try count(
                "SELECT count(*) FROM controlFault WHERE run = ?", [run.id.text]),
            openLooks: try count(
                "SELECT count(*) FROM look WHERE run = ? AND state = 'open'", [run.id.text]))
    }
}
