package import LabDomain
internal import LabExchange
internal import LabStatistics
internal import LabStore
internal import Synchronization

/// What the server does by itself, between requests, until it is stopped.
///
/// Time and chance are given; every pass can be made by itself, as tests do.
package final class Rounds: Sendable {
    /// What is done, and how often.
    package struct Options: Sendable {
        /// Whether the outbox is sent.
        package var sendsReports = true
        /// Whether alerts are checked and told.
        package var alerts = true
        /// The time between two stored forecasts; nil stores none.
        package var keepsEvery: Span? = .hours(1)

        /// Everything.
        package init() {}
    }

    /// From one look for something to do to the next.
    static let pause = Duration.seconds(2)
    /// From one pass over the outbox to the next.
    static let sendingPause = Duration.seconds(5)

    let laboratory: Laboratory
    let database: String
    let options: Options
    let forecast: SharedForecast
    let now: @Sendable () -> Timestamp
    let machine: @Sendable () -> MachineClock
    let seed: @Sendable () -> UInt64
    let environment: @Sendable (String) -> String?
    /// A line of the log; it holds names of channels and receivers, and numbers.
    let log: @Sendable (String) -> Void
    let isStopping = Mutex(false)
    /// What was logged last of each kind of trouble: it is told when it begins, not each time.
    let troubles = Mutex<[String: String]>([:])

    /// The rounds of one laboratory.
    /// - Parameters:
    ///   - laboratory: The laboratory; it is the program itself that acts.
    ///   - database: Its file, beside which the locks lie.
    ///   - options: What is done.
    ///   - forecast: The forecast that is kept up to date, for everybody who looks at it.
    ///   - now: The wall clock.
    ///   - machine: Both clocks of the machine.
    ///   - seed: Chance.
    ///   - environment: Looks up a variable that holds credentials.
    ///   - log: Takes a line of the log.
    package init(
        _ laboratory: Laboratory, database: String, options: Options, forecast: SharedForecast,
        now: @escaping @Sendable () -> Timestamp,
        machine: @escaping @Sendable () -> MachineClock, seed: @escaping @Sendable () -> UInt64,
        environment: @escaping @Sendable (String) -> String?,
        log: @escaping @Sendable (String) -> Void
    ) {
        self.laboratory = laboratory.itself
        self.database = database
        self.options = options
        self.forecast = forecast
        self.now = now
        self.machine = machine
        self.seed = seed
        self.environment = environment
        self.log = log
    }

    /// Makes the rounds until the task is cancelled; what has begun comes to its end (SERVE-4).
    package func run() async {
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                if options.sendsReports {
                    group.addTask { await self.again(Self.sendingPause) { self.sendReports() } }
                }
                if options.alerts {
                    group.addTask { await self.again(Self.pause) { self.tellChannels() } }
                }
                group.addTask { await self.again(.milliseconds(500)) { self.lookAround() } }
            }
        } onCancel: {
            isStopping.withLock { $0 = true }
        }
    }

    private func again(
        _ pause: Duration, _ pass: @escaping @Sendable () -> Void
    ) async {
        while !Task.isCancelled {
            _ = try? await aside { pass() }
            try? await Task.sleep(for: pause)
        }
    }

    /// Sends what is due, where no other program does (SERVE-1).
    package func sendReports() {
        attempt("reports") {
            let lock = try laboratory.lockSending(beside: database)
            defer { lock.release() }
            var random = SeededGenerator(seed: seed())
            let sent = try laboratory.sendReports(
                as: Laboratory.itself, clock: now, using: &random
            ) { receiver in
                StoppableTransport(receiver.connect(environment: environment)) {
                    self.isStopping.withLock { $0 }
                }
            }
            for line in sent where line.accepted + line.rejected + line.retried > 0 {
                log(
                    "reports to \(line.receiver): \(line.accepted) accepted, "
                        + "\(line.rejected) rejected, \(line.retried) to be sent again"
                        + (line.stoppedBy.map { "; stopped: \($0.text)" } ?? ""))
            }
        }
    }

    /// Tells channels what is due, where no other program does.
    package func tellChannels() {
        attempt("alerts") {
            let lock = try laboratory.lockAlerts(beside: database)
            defer { lock.release() }
            var random = SeededGenerator(seed: seed())
            let sent = try laboratory.sendAlerts(
                as: Laboratory.itself, clock: now, using: &random
            ) { channel, message in
                isStopping.withLock { $0 }
                    ? .notSent(.stopping)
                    : channel.deliver(
                        message, patience: AlertSending.patience, environment: environment)
            }
            guard !sent.isQuiet else { return }
            log(
                "alerts: \(sent.arrived) arrived, \(sent.retried) to be sent again, "
                    + "\(sent.failed) given up, \(sent.dropped) of no use any more")
        }
    }

    /// Does something whose trouble is told once and does not end the rounds.
    func attempt(_ what: String, _ work: () throws -> Void) {
        do {
            try work()
            guard troubles.withLock({ $0.removeValue(forKey: what) }) != nil else { return }
            log("\(what): well again")
        } catch {
            let words = Explanation(error).message.text
            let isNew = troubles.withLock { $0.updateValue(words, forKey: what) } != words
            if isNew { log("\(what): \(words)") }
        }
    }
}
