import LabDomain
import LabOperations
import LabScreening
import LabSimulation
import Testing

@testable import LabWeb

@Suite("What was typed and refused, and what follows a job")
struct TypedFormTests {
    private let bench: WebBench

    init() throws { bench = try WebBench() }

    /// What a page gives its script to fill a form with.
    private func typed(_ page: String) -> String? {
        page.firstMatch(of: #/<script type="application\/json" id="typed">(.*)<\/script>/#)
            .map { String($0.1) }
    }

    @Test("WEB-172: a form that was refused comes back as it was typed, once, and no other")
    func comesBack() async throws {
        let planner = try await bench.browser(.planner)
        _ = try await planner.post(
            "/planner/new",
            ["place": "Atlan</script>tis", "days": "3", "perSite": "900", "back": "/planner"])
        let shown = try #require(typed(try await planner.get("/planner").body))
        #expect(shown.contains(#""action":"\/planner\/new""#))
        #expect(shown.contains(#"["days","3"]"#) && shown.contains(#"["perSite","900"]"#))
        #expect(shown.contains("\\u003c") && !shown.contains("</"))
        #expect(!shown.contains("csrf") && !shown.contains("back"))
        #expect(typed(try await planner.get("/planner").body) == nil)
        // What was done is not filled in again.
        _ = try await planner.post("/planner/new", ["people": "5000", "back": "/planner"])
        #expect(typed(try await planner.get("/planner").body) == nil)
    }

    @Test("WEB-172: no password and no long text is given back")
    func secrets() throws {
        var form = Fields()
        for name in ["csrf", "key", "back", "password", "old", "new", "again"] {
            form.add(name, "never shown")
        }
        #expect(TypedForm(form, to: "/password") == nil)
        form.add("note", "shown")
        #expect(TypedForm(form, to: "/x")?.fields == [["note", "shown"]])
        form.add("text", String(repeating: "x", count: 9_000))
        #expect(TypedForm(form, to: "/x") == nil)
    }

    private func town() throws -> (id: String, scenario: Scenario) {
        let scenario = GuidelineScenario().scenario(
            name: "town", title: "A town", source: "", places: [.init(name: "North", people: 3_000)]
        )
        let id = try bench.laboratory.perform(
            KeepScenario(ScenarioFile.write(scenario)), as: "planner", at: bench.now
        ).answer.scenario
        return (id, scenario)
    }

    @Test("WEB-173: saving a scenario unchanged makes no version and says so")
    func unchanged() async throws {
        let (id, scenario) = try town()
        let planner = try await bench.browser(.planner)
        let path = "/planner/scenarios/\(id)"
        let same = try await planner.post(
            path, ["yaml": ScenarioFile.write(scenario), "version": "1", "back": path])
        #expect(same.location == path)
        #expect(try await planner.get(path).body.contains("Nothing was changed"))
        #expect(try bench.laboratory.scenario(id, as: "planner")?.version == 1)
    }

    @Test("WEB-173: the plan's goal shows the scenario's hours; only what differs is asked for")
    func goal() async throws {
        let (id, scenario) = try town()
        let planner = try await bench.browser(.planner)
        let page = try await planner.get("/planner/scenarios/\(id)").body
        let own = [
            "within": scenario.goal.sampledWithin, "window": scenario.goal.window,
            "results": scenario.goal.resultsWithin,
        ].mapValues { FormText.number($0 / 60) }
        for (name, hours) in own {
            #expect(
                page.contains(
                    "name=\"\(name)\" inputmode=\"decimal\" maxlength=\"6\" value=\"\(hours)\""))
        }
        func input(_ fields: [String: String]) async throws -> JobInput {
            let asked = try await planner.post(
                "/planner/jobs",
                fields.merging(["kind": "plan", "scenario": id, "back": "/planner"]) { $1 })
            let job = String(try #require(asked.location).split(separator: "/").last ?? "")
            return try #require(try bench.laboratory.jobStory(job, as: "planner")).input
        }
        let usual = try await input(own)
        #expect(usual.withinHours == nil && usual.windowHours == nil && usual.resultsHours == nil)
        let other = try await input(own.merging(["results": "70"]) { $1 })
        #expect(other.withinHours == nil && other.resultsHours == 70)
    }

    @Test(
        "WEB-173: a job leads to its scenario, the same again and a plan",
        arguments: Language.allCases)
    func next(language: Language) async throws {
        let (id, _) = try town()
        let planner = try await bench.browser(.planner, language: language)
        let path = try #require(
            try await planner.post(
                "/planner/jobs",
                [
                    "kind": "simulate", "scenario": id, "runs": "2", "bottleneckRuns": "0",
                    "back": "/planner",
                ]
            ).location)
        let now = bench.now
        #expect(try JobWorker(bench.laboratory) { now }.runOne()?.state == .done)
        let page = try await planner.get(path).body
        #expect(page.contains("<a href=\"/planner/scenarios/\(id)\">town</a>"))
        #expect(page.contains("href=\"/planner/scenarios/\(id)#plan-title\""))
        let fields = page.matches(of: #/<input type="hidden" name="(\w+)" value="([^"]*)">/#)
            .map { (String($0.1), String($0.2)) }
        let again = Dictionary(
            fields.filter { ["kind", "scenario", "runs", "bottleneckRuns"].contains($0.0) }
        ) { first, _ in first }
        #expect(again == ["kind": "simulate", "scenario": id, "runs": "2", "bottleneckRuns": "0"])
        let second = try await planner.post("/planner/jobs", again.merging(["key": "k2"]) { $1 })
        #expect(second.location?.hasPrefix("/planner/jobs/") == true && second.location != path)
        // The scenario is gone: nothing leads to it.
        _ = try await planner.post("/planner/scenarios/\(id)/remove", ["back": "/planner"])
        #expect(!(try await planner.get(path).body.contains("#plan-title")))
    }
}
