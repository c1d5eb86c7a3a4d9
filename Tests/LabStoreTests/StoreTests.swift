import Foundation
import GRDB
import LabDomain
import LabSecrets
import Testing

@testable import LabStore

@Suite("The store keeps what it was told")
struct StoreTests {
    static let vault = Vault(
        SecretKey(bytes: Array(repeating: 7, count: 32)) ?? .generate())
    static let now = Timestamp(milliseconds: 1_600_000_000_000)
    static let stamp = Stamp(
        at: now, actor: Actor(handle: "li.na", role: .technician), verb: .registerManifest,
        command: "test")

    static let facts: [Fact] = {
        let person = RegisteredPerson(
            id: PersonID("P1"),
            identity: SealedIdentity(
                details: Bytes([1, 2, 3]), document: Bytes(Array(repeating: 1, count: 16)),
                name: Bytes(Array(repeating: 2, count: 16)), telephone: nil, address: nil))
        let tube = SingleTube(id: TubeID("T1"), person: person.id)
        return [
            .laboratoryMade(LaboratoryMade(name: "test", settings: "none")),
            .manifestRegistered(
                ManifestRegistered(
                    manifest: ManifestID("M1"), fileHash: Bytes(Array(repeating: 3, count: 32)),
                    tubes: 1, people: 1, linesLeftOut: 0)),
            .tubeRegistered(
                TubeRegistered(
                    tube: .single(tube), people: [person], manifest: ManifestID("M1"),
                    unit: "unit", site: "", box: BoxID("B1"), risk: .low, collectedAt: now)),
            .tubeReceived(TubeReceived(tube: tube.id, box: BoxID("B1"))),
            .requestOpened(
                RequestOpened(
                    request: RequestID("T1/1"), of: .tube(tube.id), ordinal: 1, purpose: .routine,
                    kit: .first, cause: nil)),
        ]
    }()

