package import LabDomain
internal import LabStore
internal import Synchronization

/// The one forecast of a laboratory, for everybody: the board, alerts, programs, sending units.
///
/// It is made when somebody says so: by the server's rounds, seconds after something was done, and
/// for a program that asks while the last one is old. All others read what there is.
package final class SharedForecast: Sendable {
    private struct State {
        var made: TurnaroundBoard?
        var count = 0
        var watch = EventWatch()
    }

    private let laboratory: Laboratory
    private let plan: @Sendable (Laboratory) throws -> ForecastPlan
    private let state = Mutex(State())
    /// Held while one is made: no two are made at once.
    private let making = Mutex(())

    /// The forecast of a laboratory, by a plan that is asked for each time: settings that were
    /// adopted since count at once.
    package init(
        _ laboratory: Laboratory,
        plan: @escaping @Sendable (Laboratory) throws -> ForecastPlan = { try $0.forecastPlan() }
    ) {
        self.laboratory = laboratory.itself
        self.plan = plan
    }

    /// The last forecast that was made, however old; nil when there is none.
    package var last: TurnaroundBoard? { state.withLock { $0.made } }

    /// The number of the last change: it grows with each fact and each forecast.
    package func change(_ fact: Int) -> Int { state.withLock { fact + $0.count } }

    /// Makes it anew when it is time to: seconds after an event, and each minute (SERVE-2).
    /// - Returns: The new forecast; nil when the last one still holds.
    package func refresh(_ machine: () -> MachineClock) throws -> TurnaroundBoard? {
        let before = try laboratory.store.read { try $0.lastFact() }
        let start = machine()
        guard state.withLock({ $0.watch.isDue(last: before, at: start.uptime) }) else {
            return nil
        }
        defer {
            let end = machine().uptime
            // What came while we looked is looked at next.
            state.withLock { $0.watch.looked(from: start.uptime, to: end, last: before) }
        }
        return try making.withLock { _ in try make(at: start.wall) }
    }

    /// The forecast of a moment: the last one while nothing was done since, a new one otherwise.
    package func present(at now: Timestamp) throws -> TurnaroundBoard {
        try making.withLock { _ in
            let fact = try laboratory.store.read { try $0.lastFact() }
            if let last, last.fact == fact,
                // A wall clock may jump back, too.
                abs(last.at.span(to: now).milliseconds) < EventWatch.always.milliseconds
            {
                return last
            }
            return try make(at: now)
        }
    }

    private func make(at now: Timestamp) throws -> TurnaroundBoard {
        let made = try laboratory.turnaroundBoard(
            try plan(laboratory), at: now, for: .checkAlerts, as: Laboratory.itself)
        state.withLock {
            $0.made = made
            $0.count += 1
        }
        return made
    }
}
