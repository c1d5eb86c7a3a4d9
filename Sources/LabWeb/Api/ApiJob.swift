internal import LabDomain
internal import LabOperations
internal import LabStore

/// A long piece of work as programs see it.
struct ApiJob: Encodable, Sendable {
    /// What went wrong, in the words of the one who asks.
    struct Failure: Encodable, Sendable {
        let message: String
        let remedy: String
        let places: [ApiProblem.Place]
    }

    let job: String
    let kind: JobKind
    let title: String
    let state: JobState
    let askedAt: Timestamp
    let askedBy: String
    let startedAt: Timestamp?
    let endedAt: Timestamp?
    let progress: JobProgress
    let wantsCancel: Bool
    /// Only of one job alone: what it made, and why it failed.
    let files: [String]?
    let failure: Failure?

    /// A job in a list.
    init(_ stored: StoredJob) { self.init(stored, files: nil, failure: nil) }

    /// A job alone.
    init(_ story: JobStory, _ visit: ApiVisit) {
        let (site, language) = (visit.site, visit.language)
        self.init(
            story.job, files: story.files,
            failure: story.failure.map { failure in
                Failure(
                    message: site.say(failure.message, language),
                    remedy: site.say(failure.remedy, language),
                    places: failure.places.map { ApiProblem.Place($0, site, language) })
            })
    }

    private init(_ stored: StoredJob, files: [String]?, failure: Failure?) {
        (job, kind, title, state) = (stored.id, stored.kind, stored.title, stored.state)
        (askedAt, askedBy) = (stored.askedAt, stored.askedBy)
        (startedAt, endedAt) = (stored.startedAt, stored.endedAt)
        (progress, wantsCancel) = (stored.progress, stored.wantsCancel)
        (self.files, self.failure) = (files, failure)
    }
}
