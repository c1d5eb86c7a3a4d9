internal import GRDB
internal import Synchronization

/// Lets the writes of many requests share one durable transaction.
///
/// What came while the last transaction was being made durable goes into the next one together.
/// Each write stands in a savepoint of its own, so that one that is refused takes nothing of its
/// neighbours with it, and each is answered when all of them are durable.
actor CommitQueue {
    /// So many share a transaction at most: the last of them waits for the first.
    static let most = 500

    private let writer: any DatabaseWriter
    private var waiting: [any QueuedWrite] = []
    private var isDraining = false

    init(writer: any DatabaseWriter) {
        self.writer = writer
    }

    /// Does `work` in the next transaction and answers when it is durable.
    func write<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            waiting.append(Write(work, continuation))
            guard !isDraining else { return }
            isDraining = true
            Task { await drain() }
        }
    }

    private func drain() async {
        while !waiting.isEmpty {
            let together = waiting.prefix(Self.most)
            waiting.removeFirst(together.count)
            do {
                try await writer.write { database in
                    for write in together {
                        write.run(in: database)
                        // A full disk ends the whole transaction: then none of them was done.
                        guard database.isInsideTransaction else {
                            throw DatabaseError(resultCode: .SQLITE_FULL)
                        }
                    }
                }
                for write in together { write.finish(failure: nil) }
            } catch {
                for write in together { write.finish(failure: error) }
            }
        }
        isDraining = false
    }
}

private protocol QueuedWrite: Sendable {
    func run(in database: Database)
    func finish(failure: (any Error)?)
}

private final class Write<Value: Sendable>: QueuedWrite {
    private let work: @Sendable (Database) throws -> Value
    private let continuation: CheckedContinuation<Value, any Error>
    private let outcome = Mutex<Result<Value, any Error>?>(nil)

    init(
        _ work: @escaping @Sendable (Database) throws -> Value,
        _ continuation: CheckedContinuation<Value, any Error>
    ) {
        self.work = work
        self.continuation = continuation
    }

    func run(in database: Database) {
        do {
            var value: Value?
            try database.inSavepoint {
                value = try work(database)
                return .commit
            }
            if let value { outcome.withLock { $0 = .success(value) } }
        } catch {
            outcome.withLock { $0 = .failure(error) }
        }
    }

    func finish(failure: (any Error)?) {
        let outcome = outcome.withLock { $0 }
        // What was refused for its own reasons is refused whatever became of the others.
        if case .failure(let refusal) = outcome {
            continuation.resume(throwing: refusal)
        } else if let failure {
            continuation.resume(throwing: failure)
        } else if let outcome {
            continuation.resume(with: outcome)
        } else {
            continuation.resume(throwing: StoreFault.busy)
        }
    }
}
