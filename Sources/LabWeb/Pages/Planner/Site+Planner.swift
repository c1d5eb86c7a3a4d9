internal import Foundation
internal import HTTPTypes
internal import LabDomain
internal import LabOperations
internal import LabScreening
internal import LabSimulation

extension Site {
    /// Scenarios, long work on them, and campaigns.
    var plannerRoutes: [Route] { scenarioRoutes + jobRoutes + campaignRoutes }

    private var scenarioRoutes: [Route] {
        [
            .get("/planner", .planScreening) { visit in
                let (laboratory, after) = (visit.laboratory, visit.query["after"] ?? "")
                return .page(
                    Page(
                        visit.words.say("planner.title"), "planner",
                        PlannerPage(
                            own: try laboratory.scenarios(as: visit.handle),
                            ready: Laboratory.readyScenarios,
                            jobs: try laboratory.jobs(after: after, as: visit.handle),
                            campaigns: try laboratory.campaigns(as: visit.handle), after: after,
                            for: visit)))
            },
            .post("/planner/new", .planScreening, make),
            .post("/planner/upload", .planScreening, mostBytes: Self.mostYAML) { visit in
                let bytes = visit.files.first { $0.field == "file" }?.bytes ?? []
                return try await keep(visit, String(decoding: bytes, as: UTF8.self))
            },
            .post("/planner/check", .planScreening, mostBytes: Self.mostYAML) { visit in
                let told = try await aside { try check(visit) }
                return .json([UInt8](try JSONEncoder().encode(told)))
            },
            .get("/planner/scenarios/:scenario", .planScreening) { visit in
                let story = try self.story(visit)
                return .page(
                    Page(
                        story.head.name, "scenario", ScenarioPage(story, for: visit),
                        scripts: ["planner.js"]))
            },
            .post("/planner/scenarios/:scenario", .planScreening, mostBytes: Self.mostYAML, save),
            .get("/planner/scenarios/:scenario/file", .planScreening) { visit in
                let story = try self.story(visit)
                let name = story.stored?.id ?? story.head.name
                return .file(
                    Array(story.yaml.utf8), type: "application/yaml; charset=utf-8",
                    name: "\(name).yaml")
            },
            .post("/planner/scenarios/:scenario/remove", .planScreening) { visit in
                let gone = try await visit.perform(RemoveScenario(visit.parameter("scenario")))
                return .redirect(
                    "/planner", .done(visit.words.say("planner.removed", ["name": gone.name])))
            },
        ]
    }

    /// A province's file has a few hundred kilobytes.
    private static var mostYAML: Int { 2 << 20 }

    private func story(_ visit: Visit) throws -> ScenarioStory {
        let found = try visit.laboratory.scenario(
            visit.parameter("scenario"), version: visit.query.number("version"), as: visit.handle)
        guard let found else { throw Missing() }
        return found
    }

    /// A scenario by the guideline's ratios, for a place of the census or a number of people.
    @Sendable private func make(_ visit: Visit) async throws -> Answer {
        let form = visit.form
        let yaml = try await aside {
            var guideline = GuidelineScenario()
            guideline.days = min(30, max(1, form.number("days") ?? 2))
            guideline.ratios.peoplePerSite = min(1_000_000, max(1, form.number("perSite") ?? 2_500))
            guideline.ratios.peoplePerTable =
                Double(min(1_000_000, max(1, form.number("perTable") ?? 700)))
            guideline.ratios.peoplePerSampler =
                Double(min(1_000_000, max(1, form.number("perSampler") ?? 360)))
            guideline.use(peopleInTube: form.number("ratio") ?? 10)
            let percent = form["prevalence"].flatMap(FormText.readNumber) ?? 0.003
            guideline.prevalence = min(100, percent) / 100
            var scenario = try Self.scenario(guideline, form)
            scenario.name = try visit.laboratory.freeName(for: scenario.name, as: visit.handle)
            return ScenarioFile.write(scenario)
        }
        return try await keep(visit, yaml)
    }

