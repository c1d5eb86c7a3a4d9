import Foundation
import LabDomain
import LabOperations
import LabScreening
import LabSimulation
import LabStatistics
import Testing

@testable import LabWeb

@Suite("The planner's pages")
struct PlannerPagesTests {
    private let bench: WebBench

    init() throws { bench = try WebBench() }

    private func town(_ people: Int = 3_000, name: String = "town") -> Scenario {
        GuidelineScenario().scenario(
            name: name, title: "A town", source: "",
            places: [
                .init(name: "North", people: people / 2), .init(name: "South", people: people / 2),
            ])
    }

    private func keep(_ scenario: Scenario) throws -> String {
        try bench.laboratory.perform(
            KeepScenario(ScenarioFile.write(scenario)), as: "planner", at: bench.now
        ).answer.scenario
    }

    private func stored(_ id: String) throws -> ScenarioStory {
        try #require(try bench.laboratory.scenario(id, as: "planner"))
    }

    /// What a browser sends of a scenario's form.
    private func form(_ scenario: Scenario, version: Int = 1) -> [String: String] {
        Dictionary(
            ScenarioForm(scenario: scenario).fields.map { ($0.name, $0.value) }
                + [("version", "\(version)"), ("key", "k\(version)"), ("back", "/planner")]
        ) { first, _ in first }
    }

    @Test("WEB-100: a scenario is made of a place of the census, and of a number of people")
    func make() async throws {
        let planner = try await bench.browser(.planner)
        for (fields, people) in [(["place": "浮梁"], 280_376), (["people": "5000"], 5_000)] {
            let answer = try await planner.post(
                "/planner/new", fields.merging(["days": "2", "back": "/planner"]) { $1 })
            let path = try #require(answer.location)
            let story = try stored(String(path.split(separator: "/").last ?? ""))
            #expect(story.head.people == people)
            #expect(try await planner.get(path).status == 200)
        }
        let unknown = try await planner.post(
            "/planner/new", ["place": "Atlantis", "back": "/planner"])
        #expect(unknown.location == "/planner")
        #expect(try await planner.get("/planner").body.contains("no place of this name"))
        for (fields, word) in [
            (["place": "Jingdezen"], "Did you mean Jingdezhen?"),
            (["place": "浮梁", "people": "5000"], "were both given"),
        ] {
            _ = try await planner.post("/planner/new", fields.merging(["back": "/planner"]) { $1 })
            #expect(try await planner.get("/planner").body.contains(word))
        }
    }

    @Test("WEB-101: a number that is none is shown at its field, and nothing is saved")
    func fieldFault() async throws {
        let planner = try await bench.browser(.planner)
        let id = try keep(town())
        var fields = form(town())
        fields["goal.window"] = "soon"
        fields["districts[2].couriers"] = "9"
        let answer = try await planner.post("/planner/scenarios/\(id)", fields)
        #expect(answer.status == 422)
        #expect(answer.body.contains(#/value="soon"[^>]*aria-invalid="true"/#))
        #expect(answer.body.contains(#/name="districts\[2\]\.couriers" value="9"/#))
        // What can be read and cannot be played is shown at its field too.
        fields["goal.window"] = "12"
        fields["districts[1].couriers"] = "0"
        let second = try await planner.post("/planner/scenarios/\(id)", fields)
        #expect(second.status == 422)
        #expect(
            second.body.contains(#/name="districts\[1\]\.couriers" value="0"[^>]*aria-invalid/#))
        #expect(try stored(id).version == 1)
    }

    @Test("WEB-102: a faulty file comes back as it was typed, with line and column")
    func fileFault() async throws {
        let planner = try await bench.browser(.planner)
        let id = try keep(town())
        let yaml = ScenarioFile.write(town()).replacing("window: 12 hours", with: "window: 12")
        let answer = try await planner.post(
            "/planner/scenarios/\(id)", ["yaml": yaml, "version": "1", "back": "/planner"])
        #expect(answer.status == 422 && answer.body.contains("window: 12\n"))
        let line =
            try #require(
                yaml.split(separator: "\n", omittingEmptySubsequences: false)
                    .firstIndex { $0.hasSuffix("window: 12") }) + 1
        #expect(answer.body.contains("line \(line)"))
        let whole = ScenarioFile.write(town(4_000))
        let saved = try await planner.post(
            "/planner/scenarios/\(id)", ["yaml": whole, "version": "1", "back": "/planner"])
        #expect(saved.status == 303)
        #expect(try stored(id).yaml == whole)
    }

    @Test("WEB-103: what is not changed in the form stays to the last digit")
    func lossless() throws {
        for ready in ReadyScenario.allCases {
            let scenario = try ready.scenario()
            let form = ScenarioForm(scenario: scenario)
            let same = form.applying { name in form.fields.first { $0.name == name }?.value }
            #expect(same.scenario == scenario && same.unread.isEmpty, "\(ready)")
        }
        // One field at a time: what is typed is what is read again.
        let scenario = town()
        for field in ScenarioForm(scenario: scenario).fields {
            let typed =
                field.name.hasPrefix("tubes")
                ? "mixed 20"
                : field.name == "sampling.opens"
                    ? "07:30" : field.name == "sampling.profile" ? "1 2 3" : "7"
            let changed = ScenarioForm(scenario: scenario).applying {
                $0 == field.name ? typed : nil
            }
            #expect(changed.unread.isEmpty, "\(field.name)")
            let again = ScenarioForm(scenario: changed.scenario).fields
            #expect(again.first { $0.name == field.name }?.value == typed, "\(field.name)")
            let others = zip(again, ScenarioForm(scenario: scenario).fields)
                .filter { $0.name != $1.name || $0.value != $1.value }
            #expect(others.count <= 1, "\(field.name)")
        }
    }

