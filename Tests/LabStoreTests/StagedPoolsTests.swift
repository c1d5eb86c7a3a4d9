import Foundation
import GRDB
import LabDomain
import Testing

@testable import LabStore

@Suite("Pools in stages, as they are kept")
struct StagedPoolsTests {
    private static let tubes = (1...5).map { number in
        SingleTube(id: TubeID("T\(number)"), person: PersonID("P\(number)"))
    }

    /// A laboratory with five single tubes that wait for their first test.
    private static let journey: [Fact] = {
        let opening: [Fact] = Array(StoreTests.facts.prefix(2))
        return opening
            + tubes.enumerated().flatMap { index, tube -> [Fact] in
                let person = RegisteredPerson(
                    id: tube.person,
                    identity: SealedIdentity(
                        details: Bytes([1, 2, 3]),
                        document: Bytes(Array(repeating: UInt8(index), count: 16)),
                        name: Bytes(Array(repeating: 2, count: 16)), telephone: nil, address: nil))
                return [
                    .tubeRegistered(
                        TubeRegistered(
                            tube: .single(tube), people: [person], manifest: ManifestID("M1"),
                            unit: "unit", site: "", box: BoxID("B1"), risk: .low,
                            collectedAt: StoreTests.now)),
                    .tubeReceived(TubeReceived(tube: tube.id, box: BoxID("B1"))),
                    request(.tube(tube.id)),
                ]
            }
    }()

    private static func request(_ subject: RequestSubject, _ ordinal: Int = 1) -> Fact {
        .requestOpened(
            RequestOpened(
                request: RequestID("\(subject.text)/\(ordinal)"), of: subject, ordinal: ordinal,
                purpose: .routine, kit: .first, cause: nil))
    }

    private static func formed(
        _ id: String, _ members: some Sequence<SingleTube>, parent: String? = nil,
        below: [Int] = []
    ) throws -> Fact {
        .poolFormed(
            PoolFormed(
                pool: try LaboratoryPool(
                    id: PoolID(id), members: Array(members), parent: parent.map { PoolID($0) },
                    below: below), risk: .low))
    }

    private static func concluded(_ id: String, _ state: PoolState) -> Fact {
        .poolConcluded(PoolConcluded(pool: PoolID(id), state: state))
    }

    /// A pool of four that was cut into two and two; the fifth tube is in a pool of its own.
    private static func cut() throws -> [Fact] {
        [
            try formed("LP", tubes[0..<4], below: [2]), request(.pool(PoolID("LP"))),
            .requestWithdrawn(
                RequestWithdrawn(request: RequestID("LP/1"), of: .pool(PoolID("LP")))),
            concluded("LP", .split), try formed("LPA", tubes[0..<2], parent: "LP"),
            request(.pool(PoolID("LPA"))), try formed("LPB", tubes[2..<4], parent: "LP"),
            request(.pool(PoolID("LPB"))),
        ]
    }

    private static func store(_ facts: [Fact]) throws -> Store {
        let store = try Store.inMemory(vault: StoreTests.vault)
        try store.write(stamp: StoreTests.stamp) { try $0.append(facts) }
        return store
    }

    @Test("STORE-8: the fact of a pool from before there were stages is read as one of two stages")
    func oldFact() throws {
        let old = #"{"pool":{"id":"LP","members":[{"id":"T1","person":"P1"}]},"risk":"low"}"#
        let fact = try Self.formed("LP", Self.tubes.prefix(1))
        #expect(try FactCodec.decode(.poolFormed, old) == fact)
        let staged = try Self.formed("LPA", Self.tubes, parent: "LP", below: [5, 2])
        let stored = String(decoding: try FactCodec.encode(staged), as: UTF8.self)
        #expect(try FactCodec.decode(.poolFormed, stored) == staged)
    }

