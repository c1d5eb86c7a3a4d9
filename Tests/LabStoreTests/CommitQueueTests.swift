import Foundation
import GRDB
import LabDomain
import LabSecrets
import Synchronization
import Testing

@testable import LabStore

@Suite("Writes that share a transaction")
struct CommitQueueTests {
    private static let stamp = Stamp(
        at: Timestamp(milliseconds: 1_000), actor: Actor(handle: "system", role: .system),
        verb: .addPerson, command: "test")

    private struct Refused: Error {}

    /// A store on the disk, as a server has it.
    private func withStore(_ body: (Store) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let store = try Store.create(
            at: folder.appendingPathComponent("a.sqlite").path, vault: Vault(.generate()),
            access: .concurrent)
        try await body(store)
        try store.close()
        try FileManager.default.removeItem(at: folder)
    }

    private static func add(_ number: Int, in transaction: Transaction) throws {
        let actor = Actor(handle: "person-\(number)", role: .technician)
        try transaction.append([
            .staffAdded(StaffAdded(actor: actor, name: nil, scope: .laboratory))
        ])
    }

    @Test("STORE-9: many writers share few transactions, and each is answered with its own value")
    func together() async throws {
        try await withStore { store in
            let commits = Mutex(0)
            try await store.writer.write { database in
                database.add(
                    transactionObserver: Commits { commits.withLock { $0 += 1 } },
                    extent: .databaseLifetime)
            }
            let values = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await store.writeTogether(stamp: Self.stamp) {
                            try Self.add(number, in: $0)
                            return number
                        }
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(values == Set(0..<200))
            #expect(try store.read { try $0.staff().count } == 200)
            #expect(commits.withLock { $0 } < 150, "fewer transactions than writes")
            #expect(try store.audit().brokenAt == nil)
        }
    }

    @Test("STORE-9: a write that is refused takes nothing of its neighbours with it")
    func refused() async throws {
        try await withStore { store in
            let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
                for number in 0..<60 {
                    group.addTask {
                        do {
                            try await store.writeTogether(stamp: Self.stamp) {
                                try Self.add(number, in: $0)
                                if number.isMultiple(of: 3) { throw Refused() }
                            }
                            return (number, true)
                        } catch { return (number, false) }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            let stored = Set(try store.read { try $0.staff().map(\.actor.handle) })
            for number in 0..<60 {
                #expect(outcomes[number] == !number.isMultiple(of: 3))
                #expect(stored.contains("person-\(number)") == outcomes[number])
            }
            #expect(try store.audit().isSound)
        }
    }

    private final class Commits: TransactionObserver {
        private let committed: @Sendable () -> Void

        init(_ committed: @escaping @Sendable () -> Void) { self.committed = committed }

        func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
        func databaseDidChange(with event: DatabaseEvent) {}
        func databaseDidCommit(_ db: Database) { committed() }
        func databaseDidRollback(_ db: Database) {}
    }
}
