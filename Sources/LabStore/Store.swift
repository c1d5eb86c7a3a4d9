internal import GRDB
package import LabSecrets

/// Why a database cannot be opened or made.
package enum StoreFault: Error, Hashable, Sendable {
    case missing(path: String)
    case exists(path: String)
    case notALaboratory(path: String)
    case otherKey(path: String)
    case newerVersion(path: String)
    case busy
}

/// The laboratory's one database: facts, and the tables that they add up to.
///
/// All SQL is in this target, and no type of GRDB leaves it.
package struct Store: Sendable {
    let writer: any DatabaseWriter
    let vault: Vault
    private let queue: CommitQueue

    /// How many work with the database at once inside this program.
    package enum Access: CaseIterable, Sendable {
        /// One connection: a command that does its work and ends.
        case single
        /// One writer and many readers: a server.
        case concurrent
    }

    private init(writer: any DatabaseWriter, vault: Vault) {
        self.writer = writer
        self.vault = vault
        queue = CommitQueue(writer: writer)
    }

    /// Makes a new database file.
    /// - Throws: `StoreFault.exists` when there is one.
    package static func create(
        at path: String, vault: Vault, access: Access = .single
    ) throws -> Store {
        guard !isFile(path) else { throw StoreFault.exists(path: path) }
        try makePrivateFile(at: path)
        let store = Store(writer: try connect(to: path, access), vault: vault)
        try store.prepare()
        return store
    }

    /// Opens a database that exists, brings its tables up to date and checks that the key is its
    /// own.
    package static func open(
        at path: String, vault: Vault, access: Access = .single
    ) throws -> Store {
        guard isFile(path) else { throw StoreFault.missing(path: path) }
        let writer: any DatabaseWriter
        do {
            writer = try connect(to: path, access)
            let known = try writer.read { database in
                guard try database.tableExists("vault") else { return false }
                return try Migrations.migrator.hasBeenSuperseded(database) == false
            }
            guard known else {
                let isOurs = try writer.read { try $0.tableExists("vault") }
                throw isOurs
                    ? StoreFault.newerVersion(path: path) : StoreFault.notALaboratory(path: path)
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
            throw StoreFault.notALaboratory(path: path)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw StoreFault.busy
        }
        let store = Store(writer: writer, vault: vault)
        try Migrations.migrator.migrate(writer)
        let keyCheck = try writer.read {
            try [UInt8](Data.fetchOne($0, sql: "SELECT keyCheck FROM vault") ?? Data())
        }
        guard keyCheck == vault.keyCheck else { throw StoreFault.otherKey(path: path) }
        return store
    }

    /// A database in memory, for tests and rehearsals that nobody wants to keep.
    package static func inMemory(vault: Vault) throws -> Store {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        let store = Store(
            writer: try DatabaseQueue(configuration: configuration), vault: vault)
        try store.prepare()
        return store
    }

    /// Runs `work` in one durable transaction; when it throws, nothing has happened.
    package func write<Value>(
        stamp: Stamp, _ work: (Transaction) throws -> Value
    ) throws -> Value {
        do {
            return try writer.write { database in
                try work(Transaction(database: database, stamp: stamp, vault: vault))
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw StoreFault.busy
        }
    }

    /// Runs `work` as `write` would, and then undoes it: nothing has happened.
    package func foresee<Value>(
        stamp: Stamp, _ work: (Transaction) throws -> Value
    ) throws -> Value {
        do {
            return try writer.writeWithoutTransaction { database in
                var foreseen: Value?
                try database.inTransaction(.immediate) {
                    foreseen = try work(
                        Transaction(database: database, stamp: stamp, vault: vault))
                    return .rollback
                }
                guard let foreseen else { throw StoreFault.busy }
                return foreseen
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw StoreFault.busy
        }
    }

    /// Runs `work` in a durable transaction that it shares with what others ask in the same moment;
    /// when it throws, nothing of it has happened, and theirs has.
    package func writeTogether<Value: Sendable>(
        stamp: Stamp, _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        do {
            return try await queue.write { [vault] database in
                try work(Transaction(database: database, stamp: stamp, vault: vault))
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw StoreFault.busy
        }
    }

    /// Runs `work` on one unchanging picture of the database, away from the caller's thread.
    package func readAside<Value: Sendable>(
        _ work: @escaping @Sendable (StoreView) throws -> Value
    ) async throws -> Value {
        try await writer.read { database in try work(StoreView(database: database)) }
    }

    /// Runs `work` on one unchanging picture of the database.
    package func read<Value>(_ work: (StoreView) throws -> Value) throws -> Value {
        try writer.read { database in try work(StoreView(database: database)) }
    }

    /// `PRAGMA synchronous` of the writer: 2 means that an answer survives a power cut.
    package func synchronous() throws -> Int? {
        try writer.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
    }

    /// `PRAGMA journal_mode`: `wal` for every database on disk.
    package func journal() throws -> String? {
        try writer.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
    }

    /// Ends the work with the database; its journal is merged into the file.
    package func close() throws { try writer.close() }

    private func prepare() throws {
        try Migrations.migrator.migrate(writer)
        try writer.write { database in
            try database.execute(
                sql: "INSERT INTO vault (id, keyCheck) VALUES (1, ?)",
                arguments: [Data(vault.keyCheck)])
        }
    }

    private static func connect(
        to path: String, _ access: Access
    ) throws -> any DatabaseWriter {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(20)
        switch access {
        case .single:
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            }
            return queue
        case .concurrent:
            // Pages are read where they lie in the file, not copied: a list of a city's day touches
            // thousands of them, and whatever one connection keeps another's write makes stale.
            configuration.prepareDatabase { database in
                guard database.configuration.readonly else { return }
                try database.execute(sql: "PRAGMA mmap_size = 2147418112")
            }
            let pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL while it opens a pool; an acknowledged result must survive a power
            // cut.
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
            }
            return pool
        }
    }
}
