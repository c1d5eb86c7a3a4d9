internal import GRDB
package import LabDomain

/// A long piece of work as it is stored.
package struct StoredJob: Hashable, Sendable, Codable {
    package let id: String
    package let kind: JobKind
    package let title: String
    package let state: JobState
    package let askedAt: Timestamp
    package let askedBy: String
    /// How many times it was begun.
    package let begun: Int
    package let startedAt: Timestamp?
    package let endedAt: Timestamp?
    package let progress: JobProgress
    package let wantsCancel: Bool
    /// What went wrong, as JSON.
    package let failure: String?
    /// Bytes of its files.
    package let bytes: Int
}

/// A file that a job made.
package struct JobFile: Hashable, Sendable {
    package let name: String
    package let bytes: [UInt8]

    /// A file of a job.
    package init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }
}

extension StoreView {
    /// One job.
    package func job(_ id: String) throws -> StoredJob? {
        try row("SELECT * FROM job WHERE id = ?", [id]).map(Self.job)
    }

    /// What a job works on, as JSON.
    package func input(ofJob id: String) throws -> String? {
        try row("SELECT input FROM job WHERE id = ?", [id]).map { $0["input"] }
    }

    /// Jobs, the latest first; `after` is the cursor of the row before.
    package func jobs(after: String, size: Int = Part<StoredJob>.size) throws -> Part<StoredJob> {
        let parts = after.split(separator: "~", maxSplits: 1).map(String.init)
        let (at, id) = parts.count == 2 ? (Int64(parts[0]) ?? .max, parts[1]) : (Int64.max, "")
        return Part(
            try values(
                """
                SELECT * FROM job WHERE (askedAt, id) < (?1, ?2) OR ?1 = ?4
                ORDER BY askedAt DESC, id DESC LIMIT ?3
                """, [at, id, size + 1, Int64.max], Self.job), size: size
        ) { "\($0.askedAt.milliseconds)~\($0.id)" }
    }

    /// How many jobs wait or run.
    package func openJobs() throws -> Int {
        try count("SELECT count(*) FROM job WHERE state IN ('waiting', 'running')")
    }

    /// A file that a job made.
    package func file(_ name: String, ofJob id: String) throws -> [UInt8]? {
        try row("SELECT bytes FROM jobFile WHERE job = ? AND name = ?", [id, name])
            .map { [UInt8]($0["bytes"] as Data) }
    }

    /// The names of the files that a job made.
    package func fileNames(ofJob id: String) throws -> [String] {
        try values("SELECT name FROM jobFile WHERE job = ? ORDER BY name", [id]) { $0["name"] }
    }

    private static func job(_ row: Row) -> StoredJob {
        func time(_ name: String) -> Timestamp? {
            (row[name] as Int64?).map { Timestamp(milliseconds: $0) }
        }
        return StoredJob(
            id: row["id"], kind: JobKind(rawValue: row["kind"]) ?? .simulate, title: row["title"],
            state: JobState(rawValue: row["state"]) ?? .failed,
            askedAt: Timestamp(milliseconds: row["askedAt"]), askedBy: row["askedBy"],
            begun: row["begun"], startedAt: time("startedAt"), endedAt: time("endedAt"),
            progress: JobProgress(
                share: row["share"], step: JobStep(rawValue: row["step"]) ?? .waiting,
                done: row["done"], all: row["total"]),
            wantsCancel: row["wantsCancel"], failure: row["failure"], bytes: row["bytes"])
    }
}

extension Transaction {
    /// A job that waits to be begun.
    package func addJob(_ id: String, _ kind: JobKind, title: String, input: String) throws {
        try database.execute(
            sql: """
                INSERT INTO job (id, kind, title, input, state, askedAt, askedBy)
                VALUES (?, ?, ?, ?, 'waiting', ?, ?)
                """,
            arguments: [
                id, kind.rawValue, title, input, stamp.at.milliseconds, stamp.actor.handle,
            ])
    }

    /// Ends a job that waits, and asks one that runs to end.
    package func cancelJob(_ id: String) throws {
        try database.execute(
            sql: """
                UPDATE job SET state = 'cancelled', endedAt = ?2 WHERE id = ?1
                    AND state = 'waiting'
                """, arguments: [id, stamp.at.milliseconds])
        try database.execute(
            sql: "UPDATE job SET wantsCancel = 1 WHERE id = ? AND state = 'running'",
            arguments: [id])
    }

