internal import Dispatch
internal import LabDomain
internal import LabStore
internal import Synchronization

/// The heart of a running job: tells the database every second how far it is, and hears there
/// whether it may go on.
final class JobPulse: Sendable {
    private struct State {
        var progress = JobProgress(share: 0, step: .playing)
        var mayGoOn = true
        var isLeft = false
        var hasEnded = false
    }

    private let job: String
    private let owner: String
    private let laboratory: Laboratory
    private let clock: @Sendable () -> Timestamp
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "job pulse", qos: .utility)

    init(
        _ job: String, of owner: String, in laboratory: Laboratory,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        (self.job, self.owner, self.laboratory, self.clock) = (job, owner, laboratory, clock)
    }

    static func stamp(at now: Timestamp) -> Stamp {
        Stamp(
            at: now, actor: Actor(handle: "system", role: .system), verb: .planScreening,
            command: "jobs")
    }

    var mayGoOn: Bool { state.withLock { $0.mayGoOn } }
    var isLeft: Bool { state.withLock { $0.isLeft } }

    func tell(_ progress: JobProgress) { state.withLock { $0.progress = progress } }

    func start() { beatLater() }

    /// Beats no more; a beat that has begun is waited for.
    func end() {
        state.withLock { $0.hasEnded = true }
        queue.sync {}
    }

    /// Gives the job back, to be begun again by another worker.
    func leave() {
        state.withLock { state in
            state.isLeft = true
            state.mayGoOn = false
        }
        try? laboratory.store.write(stamp: Self.stamp(at: clock())) {
            try $0.leaveJob(job, of: owner)
        }
    }

    private func beatLater() {
        queue.asyncAfter(deadline: .now() + 1) { [self] in
            guard !state.withLock({ $0.hasEnded }) else { return }
            beat()
            beatLater()
        }
    }

    private func beat() {
        let progress = state.withLock { $0.progress }
        // A database that is busy for a second is no reason to end.
        let mayGoOn = try? laboratory.store.write(stamp: Self.stamp(at: clock())) {
            try $0.beat(job, of: owner, progress)
        }
        if mayGoOn == false { state.withLock { $0.mayGoOn = false } }
    }
}