    @Test("STORE-8: a database from before there were stages opens whole, and its pools go on")
    func migration() throws {
        try StoreTests.withFile { path in
            try Self.makeOldDatabase(at: path)
            let store = try Store.open(at: path, vault: StoreTests.vault)
            let audit = try store.audit()
            #expect(audit.isSound, "\(audit)")
            #expect(audit.facts == Self.journey.count + 6)
            let pools = try store.read { try $0.pools(onlyOpen: false) }
            #expect(pools.map(\.id) == [PoolID("LPX"), PoolID("LPY")])
            #expect(pools.map(\.state) == [.open, .opened])
            #expect(pools.allSatisfy { $0.parent == nil })
            let pool = try store.read { try $0.pool(PoolID("LPX")) }
            #expect(pool?.members == Array(Self.tubes[0..<3]) && pool?.below == [])

            try store.write(stamp: StoreTests.stamp) {
                try $0.append([
                    .requestWithdrawn(
                        RequestWithdrawn(request: RequestID("LPX/1"), of: .pool(PoolID("LPX")))),
                    Self.concluded("LPX", .opened), Self.request(.tube(TubeID("T1")), 2),
                    Self.request(.tube(TubeID("T2")), 2), Self.request(.tube(TubeID("T3")), 2),
                ])
            }
            #expect(try store.audit().isSound)
        }
    }

