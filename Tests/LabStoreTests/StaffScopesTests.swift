import Foundation
import GRDB
import LabDomain
import Testing

@testable import LabStore

@Suite("Scopes of staff, as they are kept")
struct StaffScopesTests {
    private static let old =
        #"{"actor":{"handle":"old.unit","role":"sending-unit"}}"#

    @Test("STORE-8: whoever was added before there were scopes has none")
    func oldFact() throws {
        let actor = Actor(handle: "old.unit", role: .sendingUnit)
        #expect(
            try FactCodec.decode(.staffAdded, Self.old)
                == .staffAdded(StaffAdded(actor: actor, name: nil, scope: nil)))
        for scope in [Scope.laboratory, .unit("甲"), .site("")] {
            let fact = Fact.staffScoped(StaffScoped(handle: "x", scope: scope))
            let text = String(decoding: try FactCodec.encode(fact), as: UTF8.self)
            #expect(try FactCodec.decode(.staffScoped, text) == fact)
        }
    }

    @Test(
        "STORE-8: a database from before there were scopes opens whole, and its staff can get one")
    func migration() throws {
        try StoreTests.withFile { path in
            try Self.makeOldDatabase(at: path)
            let store = try Store.open(at: path, vault: StoreTests.vault)
            #expect(try store.audit().isSound)
            #expect(try store.read { try $0.staff("old.unit") }?.scope == nil)
            #expect(try store.read { try $0.staff("old.unit") }?.isRetired == false)
            try store.write(stamp: StoreTests.stamp) {
                try $0.append([
                    .staffScoped(StaffScoped(handle: "old.unit", scope: .unit("Unit 1")))
                ])
            }
            #expect(try store.read { try $0.staff("old.unit") }?.scope == .unit("Unit 1"))
            #expect(try store.audit().isSound)
        }
    }

    @Test("ACT-3: the table itself refuses a unit or site for whoever has none")
    func constraint() throws {
        let store = try Store.inMemory(vault: StoreTests.vault)
        for (role, scope) in [
            (Role.technician, Scope.unit("Unit 1")), (.collector, .unit("Unit 1")),
            (.sendingUnit, .site("Gate 1")), (.supervisor, .site("Gate 1")),
        ] {
            let actor = Actor(handle: "some.body", role: role)
            #expect(throws: DatabaseError.self) {
                try store.write(stamp: StoreTests.stamp) {
                    try $0.append([
                        .staffAdded(StaffAdded(actor: actor, name: nil, scope: scope))
                    ])
                }
            }
        }
    }

    /// A database as the migrations before made it, with one sending unit.
    private static func makeOldDatabase(at path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try Migrations.migrator.migrate(queue, upTo: Measurements.name)
        let stamp = StoreTests.stamp
        let hash = Ledger.hash(
            with: StoreTests.vault, after: Ledger.beginning, number: 1, at: stamp.at.milliseconds,
            actor: stamp.actor.handle, role: stamp.actor.role.rawValue, verb: stamp.verb.rawValue,
            command: stamp.command, kind: FactKind.staffAdded.rawValue, subject: "old.unit",
            payload: Array(old.utf8))
        try queue.write { database in
            try database.execute(
                sql: "INSERT INTO vault (id, keyCheck) VALUES (1, ?)",
                arguments: [Data(StoreTests.vault.keyCheck)])
            try database.execute(
                sql: "INSERT INTO fact VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    stamp.at.milliseconds, stamp.actor.handle, stamp.actor.role.rawValue,
                    stamp.verb.rawValue, stamp.command, FactKind.staffAdded.rawValue, "old.unit",
                    old, Data(hash),
                ])
            try database.execute(
                sql: "INSERT INTO staff VALUES ('old.unit', 'sending-unit', NULL, ?, NULL)",
                arguments: [stamp.at.milliseconds])
        }
        try queue.close()
    }
}
