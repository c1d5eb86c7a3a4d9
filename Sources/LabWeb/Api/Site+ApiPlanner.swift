internal import LabDomain
internal import LabOperations
internal import LabStore

/// What the planner's operations are asked with.
private enum Asked {
    struct Job: Decodable {
        let kind: JobKind
        /// Identifiers or names.
        let scenarios: [String]
        let runs: Int?
        let bottleneckRuns: Int?
        let probability: Double?
        let seconds: Int?
        let growth: Double?
        let withinHours: Double?
        let windowHours: Double?
        let resultsHours: Double?

        /// The job's input, with the wishes that were given.
        func input(_ parts: [JobInput.Part]) -> JobInput {
            var input = JobInput(kind, parts)
            input.runs = runs ?? input.runs
            input.bottleneckRuns = bottleneckRuns ?? min(input.bottleneckRuns, input.runs)
            input.probability = probability ?? input.probability
            input.seconds = seconds ?? input.seconds
            input.growth = growth ?? input.growth
            (input.withinHours, input.windowHours) = (withinHours, windowHours)
            input.resultsHours = resultsHours
            return input
        }
    }

    struct Version: Decodable {
        let yaml: String
        /// The version that was changed.
        let version: Int
    }

    struct Campaign: Decodable {
        let scenario: String
        let startsOn: String
        let firstTube: Int?
    }
}

/// A scenario in a list; one that comes with the program has no identifier and no version.
private struct ApiScenarioLine: Encodable, Sendable {
    let scenario: String?
    let name: String
    let title: String
    let people: Int
    let version: Int?
    let savedAt: Timestamp?
    let savedBy: String?

    init(_ stored: StoredScenario) {
        (scenario, name, title) = (stored.id, stored.name, stored.title)
        (people, version) = (stored.people, stored.version)
        (savedAt, savedBy) = (stored.savedAt, stored.savedBy)
    }

    init(ready: ScenarioHead) {
        (name, title, people) = (ready.name, ready.title, ready.people)
        (scenario, version, savedAt, savedBy) = (nil, nil, nil, nil)
    }
}

/// A scenario with its text.
private struct ApiScenario: Encodable, Sendable {
    let scenario: String?
    let name: String
    let title: String
    let people: Int
    let version: Int?
    let versions: [ScenarioVersion]
    let yaml: String

    init(_ story: ScenarioStory) {
        scenario = story.stored?.id
        (name, title, people) = (story.head.name, story.head.title, story.head.people)
        version = story.stored == nil ? nil : story.version
        (versions, yaml) = (story.versions, story.yaml)
    }
}

/// A file that a job made.
private struct ApiJobFile: Encodable, Sendable {
    let job: String
    let name: String
    let text: String
}

/// A campaign with a part of its sites.
private struct ApiCampaign: Encodable, Sendable {
    let campaign: StoredCampaign
    let rows: [CampaignSite]
    let next: String?
}

extension Site {
    /// Scenarios, long work on them, and campaigns.
    var plannerApi: [ApiRoute] { scenarioApi + jobApi + campaignApi }

    private var scenarioApi: [ApiRoute] {
        [
            .look("/scenarios", "listScenarios", .planScreening) { visit in
                let own = try laboratory.scenarios(as: visit.handle)
                return ApiList(
                    own.map(ApiScenarioLine.init)
                        + Laboratory.readyScenarios.map { ApiScenarioLine(ready: $0.head) })
            },
            .look("/scenarios/:scenario", "showScenario", .planScreening) { visit in
                let version = try visit.query["version"].map { _ in
                    try visit.number("version", in: 1...1_000_000, or: 1)
                }
                return ApiScenario(
                    try scenario(visit.parameter("scenario"), version: version, visit))
            },
            .file("/scenarios", "saveScenario", mostBytes: Self.mostScenario) {
                KeepScenario($0.text)
            },
            .ask("/scenarios/:scenario", "changeScenario", mostBytes: Self.mostScenario) {
                (asked: Asked.Version, visit) in
                KeepScenario(
                    asked.yaml, of: visit.parameter("scenario"), changing: asked.version)
            },
            .bare("/scenarios/:scenario/removal", "removeScenario") {
                RemoveScenario($0.parameter("scenario"))
            },
        ]
    }

    /// A province's file has a few hundred kilobytes.
    private static var mostScenario: Int { 2 << 20 }

    private func scenario(
        _ id: String, version: Int? = nil, _ visit: ApiVisit
    ) throws -> ScenarioStory {
        guard let story = try laboratory.scenario(id, version: version, as: visit.handle) else {
            throw Missing()
        }
        return story
    }

    private var jobApi: [ApiRoute] {
        [
            .look("/jobs", "listJobs", .planScreening) { visit in
                let part = try laboratory.jobs(
                    after: visit.query["after"] ?? "", as: visit.handle)
                return ApiPart(part) { ApiJob($0) }
            },
            .askLooking("/jobs", "askJob") { (asked: Asked.Job, visit) in
                AskJob(
                    asked.input(
                        try asked.scenarios.map { id in
                            let story = try scenario(id, visit)
                            return JobInput.Part(name: story.head.name, yaml: story.yaml)
                        }))
            },
            .look("/jobs/:job", "showJob", .planScreening) { visit in
                guard
                    let story = try laboratory.jobStory(visit.parameter("job"), as: visit.handle)
                else { throw Missing() }
                return ApiJob(story, visit)
            },
            .bare("/jobs/:job/cancellation", "cancelJob") { CancelJob($0.parameter("job")) },
            .look("/jobs/:job/files/:file", "showJobFile", .planScreening) { visit in
                let (job, name) = (visit.parameter("job"), visit.parameter("file"))
                guard let bytes = try laboratory.file(name, ofJob: job, as: visit.handle) else {
                    throw Missing()
                }
                return ApiJobFile(
                    job: job, name: name, text: String(decoding: bytes, as: UTF8.self))
            },
        ]
    }

    private var campaignApi: [ApiRoute] {
        [
            .look("/campaigns", "listCampaigns", .handOverPlan) { visit in
                ApiList(try laboratory.campaigns(as: visit.handle))
            },
            .askLooking("/campaigns", "handOverPlan") { (asked: Asked.Campaign, visit) in
                HandOverPlan(
                    try scenario(asked.scenario, visit).yaml, startsOn: asked.startsOn,
                    firstTube: asked.firstTube)
            },
            .look("/campaigns/:campaign", "showCampaign", .handOverPlan) { visit in
                let size = 100
                let found = try laboratory.campaign(
                    visit.parameter("campaign"),
                    after: try visit.number("after", in: 0...999_999_999, or: 0), most: size + 1,
                    as: visit.handle)
                guard let found else { throw Missing() }
                let rows = Array(found.sites.prefix(size))
                return ApiCampaign(
                    campaign: found.campaign, rows: rows,
                    next: found.sites.count > size ? rows.last.map { "\($0.number)" } : nil)
            },
            .bare("/campaigns/:campaign/ending", "endCampaign") {
                EndCampaign($0.parameter("campaign"))
            },
        ]
    }
}
