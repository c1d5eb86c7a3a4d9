internal import Synchronization

/// Tells open pages when something was done in the laboratory.
///
/// One task looks for all of them, and only while somebody listens. It asks the database, so that
/// what another program does is seen too.
final class Changes: Sendable {
    private struct State {
        var listeners: [Int: AsyncStream<Int>.Continuation] = [:]
        var next = 0
        var looking: Task<Void, Never>?
        var isClosed = false
    }

    private let last: @Sendable () async throws -> Int
    private let pause: Duration
    private let beat: Int
    private let state = Mutex(State())

    /// Asks `last` for the number of the last change, four times a second; each `beat`-th time
    /// listeners hear the number whether it is new or not.
    init(
        every pause: Duration = .milliseconds(250), beat: Int = 60,
        last: @escaping @Sendable () async throws -> Int
    ) {
        self.last = last
        self.pause = pause
        self.beat = beat
    }

    /// The number of the last change, when it is new and every now and then; it ends when the
    /// server does, or with the task that listens.
    func listen() -> AsyncStream<Int> {
        // Only the newest number is of use to a listener that is late.
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { listener in
            let number: Int? = state.withLock { state in
                guard !state.isClosed else { return nil }
                state.next += 1
                state.listeners[state.next] = listener
                if state.looking == nil { state.looking = Task { await look() } }
                return state.next
            }
            guard let number else { return listener.finish() }
            listener.onTermination = { [weak self] _ in self?.leave(number) }
        }
    }

    /// How many listen.
    var listeners: Int { state.withLock { $0.listeners.count } }

    /// Ends every stream, and all that are asked for from now on.
    func close() {
        let ending = state.withLock { state in
            state.isClosed = true
            state.looking?.cancel()
            state.looking = nil
            defer { state.listeners = [:] }
            return state.listeners.values
        }
        // Outside the lock: whoever ends takes themselves out of the list.
        for listener in ending { listener.finish() }
    }

    private func leave(_ number: Int) {
        state.withLock { state in
            state.listeners[number] = nil
            guard state.listeners.isEmpty else { return }
            state.looking?.cancel()
            state.looking = nil
        }
    }

    private func look() async {
        var known: Int?
        var looks = 0
        while !Task.isCancelled {
            looks += 1
            // A database that does not answer now does so at the next look.
            let number = (try? await last()) ?? known
            if let number, number != known || looks.isMultiple(of: beat) {
                known = number
                for listener in state.withLock({ Array($0.listeners.values) }) {
                    listener.yield(number)
                }
            }
            try? await Task.sleep(for: pause)
        }
    }
}
