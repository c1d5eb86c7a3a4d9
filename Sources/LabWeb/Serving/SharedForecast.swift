internal import LabDomain
internal import LabOperations
internal import Synchronization

/// One forecast for everybody who looks, made beside the requests.
///
/// It is made anew when something was done, or when it grew old, and only while somebody looks. No
/// two are made at once, and between them it rests twice as long as the last one took: a day's
/// busiest minute costs a third of one core at most.
final class SharedForecast: Sendable {
    private struct State {
        var made: TurnaroundBoard?
        var count = 0
        var isMaking = false
    }

    /// A forecast is made anew after so long even when nobody did anything.
    private static let longest = Span.seconds(30)

    private let clock: @Sendable () -> Timestamp
    private let make: @Sendable (Timestamp) async throws -> TurnaroundBoard
    private let state = Mutex(State())

    /// A forecast that `make` makes for the present that `clock` tells.
    init(
        clock: @escaping @Sendable () -> Timestamp,
        make: @escaping @Sendable (Timestamp) async throws -> TurnaroundBoard
    ) {
        self.clock = clock
        self.make = make
    }

    /// Sees to it that a forecast is made that knows of a fact.
    ///
    /// - Returns: the number of the last change: it grows with each fact and each forecast.
    @discardableResult
    func look(_ fact: Int) -> Int {
        let now = clock()
        let (count, begins) = state.withLock { state in
            let begins = !state.isMaking && !Self.holds(state.made, fact, now)
            if begins { state.isMaking = true }
            return (state.count, begins)
        }
        if begins { Task { await work(now) } }
        return fact + count
    }

    /// The last forecast; when there is none yet, the first one that is made within a time.
    func latest(_ fact: Int, within wait: Duration) async -> TurnaroundBoard? {
        look(fact)
        let end = ContinuousClock.now + wait
        while ContinuousClock.now < end {
            if let made = state.withLock({ $0.made }) { return made }
            try? await Task.sleep(for: .milliseconds(4))
        }
        return state.withLock { $0.made }
    }

    /// The last forecast that was made, however old; nil when there is none.
    var last: TurnaroundBoard? { state.withLock { $0.made } }

    private static func holds(_ made: TurnaroundBoard?, _ fact: Int, _ now: Timestamp) -> Bool {
        guard let made, made.fact >= fact else { return false }
        // A wall clock may jump back, too.
        return abs(made.at.span(to: now).milliseconds) < longest.milliseconds
    }

    private func work(_ now: Timestamp) async {
        let begin = ContinuousClock.now
        // A database that does not answer now does so at the next look.
        let made = try? await make(now)
        if let made {
            state.withLock {
                $0.made = made
                $0.count += 1
            }
        }
        let took = ContinuousClock.now - begin
        try? await Task.sleep(for: max(made == nil ? .seconds(5) : .milliseconds(50), took * 2))
        state.withLock { $0.isMaking = false }
    }
}
