internal import LabOperations
internal import Synchronization

/// Work that is done beside the requests: one piece at a time, with rests between them.
final class Beside: Sendable {
    /// It takes this share of one core at most.
    private static let share = 10

    private let isBusy = Mutex(false)

    /// Begins a piece of work, unless another is done or rested from; whoever asks again later
    /// gets it then.
    func ask(_ work: @escaping @Sendable () throws -> Void) {
        let begins = isBusy.withLock { isBusy in
            defer { isBusy = true }
            return !isBusy
        }
        guard begins else { return }
        Task {
            let begin = ContinuousClock.now
            // A database that does not answer now does so when somebody asks again.
            try? await aside(work)
            try? await Task.sleep(for: (ContinuousClock.now - begin) * (Self.share - 1))
            isBusy.withLock { $0 = false }
        }
    }
}