    private static func scenario(
        _ guideline: GuidelineScenario, _ form: Fields
    ) throws -> Scenario {
        let (name, place) = (form["name"] ?? "", form["place"] ?? "")
        guard place.isEmpty || form["people"]?.isEmpty != false else {
            throw Refusal(
                .rule, "A place and a number of people were both given.",
                remedy: "Leave one of them empty: a place brings its people from the census.")
        }
        if let people = form.number("people"), people > 0 {
            let title = name.isEmpty ? "people-\(people)" : name
            return guideline.scenario(
                name: title, title: "\(title), \(grouped(people))", source: "",
                places: [.init(name: title, people: people)])
        }
        let census = try CensusCounty.all()
        let counties = CensusCounty.named(place, among: census)
        guard !counties.isEmpty else {
            throw Refusal(
                .unknown, "The census has no place of this name.",
                remedy: CensusCounty.nearest(to: place, among: census).map {
                    "Did you mean \($0)? Write it in Chinese, in pinyin or as a code."
                } ?? "Write it in Chinese, in pinyin or as a code; or give a number of people.")
        }
        var scenario = guideline.scenario(counties, named: place)
        if !name.isEmpty { scenario.name = name }
        return scenario
    }

    /// Keeps a new scenario and shows it; a faulty one is shown with its faults.
    private func keep(_ visit: Visit, _ yaml: String) async throws -> Answer {
        let kept = try await visit.perform(KeepScenario(yaml))
        return .redirect(
            "/planner/scenarios/\(kept.scenario)", .done(visit.words.say("planner.kept")))
    }

    /// Saves what was typed, in the form or in the file; faults are shown beside it.
    @Sendable private func save(_ visit: Visit) async throws -> Answer {
        let story = try await aside { try self.story(visit) }
        let typed = try await aside { try Typed(visit, story) }
        guard typed.unread.isEmpty, typed.faults.isEmpty else {
            return .page(
                Page(
                    story.head.name, "scenario",
                    ScenarioPage(
                        story, yaml: typed.yaml, faults: typed.faults, unread: typed.unread,
                        typed: { typed.isForm ? visit.form[$0] : nil }, for: visit),
                    scripts: ["planner.js"], status: .unprocessableContent))
        }
        let kept = try await visit.perform(
            KeepScenario(
                typed.yaml, of: story.stored?.id, changing: visit.form.number("version") ?? 0))
        let isSame = kept.version == visit.form.number("version")
        return .redirect(
            "/planner/scenarios/\(kept.scenario)",
            .done(visit.words.say(isSame ? "planner.unchanged" : "planner.kept")))
    }

    /// The file that a form comes to, with everything that is wrong with it.
    private func check(_ visit: Visit) throws -> CheckedScenario {
        let found = try visit.laboratory.scenario(
            visit.form["scenario"] ?? "", version: visit.form.number("version"), as: visit.handle)
        guard let found else { throw Missing() }
        let typed = try Typed(visit, found)
        let page = ScenarioPage(
            found, yaml: typed.yaml, faults: typed.faults, unread: typed.unread,
            typed: { _ in nil }, for: visit)
        return CheckedScenario(
            yaml: typed.yaml,
            faults: page.faults.map { .init(text: $0.text, field: $0.field) })
    }
}

/// A scenario as somebody typed it: the whole file, or fields of the form.
private struct Typed: Sendable {
    let isForm: Bool
    let yaml: String
    let unread: [String]
    let faults: [Refusal.Place]

    init(_ visit: Visit, _ story: ScenarioStory) throws {
        let form = visit.form
        // A copy of a ready scenario gets a name of its own.
        let name =
            story.stored == nil
            ? try visit.laboratory.freeName(for: story.head.name, as: visit.handle)
            : story.head.name
        if let text = form.untrimmed("yaml") {
            isForm = false
            yaml = Self.renamed(text.replacing("\r\n", with: "\n"), story.head.name, name)
            unread = []
        } else {
            isForm = true
            let base = try ScenarioFile.read(story.yaml, file: "scenario")
            var typed = ScenarioForm(scenario: base).applying { form[$0] }
            if typed.scenario.name == story.head.name { typed.scenario.name = name }
            yaml = typed.scenario == base ? story.yaml : ScenarioFile.write(typed.scenario)
            unread = typed.unread
        }
        faults = ScenarioText.faults(yaml)
    }

    private static func renamed(_ text: String, _ old: String, _ new: String) -> String {
        guard old != new else { return text }
        return text.replacing("name: \"\(old)\"\n", with: "name: \"\(new)\"\n", maxReplacements: 1)
    }
}

/// What the page's script is told of a scenario that is being typed.
private struct CheckedScenario: Encodable {
    struct Fault: Encodable {
        let text: String
        let field: String
    }

    let yaml: String
    let faults: [Fault]
}
