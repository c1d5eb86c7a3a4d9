internal import GRDB
package import LabDomain
internal import LabSecrets

/// One unchanging picture of the database, with the questions that can be asked of it.
package class StoreView {
    let database: Database

    init(database: Database) {
        self.database = database
    }

    /// The rows of a statement that is prepared once and kept.
    func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [Row] {
        try Row.fetchAll(try database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// The rows of a statement turned into values one by one; a row is gone when the next comes.
    func values<Value>(
        _ sql: String, _ arguments: StatementArguments = [], _ value: (Row) throws -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        let cursor = try Row.fetchCursor(
            try database.cachedStatement(sql: sql), arguments: arguments)
        while let row = try cursor.next() { values.append(try value(row)) }
        return values
    }

    /// The first row, where there is one.
    func row(_ sql: String, _ arguments: StatementArguments = []) throws -> Row? {
        try Row.fetchOne(try database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first answer of the command with this key, and the digest of what it asked.
    package func answer(to key: String) throws -> (answer: String, digest: [UInt8], verb: String)? {
        try row("SELECT answer, digest, verb FROM command WHERE key = ?", [key])
            .map { ($0["answer"], [UInt8]($0["digest"] as Data), $0["verb"]) }
    }

    /// The single number that a statement counts.
    func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        try Int.fetchOne(try database.cachedStatement(sql: sql), arguments: arguments) ?? 0
    }
}

/// Who acts, when, and for which command: what every fact of a transaction is stamped with.
package struct Stamp: Hashable, Sendable {
    package let at: Timestamp
    package let actor: Actor
    package let verb: Verb
    /// The idempotency key.
    package let command: String

    /// A stamp for one command.
    package init(at: Timestamp, actor: Actor, verb: Verb, command: String) {
        self.at = at
        self.actor = actor
        self.verb = verb
        self.command = command
    }
}

/// A picture of the database that facts can be added to; it becomes durable as a whole.
package final class Transaction: StoreView {
    package let stamp: Stamp
    private var ledger: Ledger?

    private let vault: Vault

    init(database: Database, stamp: Stamp, vault: Vault) {
        self.vault = vault
        self.stamp = stamp
        super.init(database: database)
    }

    /// Appends facts and brings the tables up to date with them.
    package func append(_ facts: [Fact]) throws {
        guard !facts.isEmpty else { return }
        var ledger = try self.ledger ?? Ledger(continuing: database, vault: vault)
        let projection = Projection(database: database)
        for fact in facts {
            try ledger.append(fact, stamp: stamp, to: database)
            try projection.apply(fact, at: stamp.at, by: stamp.actor.handle)
        }
        self.ledger = ledger
    }

    /// Keeps the first answer of this command.
    package func keep(answer: String, digest: [UInt8]) throws {
        try database.execute(
            sql: """
                INSERT INTO command (key, verb, digest, actor, at, answer) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                stamp.command, stamp.verb.rawValue, Data(digest), stamp.actor.handle,
                stamp.at.milliseconds, answer,
            ])
    }
}
