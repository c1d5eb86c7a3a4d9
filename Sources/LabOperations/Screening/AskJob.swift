package import LabDomain
package import LabStore

/// Asks for a long piece of work; it is begun when those before it have ended.
package struct AskJob: Command, Encodable {
    package static let verb = Verb.planScreening
    /// So many wait at most.
    private static let mostOpen = 50

    let input: JobInput

    /// The job under which the work is found.
    package struct Answer: Codable, Sendable {
        package let job: String
    }

    /// Work with everything that it needs.
    package init(_ input: JobInput) { self.input = input }

    package func prepare(
        under rules: Rules, for member: Member, vault: IdentityVault, at now: Timestamp
    ) throws -> String {
        try input.check()
        return try input.read().map(\.name).joined(separator: ", ")
    }

    package func perform(_ prepared: String, in work: Work) throws -> Answer {
        guard try work.transaction.openJobs() < Self.mostOpen else {
            throw Refusal(
                .rule, "\(Self.mostOpen) jobs wait already.",
                remedy: "Wait until some have ended, or cancel some.")
        }
        let id = work.identifier("JB")
        try work.transaction.addJob(id, input.kind, title: prepared, input: json(input))
        return Answer(job: id)
    }
}

/// Ends a job that waits or runs.
package struct CancelJob: Command, Encodable {
    package static let verb = Verb.planScreening

    let job: String

    /// How the job stood when it was asked to end.
    package struct Answer: Codable, Sendable {
        package let job: String
        /// Running work ends within seconds.
        package let wasRunning: Bool
    }

    /// A job by its identifier.
    package init(_ job: String) { self.job = job }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard let known = try work.transaction.job(job) else { throw JobRefusals.unknown }
        guard !known.state.isEnded else {
            throw Refusal(
                .nothingToDo, "The job has ended already.", remedy: "See its result.")
        }
        try work.transaction.cancelJob(job)
        return Answer(job: job, wasRunning: known.state == .running)
    }
}

/// What is said of jobs in several places.
enum JobRefusals {
    static let unknown = Refusal(
        .unknown, "There is no such job; old ones are forgotten.", remedy: "See swabline job list.")
}

/// A job with what is known of its work.
package struct JobStory: Sendable {
    package let job: StoredJob
    package let input: JobInput
    /// What went wrong; nil unless it failed.
    package let failure: Explanation?
    /// The files that it made.
    package let files: [String]
}

extension Laboratory {
    /// Jobs, the latest first.
    package func jobs(after: String = "", as handle: String) throws -> Part<StoredJob> {
        try look(.planScreening, as: handle) { try $0.jobs(after: after) }
    }

    /// A job alone; nil when it is not there.
    package func job(_ id: String, as handle: String) throws -> StoredJob? {
        try look(.planScreening, as: handle) { try $0.job(id) }
    }

    /// A job with what it works on.
    package func jobStory(_ id: String, as handle: String) throws -> JobStory? {
        try look(.planScreening, as: handle) { view in
            guard let job = try view.job(id), let text = try view.input(ofJob: id),
                let input: JobInput = decoded(text)
            else { return nil }
            return JobStory(
                job: job, input: input, failure: job.failure.flatMap { decoded($0) },
                files: try view.fileNames(ofJob: id))
        }
    }

    /// A file that a job made.
    package func file(_ name: String, ofJob id: String, as handle: String) throws -> [UInt8]? {
        try look(.planScreening, as: handle) { try $0.file(name, ofJob: id) }
    }
}
