internal import Dispatch
internal import Foundation
package import LabDomain
internal import LabScreening
internal import LabSecrets
package import LabStore
internal import Synchronization

/// Does the jobs of a laboratory, one at a time, on a thread that gives way to everything else.
///
/// What it is at and how far stands in the database: pages read it there, another program may
/// cancel it there, and after a crash the next worker finds a job whose heart beats no longer and
/// begins it again. A run is its seed, so that the result is the same.
package final class JobWorker: Sendable {
    private struct State {
        var isStopping = false
        var running: JobPulse?
    }

    /// A job whose worker was not heard for so long runs nowhere any more.
    static let silence = Span.seconds(20)
    private static let mostBegun = 3
    private static let longest = Span.hours(24)

    private let laboratory: Laboratory
    private let clock: @Sendable () -> Timestamp
    private let owner = Hash.hex(randomBytes(8))
    private let state = Mutex(State())

    /// A worker for a laboratory; `clock` tells the time.
    package init(_ laboratory: Laboratory, clock: @escaping @Sendable () -> Timestamp) {
        (self.laboratory, self.clock) = (laboratory, clock)
    }

    /// Begins to work on a thread of its own until `stop`.
    package func start() {
        let thread = Thread { [self] in
            giveWay()
            while !isStopping {
                let done = try? runOne()
                if done == nil { Thread.sleep(forTimeInterval: 0.5) }
            }
        }
        thread.name = "jobs"
        // A run of a province needs more room than a thread is given by itself.
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Ends the work: what is running waits to be begun again by the next worker.
    package func stop() {
        let running = state.withLock { state in
            state.isStopping = true
            return state.running
        }
        running?.leave()
    }

    /// Does the oldest job that waits.
    /// - Returns: The job as it ended; nil when none waits.
    @discardableResult
    package func runOne() throws -> StoredJob? {
        guard let job = try claim() else { return nil }
        let pulse = JobPulse(job.id, of: owner, in: laboratory, clock: clock)
        state.withLock { $0.running = pulse }
        pulse.start()
        defer {
            pulse.end()
            state.withLock { $0.running = nil }
        }
        let began = clock()
        do {
            let result = try work(on: job, since: began, pulse)
            try write {
                try $0.endJob(
                    job.id, of: self.owner, .done, step: result.step, files: result.files)
            }
        } catch is JobEnd {
            try end(job, pulse)
        } catch is JobTooLong {
            try write { try $0.endJob(job.id, of: self.owner, .abandoned) }
        } catch {
            let failure = json(Explanation(error))
            try write { try $0.endJob(job.id, of: self.owner, .failed, failure: failure) }
        }
        return try laboratory.store.read { try $0.job(job.id) }
    }

    private func work(
        on job: StoredJob, since began: Timestamp, _ pulse: JobPulse
    ) throws -> JobWork.Result {
        guard let text = try laboratory.store.read({ try $0.input(ofJob: job.id) }),
            let input: JobInput = decoded(text)
        else { throw JobRefusals.unknown }
        let clock = clock
        let work = JobWork(
            input: input,
            clock: { Double(clock().milliseconds) / 1_000 },
            mayGoOn: {
                guard pulse.mayGoOn else { throw JobEnd() }
                guard clock() <= began.advanced(by: Self.longest) else { throw JobTooLong() }
            }, tell: { pulse.tell($0) })
        return try work.result()
    }

    /// A job that may not go on was cancelled, unless the worker itself is being stopped.
    private func end(_ job: StoredJob, _ pulse: JobPulse) throws {
        guard !pulse.isLeft else { return }
        try write { try $0.endJob(job.id, of: self.owner, .cancelled) }
    }

    private func claim() throws -> StoredJob? {
        let now = clock()
        let silent = now.advanced(by: Span(milliseconds: -Self.silence.milliseconds))
        let waits = try laboratory.store.read { try $0.openJobs() } > 0
        guard waits, !isStopping else { return nil }
        return try write { [owner] transaction in
            try transaction.pruneJobs(
                endedBefore: now.advanced(by: .hours(-24 * 90)), most: 500,
                mostBytes: 256 << 20)
            return try transaction.claimJob(
                for: owner, silentSince: silent, mostBegun: Self.mostBegun)
        }
    }

    private var isStopping: Bool { state.withLock { $0.isStopping } }

    private func write<Value>(_ work: (Transaction) throws -> Value) throws -> Value {
        try laboratory.store.write(stamp: JobPulse.stamp(at: clock()), work)
    }

    /// Nice 15 for this thread alone: on Linux a thread is a process to the scheduler.
    private func giveWay() {
        #if os(Linux)
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 15)
        #endif
    }
}

/// The work is not to go on.
private struct JobEnd: Error {}

/// The work lasted too long.
private struct JobTooLong: Error {}
