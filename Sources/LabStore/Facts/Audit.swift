internal import GRDB
internal import LabDomain
internal import LabSecrets

/// What an audit of the whole database found.
package struct AuditReport: Hashable, Sendable, Codable {
    package let facts: Int
    /// The hash of the last fact in hexadecimal: kept elsewhere, it proves later that none was cut
    /// off.
    package let head: String
    /// The number of the first fact whose hash does not fit; nil when the chain is whole.
    package let brokenAt: Int?
    /// Tables, views and triggers that are not as this version makes them.
    package let schemaDiffers: [String]
    /// Tables that are not what the facts add up to.
    package let tablesThatDiffer: [String]
    /// What the conservation rules complain of.
    package let violations: [Violation]
    /// What SQLite's own check of the file found, `ok` when nothing.
    package let file: String

    package var isSound: Bool {
        brokenAt == nil && schemaDiffers.isEmpty && tablesThatDiffer.isEmpty && violations.isEmpty
            && file == "ok"
    }
}

/// A breach of a conservation rule.
package struct Violation: Hashable, Sendable, Codable {
    package let rule: String
    package let thing: String
    package let what: String
}

extension StoreView {
    /// The breaches of conservation, none in a sound laboratory.
    package func violations() throws -> [Violation] {
        try rows("SELECT rule, thing, what FROM violation ORDER BY rule, thing")
            .map { Violation(rule: $0["rule"], thing: $0["thing"], what: $0["what"]) }
    }
}

extension Store {
    /// Follows the chain of hashes, builds the tables anew from the facts, compares, and checks
    /// conservation and the file.
    package func audit(progress: (Int) -> Void = { _ in }) throws -> AuditReport {
        // On disk: a city's tables are larger than memory.
        let path = temporaryPath()
        defer { removeDatabase(at: path) }
        let rebuilt = try DatabaseQueue(path: path)
        try Migrations.migrator.migrate(rebuilt)
        return try writer.read { database in
            let (facts, brokenAt, head) = try rebuilt.write { copy in
                try replay(database, into: copy, progress: progress)
            }
            let schema = try Self.schema(database)
            let own = try rebuilt.read { try Self.schema($0) }
            let changed = Set(schema.keys).union(own.keys)
                .filter { schema[$0] != own[$0] }.sorted()
            // Through changed tables and views nothing can be said of what is in them.
            let differing =
                changed.isEmpty
                ? try rebuilt.read { copy in
                    try Self.tables.filter { try !Self.isSame($0, in: database, and: copy) }
                } : []
            return AuditReport(
                facts: facts, head: Hash.hex(head), brokenAt: brokenAt, schemaDiffers: changed,
                tablesThatDiffer: differing,
                violations: changed.isEmpty
                    ? try StoreView(database: database).violations() : [],
                file: try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "no answer")
        }
    }

    /// The tables that facts add up to.
    static let tables = [
        "laboratory", "programme", "staff", "manifest", "person", "tube", "specimen", "pool",
        "poolMember", "plate", "quadrant", "failedWell", "run", "look", "request", "well",
        "reading", "controlFault", "answer", "recollection", "task", "report", "certificate",
        "clock",
        "measurement",
        "boxClosing", "breachCause", "receiver", "message", "messageCount", "heldMessage",
        "amendment", "desk", "deskTube", "deskPerson", "alerting", "alert", "alertMessage",
    ]

    private static func schema(_ database: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return Dictionary(rows.map { ($0["name"], $0["sql"]) }) { first, _ in first }
    }

    private func replay(
        _ database: Database, into copy: Database, progress: (Int) -> Void
    ) throws -> (facts: Int, brokenAt: Int?, head: [UInt8]) {
        var last = Ledger.beginning
        var count = 0
        var brokenAt: Int?
        let projection = Projection(database: copy)
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM fact ORDER BY number")
        while let row = try rows.next() {
            let payload: String = row["payload"]
            let number: Int64 = row["number"]
            let hash = Ledger.hash(
                with: vault, after: last, number: Int64(count + 1), at: row["at"],
                actor: row["actor"],
                role: row["role"], verb: row["verb"], command: row["command"], kind: row["kind"],
                subject: row["subject"], payload: Array(payload.utf8))
            last = [UInt8](row["hash"] as Data)
            if hash != last, brokenAt == nil { brokenAt = Int(number) }
            count += 1
            if count.isMultiple(of: 10_000) { progress(count) }
            guard let kind = FactKind(rawValue: row["kind"]),
                let fact = try? FactCodec.decode(kind, payload)
            else {
                brokenAt = brokenAt ?? Int(number)
                continue
            }
            do {
                try projection.apply(
                    fact, at: Timestamp(milliseconds: row["at"]), by: row["actor"])
            } catch is DatabaseError {
                // A fact that the tables refuse cannot have been written by us.
                brokenAt = brokenAt ?? Int(number)
            }
        }
        return (count, brokenAt, last)
    }

    private static func isSame(
        _ table: String, in one: Database, and other: Database
    ) throws -> Bool {
        let keys = try one.primaryKey(table).columns.map(\.quotedDatabaseIdentifier)
        let sql = "SELECT * FROM \(table) ORDER BY \(keys.joined(separator: ", "))"
        let ours = try Row.fetchCursor(one, sql: sql)
        let theirs = try Row.fetchCursor(other, sql: sql)
        while let row = try ours.next() {
            guard let twin = try theirs.next(), row == twin else { return false }
        }
        return try theirs.next() == nil
    }
}
