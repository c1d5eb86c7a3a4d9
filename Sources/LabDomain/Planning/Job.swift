/// What a long piece of work is.
package enum JobKind: String, CaseIterable, Hashable, Sendable, Codable {
    case simulate
    case compare
    case plan
}

/// How far a job has come.
package enum JobState: String, CaseIterable, Hashable, Sendable, Codable {
    case waiting
    case running
    case done
    case failed
    /// Somebody ended it.
    case cancelled
    /// It was begun again and again and never came to an end, or lasted too long.
    case abandoned

    /// Whether nothing will come of it any more, or all has.
    package var isEnded: Bool { self != .waiting && self != .running }
}

/// What a job is at.
package enum JobStep: String, CaseIterable, Hashable, Sendable, Codable {
    case waiting
    case playing
    /// Playing one more of each resource.
    case varying
    /// Solving the program of flows.
    case bounding
    case mending
    case proving
    case writing
    /// A plan was made, and its probability proved; or not.
    case proved
    case notProved = "not-proved"
}

/// How far a running job has come.
package struct JobProgress: Hashable, Sendable, Codable {
    /// From 0 to 1.
    package let share: Double
    package let step: JobStep
    /// Runs or parts done, of all; 0 of 0 where nothing is counted.
    package let done: Int
    package let all: Int

    /// A step with what is done of it.
    package init(share: Double, step: JobStep, done: Int = 0, all: Int = 0) {
        self.share = min(1, max(0, share))
        (self.step, self.done, self.all) = (step, done, all)
    }
}