    /// Takes the oldest job that waits, or that runs nowhere any more, for a worker.
    ///
    /// A job that was begun `mostBegun` times without an end is given up.
    package func claimJob(
        for owner: String, silentSince: Timestamp, mostBegun: Int
    ) throws -> StoredJob? {
        try database.execute(
            sql: """
                UPDATE job SET state = CASE WHEN wantsCancel THEN 'cancelled' ELSE 'abandoned' END,
                    owner = NULL, endedAt = ?3
                WHERE state = 'running' AND beatAt < ?1 AND (begun >= ?2 OR wantsCancel)
                """,
            arguments: [silentSince.milliseconds, mostBegun, stamp.at.milliseconds])
        let found = try row(
            """
            SELECT id FROM job WHERE state = 'waiting' OR (state = 'running' AND beatAt < ?)
            ORDER BY askedAt, rowid LIMIT 1
            """, [silentSince.milliseconds])
        guard let id = found.map({ $0["id"] as String }) else { return nil }
        try database.execute(
            sql: """
                UPDATE job SET state = 'running', owner = ?2, begun = begun + 1, beatAt = ?3,
                    startedAt = ?3, share = 0, step = 'waiting', done = 0, total = 0
                WHERE id = ?1
                """, arguments: [id, owner, stamp.at.milliseconds])
        return try job(id)
    }

    /// Says that a worker is still at its job, and how far.
    /// - Returns: Whether it may go on: nobody cancelled the job, nor does another worker have it.
    package func beat(_ id: String, of owner: String, _ progress: JobProgress) throws -> Bool {
        try database.execute(
            sql: """
                UPDATE job SET beatAt = ?3, share = ?4, step = ?5, done = ?6, total = ?7
                WHERE id = ?1 AND owner = ?2
                """,
            arguments: [
                id, owner, stamp.at.milliseconds, progress.share, progress.step.rawValue,
                progress.done, progress.all,
            ])
        guard database.changesCount == 1 else { return false }
        return try job(id)?.wantsCancel == false
    }

    /// Ends a job with what came of it; nothing happens when another worker has it.
    package func endJob(
        _ id: String, of owner: String, _ state: JobState, step: JobStep? = nil,
        failure: String? = nil, files: [JobFile] = []
    ) throws {
        let size = files.reduce(0) { $0 + $1.bytes.count }
        try database.execute(
            sql: """
                UPDATE job SET state = ?3, owner = NULL, endedAt = ?4, failure = ?5, bytes = ?6,
                    share = CASE WHEN ?3 = 'done' THEN 1 ELSE share END,
                    step = coalesce(?7, step)
                WHERE id = ?1 AND owner = ?2
                """,
            arguments: [
                id, owner, state.rawValue, stamp.at.milliseconds, failure, size, step?.rawValue,
            ])
        guard database.changesCount == 1 else { return }
        for file in files {
            try database.execute(
                sql: "INSERT OR REPLACE INTO jobFile (job, name, bytes) VALUES (?, ?, ?)",
                arguments: [id, file.name, Data(file.bytes)])
        }
    }

    /// Gives a worker's job back: it waits to be begun again, and this beginning does not count.
    package func leaveJob(_ id: String, of owner: String) throws {
        try database.execute(
            sql: """
                UPDATE job SET state = 'waiting', owner = NULL, begun = max(0, begun - 1), share = 0
                WHERE id = ? AND owner = ? AND wantsCancel = 0
                """, arguments: [id, owner])
    }

    /// Forgets jobs that ended before a moment, and the oldest of those that are too many or too
    /// large together.
    package func pruneJobs(endedBefore: Timestamp, most: Int, mostBytes: Int) throws {
        try database.execute(
            sql: """
                DELETE FROM job WHERE endedAt < ?1 OR id IN (
                    SELECT id FROM (
                        SELECT id, count(*) OVER w AS number, sum(bytes) OVER w AS size
                        FROM job WHERE endedAt IS NOT NULL
                        WINDOW w AS (ORDER BY endedAt DESC, id DESC))
                    WHERE number > ?2 OR (number > 1 AND size > ?3))
                """, arguments: [endedBefore.milliseconds, most, mostBytes])
    }
}
