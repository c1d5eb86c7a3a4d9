internal import LabDomain
internal import LabOperations
internal import LabScreening
internal import LabStore

/// Scenarios, jobs and campaigns: where a planner begins.
struct PlannerPage: Hashable, Sendable {
    struct Scenario: Hashable, Sendable {
        /// What a form names it by.
        let value: String
        let path: String
        let name: String
        let title: String
        let people: String
        let saved: String
    }

    struct Campaign: Hashable, Sendable {
        let path: String
        let name: String
        let starts: String
        let sites: String
        let tubes: String
        let state: String
    }

    let csrf: String
    let key: String
    let own: [Scenario]
    let hasOwn: Bool
    let ready: [Scenario]
    let jobs: [JobRow]
    let hasJobs: Bool
    let pager: Pager
    let campaigns: [Campaign]
    let hasCampaigns: Bool
    let place: String

    init(
        own: [StoredScenario], ready: [ScenarioStory], jobs: Part<StoredJob>,
        campaigns: [StoredCampaign], after: String, for visit: Visit
    ) {
        csrf = visit.csrf
        key = visit.newKey()
        self.own = own.map {
            Scenario(
                value: $0.id, path: "/planner/scenarios/\($0.id)", name: $0.name,
                title: visit.title($0.title),
                people: grouped($0.people),
                saved: visit.words.say(
                    "planner.saved",
                    ["n": "\($0.version)", "time": visit.time($0.savedAt), "by": $0.savedBy]))
        }
        hasOwn = !own.isEmpty
        self.ready = ready.map {
            Scenario(
                value: $0.head.name, path: "/planner/scenarios/\($0.head.name)",
                name: $0.head.name, title: visit.title($0.head.title),
                people: grouped($0.head.people),
                saved: visit.words.say("planner.ready"))
        }
        self.jobs = jobs.rows.map { JobRow($0, for: visit) }
        hasJobs = !jobs.rows.isEmpty
        pager = Pager(jobs, on: "/planner", after: after)
        self.campaigns = campaigns.map {
            Campaign(
                path: "/planner/campaigns/\($0.id)", name: $0.name,
                starts: visit.site.zone.minuteText($0.startsAt), sites: grouped($0.sites),
                tubes: grouped($0.tubes),
                state: visit.words.say(
                    $0.endedAt == nil ? "planner.campaignOpen" : "planner.campaignEnded"))
        }
        hasCampaigns = !campaigns.isEmpty
        place = ""
    }
}

/// A job in a list.
struct JobRow: Hashable, Sendable {
    let path: String
    let kind: String
    let title: String
    let asked: String
    let by: String
    let state: String
    /// How the state is coloured, and its sign.
    let tone: String
    let sign: String
    let progress: String

    init(_ job: StoredJob, for visit: Visit) {
        path = "/planner/jobs/\(job.id)"
        kind = visit.words.word("jobKind", job.kind)
        title = job.title
        asked = visit.time(job.askedAt)
        by = job.askedBy
        state = Self.state(of: job, visit.words)
        (tone, sign) = Self.look(of: job)
        progress = job.state == .running ? "\(Int(100 * job.progress.share)) %" : ""
    }

    /// How far a job is; of a plan that is done, whether it was proved.
    static func state(of job: StoredJob, _ words: Catalogue) -> String {
        switch job.progress.step {
        case .proved, .notProved: words.word("jobStep", job.progress.step)
        default: words.word("jobState", job.state)
        }
    }

    static func look(of job: StoredJob) -> (tone: String, sign: String) {
        if job.progress.step == .notProved { return ("warn", "!") }
        switch job.state {
        case .waiting: return ("", "…")
        case .running: return ("accent", "▶")
        case .done: return ("good", "✓")
        case .failed: return ("bad", "✗")
        case .cancelled: return ("", "–")
        case .abandoned: return ("warn", "!")
        }
    }
}

/// A number with its thousands apart.
func grouped(_ number: Int) -> String {
    var text = String(abs(number))
    var groups: [String] = []
    while text.count > 3 {
        groups.insert(String(text.suffix(3)), at: 0)
        text.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([text] + groups).joined(separator: ",")
}
