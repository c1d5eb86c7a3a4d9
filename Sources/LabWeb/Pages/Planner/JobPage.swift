internal import Foundation
internal import LabDomain
internal import LabOperations
internal import LabScreening
internal import LabStore

/// A job: how far it is, or what came of it.
struct JobPage: Hashable, Sendable {
    struct File: Hashable, Sendable {
        let path: String
        let text: String
    }

    let csrf: String
    let key: String
    let path: String
    let statePath: String
    let title: String
    let kind: String
    let state: String
    let stateCode: String
    let tone: String
    let sign: String
    let asked: String
    let wishes: String
    let isOpen: Bool
    let isRunning: Bool
    let isDone: Bool
    let percent: Int
    let step: String
    let failure: FlashModel?
    let why: String?
    let parts: [PlannerSection]
    let files: [File]
    let hasFiles: Bool
    let isPlan: Bool
    let isUnproved: Bool
    let planName: String
    let next: JobNext?

    init(_ story: JobStory, parts: [PlannerSection], for visit: Visit) throws {
        let (words, job) = (visit.words, story.job)
        (csrf, key) = (visit.csrf, visit.newKey())
        path = "/planner/jobs/\(job.id)"
        statePath = path + "/state"
        title = job.title
        kind = words.word("jobKind", job.kind)
        state = JobRow.state(of: job, words)
        stateCode = job.state.rawValue
        (tone, sign) = JobRow.look(of: job)
        asked = words.say("planner.asked", ["time": visit.time(job.askedAt), "by": job.askedBy])
        wishes = Self.wishes(story.input, words)
        isOpen = !job.state.isEnded
        isRunning = job.state == .running
        isDone = job.state == .done
        percent = Int(100 * job.progress.share)
        step = Self.step(job, words)
        failure = story.failure.map {
            FlashModel(
                kind: "refused", sign: "✗", isDone: false,
                message: visit.site.say($0.message, visit.language),
                remedy: visit.site.say($0.remedy, visit.language), hasPlaces: !$0.places.isEmpty,
                places: $0.places.map { visit.site.say(place: $0, visit) })
        }
        why =
            job.state == .abandoned || job.state == .cancelled
            ? words.say("planner.why.\(job.state.rawValue)") : nil
        self.parts = parts
        files = Self.offered.filter { story.files.contains($0) }.map { [path] name in
            File(
                path: "\(path)/files/\(name)",
                text: words.say("planner.file.\(name.replacing(".", with: "-"))"))
        }
        hasFiles = !files.isEmpty
        isPlan = story.files.contains("plan.yaml")
        isUnproved = job.progress.step == .notProved
        planName = "plan-" + job.title
        next = isOpen ? nil : try JobNext(story.input, for: visit)
    }

    /// What a job is at, in a sentence.
    static func step(_ job: StoredJob, _ words: Catalogue) -> String {
        let step = job.state == .waiting ? .waiting : job.progress.step
        return words.say(
            "jobStep.\(step.rawValue)",
            ["n": "\(job.progress.done)", "all": "\(job.progress.all)"])
    }

    private static let offered = [
        "report.en.html", "report.zh.html", "result.csv", "result.json", "scenario.yaml",
        "plan.yaml",
    ]

    private static func wishes(_ input: JobInput, _ words: Catalogue) -> String {
        switch input.kind {
        case .simulate, .compare: words.count("planner.wish.runs", input.runs)
        case .plan:
            words.say(
                "planner.wish.plan",
                ["p": "\(FormText.number(100 * input.probability)) %", "s": "\(input.seconds)"])
        }
    }
}

/// How far a job is, for the page's script.
struct JobTold: Encodable {
    let state: String
    let percent: Int
    let step: String
    let isOpen: Bool
}

/// A campaign with a part of its sites.
struct CampaignPage: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let site: CampaignSite
        let people: String
        let tubes: String
        let codes: String
    }

    let csrf: String
    let key: String
    let path: String
    let name: String
    let title: String
    let starts: String
    let handed: String
    let isOpen: Bool
    let sites: String
    let people: String
    let tubes: String
    let rows: [Row]
    let nextPath: String?
    let askEnd: String

    init(_ campaign: StoredCampaign, _ sites: [CampaignSite], size: Int, for visit: Visit) {
        let words = visit.words
        (csrf, key) = (visit.csrf, visit.newKey())
        path = "/planner/campaigns/\(campaign.id)"
        (name, title) = (campaign.name, campaign.title)
        starts = visit.site.zone.minuteText(campaign.startsAt)
        handed = words.say(
            "planner.handed", ["time": visit.time(campaign.handedAt), "by": campaign.handedBy])
        isOpen = campaign.endedAt == nil
        self.sites = grouped(campaign.sites)
        (people, tubes) = (grouped(campaign.people), grouped(campaign.tubes))
        rows = sites.prefix(size).map {
            Row(
                site: $0, people: grouped($0.people), tubes: grouped($0.tubes),
                codes: $0.firstTube.isEmpty ? "–" : "\($0.firstTube) – \($0.lastTube)")
        }
        nextPath =
            sites.count > size
            ? rows.last.map { [path] in "\(path)?after=\($0.site.number)" } : nil
        askEnd = words.say("planner.askEnd", ["name": campaign.name])
    }
}