    static func withFile<Value>(_ body: (String) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.appendingPathComponent("lab.sqlite").path)
    }

    @Test(
        "STORE-1: what was appended can be read, in memory and on disk", arguments: [true, false])
    func appendThenRead(onDisk: Bool) throws {
        try Self.withFile { path in
            let store =
                onDisk
                ? try Store.create(at: path, vault: Self.vault)
                : try Store.inMemory(vault: Self.vault)
            try store.write(stamp: Self.stamp) { try $0.append(Self.facts) }
            let read = try store.read { try $0.trace("T1") }.map(\.fact)
            #expect(Set(read).isSuperset(of: Self.facts.dropFirst()))
            #expect(try store.read { try $0.tube(TubeID("T1"))?.state } == .received)
        }
    }

    @Test("STORE-2: tables that are rebuilt from the facts equal the tables")
    func rebuilt() throws {
        let store = try Store.inMemory(vault: Self.vault)
        try store.write(stamp: Self.stamp) { try $0.append(Self.facts) }
        #expect(try store.audit().isSound)
        try store.writer.write {
            try $0.execute(sql: "UPDATE tube SET unit = 'another'")
        }
        #expect(try store.audit().tablesThatDiffer == ["tube"])
    }

    @Test(
        "STORE-3: the chain of hashes tells any change of a fact",
        arguments: [
            "UPDATE fact SET payload = replace(payload, 'unit', 'unlt') WHERE number = 3",
            "UPDATE fact SET actor = 'somebody' WHERE number = 3",
            "UPDATE fact SET role = 'supervisor' WHERE number = 3",
            "UPDATE fact SET at = at + 1 WHERE number = 3",
            "UPDATE fact SET verb = 'release' WHERE number = 3",
            "UPDATE fact SET command = 'another' WHERE number = 3",
            "UPDATE fact SET subject = 'T2' WHERE number = 3",
            "UPDATE fact SET hash = zeroblob(32) WHERE number = 3",
            "DELETE FROM fact WHERE number = 3",
        ])
    func chain(_ tampering: String) throws {
        let store = try Store.inMemory(vault: Self.vault)
        try store.write(stamp: Self.stamp) { try $0.append(Self.facts) }
        #expect(try store.audit().brokenAt == nil)
        try store.writer.write {
            try $0.execute(sql: "DROP TRIGGER factIsNeverChanged; DROP TRIGGER factIsNeverRemoved;")
            try $0.execute(sql: tampering)
        }
        let broken = try #require(try store.audit().brokenAt)
        #expect((3...4).contains(broken))
    }

    @Test(
        "STORE-4: an answer is given when it is on the disk: the writer's synchronous reads FULL",
        arguments: Store.Access.allCases)
    func synchronous(_ access: Store.Access) throws {
        try Self.withFile { path in
            let made = try Store.create(at: path, vault: Self.vault, access: access)
            #expect(try made.synchronous() == 2)
            #expect(try made.journal() == "wal")
            let again = try Store.open(at: path, vault: Self.vault, access: access)
            #expect(try again.synchronous() == 2)
        }
    }

    @Test(
        "STORE-5: a fact is never changed or removed",
        arguments: ["UPDATE fact SET actor = 'x'", "DELETE FROM fact"])
    func triggers(_ sql: String) throws {
        let store = try Store.inMemory(vault: Self.vault)
        try store.write(stamp: Self.stamp) { try $0.append(Self.facts) }
        #expect(throws: (any Error).self) { try store.writer.write { try $0.execute(sql: sql) } }
    }

    @Test("STORE-6: a database is not opened with another laboratory's key")
    func otherKey() throws {
        try Self.withFile { path in
            _ = try Store.create(at: path, vault: Self.vault)
            let other = Vault(.generate())
            #expect(throws: StoreFault.otherKey(path: path)) {
                try Store.open(at: path, vault: other)
            }
            #expect(throws: StoreFault.exists(path: path)) {
                try Store.create(at: path, vault: Self.vault)
            }
        }
    }

    @Test("STORE-6: what is no laboratory is not opened, and not changed")
    func noLaboratory() throws {
        try Self.withFile { path in
            #expect(throws: StoreFault.missing(path: path)) {
                try Store.open(at: path, vault: Self.vault)
            }
            let bytes = Data("this is a letter, and no database at all".utf8)
            try bytes.write(to: URL(fileURLWithPath: path))
            #expect(throws: StoreFault.notALaboratory(path: path)) {
                try Store.open(at: path, vault: Self.vault)
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
        }
    }

    @Test("STORE-1: when the work throws, nothing has happened")
    func rollback() throws {
        struct Stop: Error {}
        let store = try Store.inMemory(vault: Self.vault)
        #expect(throws: Stop.self) {
            try store.write(stamp: Self.stamp) { transaction in
                try transaction.append(Self.facts)
                throw Stop()
            }
        }
        #expect(try store.read { try $0.trace("T1") }.isEmpty)
        #expect(try store.audit().facts == 0)
    }

    @Test(
        "CONS-3, CONS-4: the schema itself refuses what must not happen",
        arguments: [
            """
            INSERT INTO request (id, tube, ordinal, purpose, kit, state, openedAt)
            VALUES ('T1/2', 'T1', 2, 'routine', 'first', 'waiting', 0)
            """,
            "INSERT INTO specimen (tube, number, person) VALUES ('T1', 2, 'nobody')",
            "UPDATE tube SET state = 'rejected'",
            "INSERT INTO report VALUES ('R', 'T1', 'P1', zeroblob(32), 0)",
            """
            DROP TRIGGER reportNeedsRelease;
            INSERT INTO report VALUES ('R', 'T1', 'P2', zeroblob(32), 0)
            """,
            """
            INSERT INTO plate VALUES ('PL', 96, 'first', 'a', 'a', 'read', 0, NULL, NULL);
            INSERT INTO run VALUES
                ('RN', 'PL', zeroblob(32), 'invalid', 'li.na', 0, NULL, NULL, NULL);
            INSERT INTO answer VALUES
                ('T1', 'detected', 'T1/1', 'RN', 'proposed', 0, NULL, NULL)
            """,
            """
            INSERT INTO plate VALUES ('PL', 96, 'first', 'a', 'a', 'read', 0, NULL, NULL);
            INSERT INTO run VALUES ('RN', 'PL', zeroblob(32), 'reviewed', 'a', 0, 'a', 0, NULL)
            """,
        ])
    func schema(_ sql: String) throws {
        let store = try Store.inMemory(vault: Self.vault)
        try store.write(stamp: Self.stamp) { try $0.append(Self.facts) }
        let error = #expect(throws: DatabaseError.self) {
            try store.writer.write { try $0.execute(sql: sql) }
        }
        // A constraint or a trigger spoke, and not the parser.
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    }

    @Test(
        "CONS-1, CONS-2, CONS-3, CONS-4: the view of violations sees each kind of breach",
        arguments: [
            ("DELETE FROM request", "CONS-1"),
            ("UPDATE tube SET state = 'expected'", "CONS-1"),
            ("DELETE FROM specimen", "CONS-1"),
            (
                """
                INSERT INTO plate VALUES ('PL', 96, 'first', 'a', 'a', 'read', 0, NULL, NULL);
                INSERT INTO run VALUES
                    ('RN', 'PL', zeroblob(32), 'valid', 'a', 0, NULL, NULL, NULL);
                INSERT INTO well (plate, position, request) VALUES ('PL', 'A1', 'T1/1');
                """, "CONS-2"
            ),
            (
                """
                INSERT INTO pool VALUES ('LP', 'low', 1, 'negative', 0, NULL, '[]');
                INSERT INTO poolMember VALUES ('LP', 1, 'T1', 1);
                """, "CONS-3"
            ),
            ("INSERT INTO pool VALUES ('LP', 'low', 2, 'open', 0, NULL, '[]')", "CONS-3"),
            (
                """
                DROP TRIGGER answerNeedsValidRun;
                INSERT INTO plate VALUES ('PL', 96, 'first', 'a', 'a', 'read', 0, NULL, NULL);
                INSERT INTO run VALUES
                    ('RN', 'PL', zeroblob(32), 'invalid', 'a', 0, NULL, NULL, NULL);
                INSERT INTO answer VALUES
                    ('T1', 'detected', 'T1/1', 'RN', 'proposed', 0, NULL, NULL);
                """, "CONS-4"
            ),
            (
                """
                DROP TRIGGER reportNeedsRelease;
                INSERT INTO report VALUES ('R', 'T1', 'P1', zeroblob(32), 0);
                """, "CONS-4"
            ),
        ])
    func violations(_ sql: String, _ rule: String) throws {
        let store = try Store.inMemory(vault: Self.vault)
        try store.write(stamp: Self.stamp) { try $0.append(Self.facts) }
        #expect(try store.read { try $0.violations() }.isEmpty)
        try store.writer.write {
            try $0.execute(sql: "PRAGMA defer_foreign_keys = 1")
            try $0.execute(sql: sql)
        }
        #expect(try store.read { try $0.violations() }.contains { $0.rule == rule })
    }
}