    /// A database as the first two migrations made it, with the facts of that time.
    private static func makeOldDatabase(at path: String) throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration(FirstSchema.name) { database in
            for sql in FirstSchema.statements { try database.execute(sql: sql) }
        }
        migrator.registerMigration(Conservation.name) { database in
            for sql in Conservation.statements { try database.execute(sql: sql) }
        }
        let queue = try DatabaseQueue(path: path)
        try migrator.migrate(queue)
        try queue.write { database in
            try database.execute(
                sql: "INSERT INTO vault (id, keyCheck) VALUES (1, ?)",
                arguments: [Data(StoreTests.vault.keyCheck)])
            var ledger = try Ledger(continuing: database, vault: StoreTests.vault)
            let projection = Projection(database: database)
            func append(_ fact: Fact) throws {
                try ledger.append(fact, stamp: StoreTests.stamp, to: database)
                try projection.apply(
                    fact, at: StoreTests.now, by: StoreTests.stamp.actor.handle)
            }
            for fact in journey { try append(fact) }
            try formOldPool("LPX", tubes[0..<3], in: database)
            ledger = try Ledger(continuing: database, vault: StoreTests.vault)
            try append(request(.pool(PoolID("LPX"))))
            try formOldPool("LPY", tubes[3..<5], in: database)
            ledger = try Ledger(continuing: database, vault: StoreTests.vault)
            try append(concluded("LPY", .opened))
            try append(request(.tube(TubeID("T4")), 2))
            try append(request(.tube(TubeID("T5")), 2))
        }
        try queue.close()
    }

    /// A pool as it was written and kept before there were stages.
    private static func formOldPool(
        _ id: String, _ members: ArraySlice<SingleTube>, in database: Database
    ) throws {
        let list = members.map { #"{"id":"\#($0.id)","person":"\#($0.person)"}"# }
        let payload =
            #"{"pool":{"id":"\#(id)","members":[\#(list.joined(separator: ","))]},"risk":"low"}"#
        let stamp = StoreTests.stamp
        let last = try Row.fetchOne(database, sql: "SELECT * FROM fact ORDER BY number DESC")
        let number: Int64 = (last?["number"] ?? 0) + 1
        let hash = Ledger.hash(
            with: StoreTests.vault, after: [UInt8]((last?["hash"] as Data?) ?? Data()),
            number: number, at: stamp.at.milliseconds, actor: stamp.actor.handle,
            role: stamp.actor.role.rawValue, verb: stamp.verb.rawValue, command: stamp.command,
            kind: FactKind.poolFormed.rawValue, subject: id, payload: Array(payload.utf8))
        try database.execute(
            sql: """
                INSERT INTO fact
                    (number, at, actor, role, verb, command, kind, subject, payload, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                number, stamp.at.milliseconds, stamp.actor.handle, stamp.actor.role.rawValue,
                stamp.verb.rawValue, stamp.command, FactKind.poolFormed.rawValue, id, payload,
                Data(hash),
            ])
        try database.execute(
            sql: """
                INSERT INTO pool (id, risk, size, state, formedAt)
                VALUES (?, 'low', ?, 'open', ?)
                """,
            arguments: [id, members.count, stamp.at.milliseconds])
        for (index, tube) in members.enumerated() {
            try database.execute(
                sql: "INSERT INTO poolMember (pool, number, tube, isOpen) VALUES (?, ?, ?, 1)",
                arguments: [id, index + 1, tube.id.text])
            try database.execute(
                sql: "UPDATE request SET state = 'pooled' WHERE tube = ? AND state = 'waiting'",
                arguments: [tube.id.text])
        }
    }

    @Test("CONS-5: a cut pool and its smaller ones keep to each other, and are rebuilt from facts")
    func family() throws {
        let store = try Self.store(Self.journey + Self.cut())
        let audit = try store.audit()
        #expect(audit.isSound, "\(audit)")
        #expect(try store.read { try $0.pool(PoolID("LPB")) }?.parent == PoolID("LP"))
        #expect(try store.read { try $0.pool(PoolID("LP")) }?.below == [2])
    }

    @Test(
        "CONS-5: the schema itself refuses families of pools that cannot be",
        arguments: [
            "UPDATE pool SET below = '[]' WHERE id = 'LP'",
            "UPDATE pool SET below = 'five' WHERE id = 'LP'",
            "UPDATE pool SET below = '[5' WHERE id = 'LP'",
            "UPDATE pool SET below = '[\"5\"]' WHERE id = 'LP'",
            "UPDATE pool SET state = 'withdrawn' WHERE id = 'LP'",
            "UPDATE pool SET state = 'cut' WHERE id = 'LP'",
            "UPDATE pool SET parent = 'LPA' WHERE id = 'LPA'",
            "UPDATE pool SET parent = 'nowhere' WHERE id = 'LPA'",
            "INSERT INTO pool VALUES ('LPC', 'low', 1, 'open', 0, 'LPA', '[]')",
            "INSERT INTO pool VALUES ('LPC', 'low', 4, 'open', 0, 'LP', '[]')",
            """
            INSERT INTO pool VALUES ('LPC', 'low', 1, 'open', 0, 'LP', '[]');
            INSERT INTO poolMember VALUES ('LPC', 1, 'T5', 1)
            """,
        ])
    func schema(_ sql: String) throws {
        let store = try Self.store(Self.journey + Self.cut())
        let error = #expect(throws: DatabaseError.self) {
            try store.writer.write { try $0.execute(sql: sql) }
        }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    }

    @Test(
        "CONS-5: the view of violations sees each breach in a family of pools",
        arguments: [
            "UPDATE request SET state = 'withdrawn' WHERE tube IN ('T1', 'T2', 'T3', 'T4')",
            "UPDATE pool SET state = 'unconfirmed' WHERE id = 'LP'",
            "UPDATE pool SET state = 'withdrawn' WHERE parent = 'LP'",
            "UPDATE pool SET state = 'negative' WHERE id = 'LP'",
            "UPDATE pool SET state = 'withdrawn' WHERE id = 'LPA'",
            """
            INSERT INTO pool VALUES ('LPC', 'low', 1, 'negative', 0, 'LP', '[]');
            INSERT INTO poolMember VALUES ('LPC', 1, 'T1', 0)
            """,
        ])
    func violations(_ sql: String) throws {
        let store = try Self.store(Self.journey + Self.cut())
        #expect(try store.read { try $0.violations() }.isEmpty)
        try store.writer.write { try $0.execute(sql: sql) }
        #expect(try store.read { try $0.violations() }.contains { $0.rule == "CONS-5" })
    }
}