    @Test("WEB-103: shifts are read as they are written, over midnight too")
    func shifts() throws {
        var random = SeededGenerator(seed: 7)
        let scenario = town()
        for _ in 0..<50 {
            let from = Double(30 * (random.next() % 48))
            let to = Double(30 * (random.next() % 48))
            guard from != to else { continue }
            let text = "\(FormText.clock(from))-\(FormText.clock(to)) \(1 + random.next() % 9)"
            let levels = try #require(FormText.readLevels(text, scenario), "seed 7: \(text)")
            #expect(FormText.levels(levels, scenario) == text, "seed 7: \(text)")
        }
        for text in ["", "four", "-1", "08:00 3", "08:00-25:00 3", "08:00-09:00"] {
            #expect(FormText.readLevels(text, scenario) == nil, "\(text)")
        }
    }

    @Test("WEB-104: a job tells how far it is, and shows its result in either language")
    func job() async throws {
        let id = try keep(town())
        let planner = try await bench.browser(.planner)
        let asked = try await planner.post(
            "/planner/jobs",
            [
                "kind": "simulate", "scenario": id, "runs": "2", "bottleneckRuns": "2",
                "key": "once", "back": "/planner",
            ])
        let path = try #require(asked.location)
        #expect(try await planner.get(path + "/state").body.contains(#/"isOpen":true/#))
        #expect(try await planner.get(path).body.contains("Waits for its turn"))
        // The form sent twice asks once.
        let again = try await planner.post(
            "/planner/jobs",
            [
                "kind": "simulate", "scenario": id, "runs": "2", "bottleneckRuns": "2",
                "key": "once", "back": "/planner",
            ])
        #expect(again.location == path)
        let now = bench.now
        #expect(try JobWorker(bench.laboratory) { now }.runOne()?.state == .done)
        #expect(try await planner.get(path + "/state").body.contains(#/"isOpen":false/#))
        for language in Language.allCases {
            let browser = try await bench.browser(.planner, language: language)
            let page = try await browser.get(path).body
            // Districts without positions are tiles instead of a map.
            for part in ["bottleneck", "progress", "timetable", "map", "stations", "tiles"] {
                #expect(page.contains("\"\(part)\""), "\(part)")
            }
            #expect(!page.contains("⟦") && !page.contains("style="))
        }
        // Who signed in again has another session.
        let later = try await bench.browser(.planner)
        let file = try await later.get(path + "/files/report.en.html")
        #expect(file.headers[.contentDisposition]?.contains("attachment") == true)
        #expect(try await later.get(path + "/files/none").status == 404)
    }

    @Test("WEB-105: a job is cancelled at its page; asked for a second time it says so")
    func cancel() async throws {
        let id = try keep(town())
        let planner = try await bench.browser(.planner)
        let path = try #require(
            try await planner.post(
                "/planner/jobs", ["kind": "plan", "scenario": id, "back": "/planner"]
            ).location)
        for words in ["is cancelled", "has ended already"] {
            _ = try await planner.post(path + "/cancel", ["back": path])
            #expect(try await planner.get(path).body.contains(words))
        }
    }

    @Test("WEB-106: a ready scenario stays as it is; what is saved is a copy with its own name")
    func copy() async throws {
        let planner = try await bench.browser(.planner)
        let ready = try ReadyScenario.diqing.scenario()
        var fields = form(ready, version: 0)
        fields["goal.window"] = "11"
        let answer = try await planner.post("/planner/scenarios/diqing", fields)
        let id = String(try #require(answer.location).split(separator: "/").last ?? "")
        let story = try stored(id)
        #expect(story.head.name == "diqing-2" && story.yaml.contains("window: 11 hours"))
        #expect(try stored("diqing").yaml.contains("window: 12 hours"))
    }

    @Test("WEB-107: a plan is handed over at its page, and desks offer its sites")
    func handOver() async throws {
        let id = try keep(town())
        let planner = try await bench.browser(.planner)
        let answer = try await planner.post(
            "/planner/scenarios/\(id)/hand-over",
            ["starts": "2021-08-05", "firstTube": "1", "back": "/planner"])
        let path = try #require(answer.location)
        let page = try await planner.get(path).body
        let prefix = try bench.laboratory.rules().settings.barcodes[0].prefix
        #expect(page.contains("North 1") && page.contains("\(prefix)0"))
        let file = try await planner.get(path + "/sites.csv").body
        #expect(file.split(separator: "\r\n").count == 1 + sites)
        let desk = try await bench.browser(.technician)
        #expect(try await desk.get("/desk").body.contains("value=\"South 1\""))
        _ = try await planner.post(path + "/end", ["back": path])
        #expect(try await !desk.get("/desk").body.contains("value=\"South 1\""))
    }

    private var sites: Int { town().districts.reduce(0) { $0 + $1.sites.count } }
}
