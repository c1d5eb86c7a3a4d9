internal import GRDB
internal import LabDomain
internal import LabSecrets

/// The chain of facts: each carries a keyed hash over itself and the hash of the one before it.
///
/// Nobody without the laboratory's key can change, remove or slip in a fact without the hashes
/// telling. What the chain alone cannot tell is that its end was cut off: the audit prints the
/// number and hash of the last fact, to be kept elsewhere.
struct Ledger {
    private let vault: Vault
    private var last: [UInt8]
    private var number: Int64

    /// The hash before the first fact.
    static let beginning = [UInt8](repeating: 0, count: Hash.size)

    /// Takes up the chain where the database's last fact left it.
    init(continuing database: Database, vault: Vault) throws {
        self.vault = vault
        let row = try Row.fetchOne(
            database, sql: "SELECT number, hash FROM fact ORDER BY number DESC LIMIT 1")
        number = row?["number"] ?? 0
        last = row.map { [UInt8]($0["hash"] as Data) } ?? Self.beginning
    }

    /// Appends one fact.
    mutating func append(_ fact: Fact, stamp: Stamp, to database: Database) throws {
        let payload = try FactCodec.encode(fact)
        let subject = fact.payload.subject
        number += 1
        last = Self.hash(
            with: vault, after: last, number: number, at: stamp.at.milliseconds,
            actor: stamp.actor.handle,
            role: stamp.actor.role.rawValue, verb: stamp.verb.rawValue, command: stamp.command,
            kind: fact.kind.rawValue, subject: subject, payload: payload)
        try database.run(
            """
            INSERT INTO fact
                (number, at, actor, role, verb, command, kind, subject, payload, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .number(number), .number(stamp.at.milliseconds), .text(stamp.actor.handle),
                .text(stamp.actor.role.rawValue), .text(stamp.verb.rawValue),
                .text(stamp.command), .text(fact.kind.rawValue), .text(subject), .utf8(payload),
                .bytes(last),
            ])
    }

    /// The hash of a fact that follows another.
    static func hash(
        with vault: Vault, after previous: [UInt8], number: Int64, at: Int64, actor: String,
        role: String,
        verb: String, command: String, kind: String, subject: String, payload: [UInt8]
    ) -> [UInt8] {
        let head = "\(number)\u{1F}\(at)\u{1F}\(actor)\u{1F}\(role)\u{1F}\(verb)"
        return vault.chain([
            previous, Array(head.utf8), Array(command.utf8), Array(kind.utf8),
            Array(subject.utf8), payload,
        ])
    }
}
