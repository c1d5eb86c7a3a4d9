internal import Foundation
internal import LabDomain
internal import LabOperations
internal import LabScreening
internal import LabSimulation
internal import LabStore

extension Site {
    /// Long work: asked for, looked at, cancelled, taken away.
    var jobRoutes: [Route] {
        [
            .post("/planner/jobs", .planScreening, ask),
            .get("/planner/jobs/:job", .planScreening) { visit in
                guard
                    let story = try visit.laboratory.jobStory(
                        visit.parameter("job"), as: visit.handle)
                else { throw Missing() }
                return .page(
                    Page(
                        story.job.title, "job",
                        try JobPage(story, parts: try parts(of: story, visit), for: visit),
                        scripts: story.job.state.isEnded ? [] : ["planner-job.js"]))
            },
            .get("/planner/jobs/:job/state", .verb(.planScreening), isSignOfLife: false) { visit in
                guard
                    let job = try visit.laboratory.job(visit.parameter("job"), as: visit.handle)
                else { throw Missing() }
                let told = JobTold(
                    state: visit.words.word("jobState", job.state),
                    percent: Int(100 * job.progress.share), step: JobPage.step(job, visit.words),
                    isOpen: !job.state.isEnded)
                return .json([UInt8](try JSONEncoder().encode(told)))
            },
            .post("/planner/jobs/:job/cancel", .planScreening) { visit in
                let id = visit.parameter("job")
                let answer = try await visit.perform(CancelJob(id))
                return .redirect(
                    "/planner/jobs/\(id)",
                    .done(
                        visit.words.say(
                            answer.wasRunning ? "planner.cancelling" : "planner.cancelled")))
            },
            .post("/planner/jobs/:job/keep", .planScreening, keepPlan),
            .get("/planner/jobs/:job/files/:file", .planScreening) { visit in
                let (job, name) = (visit.parameter("job"), visit.parameter("file"))
                guard
                    let bytes = try visit.laboratory.file(name, ofJob: job, as: visit.handle)
                else { throw Missing() }
                return .file(bytes, type: Self.type(ofFile: name), name: "\(job).\(name)")
            },
        ]
    }

    /// Reports are taken away, never shown from here: their styles stand in them.
    private static func type(ofFile name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "csv": "text/csv; charset=utf-8"
        case "json": "application/json"
        default: "application/yaml; charset=utf-8"
        }
    }

    private func parts(of story: JobStory, _ visit: Visit) throws -> [PlannerSection] {
        let language: ReportLanguage = visit.language == .english ? .en : .zh
        let name = "parts.\(language.rawValue).json"
        guard story.files.contains(name),
            let bytes = try visit.laboratory.file(name, ofJob: story.job.id, as: visit.handle)
        else { return [] }
        return try JSONDecoder().decode([PlannerSection].self, from: Data(bytes))
    }

    @Sendable private func ask(_ visit: Visit) async throws -> Answer {
        let form = visit.form
        guard let kind = JobKind(rawValue: form["kind"] ?? "") else { throw Missing() }
        let parts = try await aside {
            try form.all("scenario").map { id in
                guard let story = try visit.laboratory.scenario(id, as: visit.handle) else {
                    throw Missing()
                }
                return JobInput.Part(name: story.head.name, yaml: story.yaml)
            }
        }
        var input = JobInput(kind, parts)
        input.runs = form.number("runs") ?? input.runs
        input.bottleneckRuns = min(form.number("bottleneckRuns") ?? 10, input.runs)
        if let percent = form["probability"].flatMap(FormText.readNumber) {
            input.probability = percent / 100
        }
        input.seconds = form.number("seconds") ?? input.seconds
        input.growth = form["growth"].flatMap(FormText.readNumber) ?? input.growth
        if kind == .plan {
            let asked = input
            let goal = try await aside { try asked.read().first?.goal }
            input.withinHours = Self.hours(form["within"], goal?.sampledWithin)
            input.windowHours = Self.hours(form["window"], goal?.window)
            input.resultsHours = Self.hours(form["results"], goal?.resultsWithin)
        }
        let asked = try await visit.perform(AskJob(input))
        return .redirect("/planner/jobs/\(asked.job)")
    }

    /// Hours that were typed; nil when they are the scenario's own.
    private static func hours(_ text: String?, _ own: Double?) -> Double? {
        guard let text, text != own.map({ FormText.number($0 / 60) }) else { return nil }
        return FormText.readNumber(text)
    }

    /// The plan of a job as a scenario of the laboratory.
    @Sendable private func keepPlan(_ visit: Visit) async throws -> Answer {
        let job = visit.parameter("job")
        let yaml = try await aside {
            guard
                let bytes = try visit.laboratory.file("plan.yaml", ofJob: job, as: visit.handle)
            else { throw Missing() }
            var scenario = try ScenarioFile.read(
                String(decoding: bytes, as: UTF8.self), file: "plan")
            if let name = visit.form["name"], !name.isEmpty { scenario.name = name }
            return ScenarioFile.write(scenario)
        }
        let kept = try await visit.perform(KeepScenario(yaml))
        return .redirect(
            "/planner/scenarios/\(kept.scenario)", .done(visit.words.say("planner.kept")))
    }

    /// Plans that were put into the laboratory.
    var campaignRoutes: [Route] {
        [
            .post("/planner/scenarios/:scenario/hand-over", .handOverPlan) { visit in
                let id = visit.parameter("scenario")
                let yaml = try await aside {
                    guard let story = try visit.laboratory.scenario(id, as: visit.handle) else {
                        throw Missing()
                    }
                    return story.yaml
                }
                let answer = try await visit.perform(
                    HandOverPlan(
                        yaml, startsOn: visit.form["starts"] ?? "",
                        firstTube: visit.form.number("firstTube")))
                return .redirect(
                    "/planner/campaigns/\(answer.campaign)",
                    .done(visit.words.count("planner.handedOver", answer.sites)))
            },
            .get("/planner/campaigns/:campaign", .handOverPlan) { visit in
                let size = 100
                let found = try visit.laboratory.campaign(
                    visit.parameter("campaign"), after: visit.query.number("after") ?? 0,
                    most: size + 1, as: visit.handle)
                guard let found else { throw Missing() }
                return .page(
                    Page(
                        found.campaign.name, "campaign",
                        CampaignPage(found.campaign, found.sites, size: size, for: visit)))
            },
            .get("/planner/campaigns/:campaign/sites.csv", .handOverPlan) { visit in
                let id = visit.parameter("campaign")
                guard
                    let found = try visit.laboratory.campaign(id, most: 50_000, as: visit.handle)
                else { throw Missing() }
                return .file(
                    Array(CampaignSite.csv(found.sites).utf8), type: "text/csv; charset=utf-8",
                    name: "\(id).csv")
            },
            .post("/planner/campaigns/:campaign/end", .handOverPlan) { visit in
                let ended = try await visit.perform(EndCampaign(visit.parameter("campaign")))
                return .redirect(
                    "/planner", .done(visit.words.say("planner.ended", ["name": ended.name])))
            },
        ]
    }
}
