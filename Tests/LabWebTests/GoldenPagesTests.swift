import Foundation
import LabDomain
import LabOperations
import LabScreening
import Testing

@testable import LabWeb

/// Every page as it was last looked at, in `fixtures/pages`: a change of one is read like code.
@Suite("Pages as they were looked at")
struct GoldenPagesTests {
    @Test(
        "WEB-9: every page is what fixtures/pages shows of it, in both languages",
        arguments: Language.allCases)
    func golden(language: Language) async throws {
        let shown = try GoldenDay()
        let supervisor = try await shown.bench.web.browser(.supervisor, language: language)
        let administrator = try await shown.bench.web.browser(.administrator, language: language)
        // The server's rounds make it.
        _ = try shown.bench.web.site.forecast.present(at: shown.bench.web.present)
        for page in shown.pages {
            let browser = GoldenDay.office.contains(page.shape) ? administrator : supervisor
            let seen = try await browser.get(page.path)
            #expect(seen.status == 200, "\(page.path)")
            let html = Self.main(of: seen.body)
            let file = Self.folder.appending(path: "\(page.name).\(language.rawValue).html")
            if ProcessInfo.processInfo.environment["SWABLINE_REFRESH"] != nil {
                try FileManager.default.createDirectory(
                    at: Self.folder, withIntermediateDirectories: true)
                try Data(html.utf8).write(to: file)
            }
            let golden = String(
                decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
            #expect(
                golden == html,
                """
                \(page.path) is not \(file.lastPathComponent): \
                \(Self.difference(golden, html)). Look at the page; SWABLINE_REFRESH=1 \
                tools/test --filter GoldenPagesTests writes it anew.
                """)
        }
    }

    @Test("WEB-9: every page of the table of permissions is among them")
    func whole() throws {
        let shown = try GoldenDay()
        let routes = shown.bench.web.site.routes.filter { $0.method == .get }.map(\.path)
        let shapes = Set(shown.pages.map { $0.shape })
        #expect(Set(routes).subtracting(GoldenDay.notPages).subtracting(shapes) == [])
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../fixtures/pages").standardized

    /// What a page holds of its own, without what every visit draws anew.
    static func main(of body: String) -> String {
        let main = body.firstMatch(of: #/<main[\s\S]*<\/main>/#).map { String($0.output) } ?? body
        return main.replacing(#/name="(csrf|key)" value="[^"]*"/#) {
            "name=\"\($0.output.1)\" value=\"\""
        }
        .replacing(#/assets\/[0-9a-f]+\//#, with: "assets/") + "\n"
    }

    /// The first line that differs.
    static func difference(_ one: String, _ other: String) -> String {
        let lines = zip(one.split(separator: "\n"), other.split(separator: "\n"))
        guard let (old, new) = lines.first(where: { $0 != $1 }) else { return "other in length" }
        return "`\(old.prefix(200))` became `\(new.prefix(200))`"
    }
}

/// A small day in which every page has something to show.
struct GoldenDay {
    struct Shown {
        let name: String
        let path: String
        let shape: String
    }

    /// Routes that answer with something other than a page of their own.
    static let notPages: Set = [
        "/", "/health", "/language/:language", "/desk/hello", "/desk/worker.js",
        "/manifests/template.csv",
        "/reception/:box/tubes", "/plates/:plate/labels.zpl", "/plates/:plate/worklist.gwl",
        "/plates/:plate/worklist.hamilton.csv", "/board/rows", "/board/events",
        "/assets/:hash/:file", "/sign-in", "/certificates/:certificate", "/check/:certificate",
        "/feedback.csv",
        "/planner/scenarios/:scenario/file", "/planner/jobs/:job/state",
        "/planner/jobs/:job/files/:file", "/planner/campaigns/:campaign/sites.csv",
    ]

    let bench: RunBench
    let pages: [Shown]

    init() throws {
        bench = try RunBench(isRepeatable: true)
        // Received and pooled, while nobody is positive yet.
        try bench.receive(Array(repeating: ("1:1", 1), count: 6), box: "B3", first: 21)
        let pooled = (21...25).map(WebBench.barcode)
        try bench.perform(FormPools(.named([FormPools.Named(tubes: pooled)])))
        // Read: a positive mixed tube, which calls its people back, and negatives.
        try bench.receive([("5:1", 3), ("1:1", 1), ("environment", 0)])
        let first = WebBench.barcode(1)
        let read = try bench.layOut()
        let file = try bench.rdml(read) { code in
            (code == first ? RunBench.positive : RunBench.negative).map { RunBench.Signal($0) }
        }
        try bench.perform(ImportRun(file: file, plate: read))
        try bench.review(read)
        // Read with a contaminated control; laid out again, and waiting.
        try bench.receive([("1:1", 1), ("1:1", 1)], box: "B2", first: 11)
        let invalid = try bench.test(isContaminated: true) { _ in RunBench.negative }
        let waiting = try bench.layOut()
        // Received, and waiting for a plate.
        try bench.receive([("1:1", 1)], box: "B4", unit: "Unit 2", first: 31)
        // Reported upward: refused, and held.
        try bench.adoptReceiver()
        try bench.release(tube: 41, box: "B5")
        try bench.send(over: RefusingReceiver())
        let message = try bench.messages().first?.id.text ?? ""
        try bench.hold(tube: 42, box: "B6")
        let pool = try bench.laboratory.pools(onlyOpen: false, as: RunBench.technician)[0].id.text
        try Self.furnish(bench)
        let filled = [
            ":pool": pool, ":box": "B3", ":code": first, ":receiver": "city-cdc", ":kit": "first",
            ":name": "cdc-2019-ncov", ":message": message,
        ].merging(try Self.plan(bench)) { $1 }
        pages = Self.shapes.flatMap { shape -> [Shown] in
            let plates =
                shape.contains(":plate")
                ? [("-read", read), ("-invalid", invalid), ("-waiting", waiting)] : [("", read)]
            return plates.map { state, plate in
                var path = shape.replacing(":plate", with: plate.text)
                for (place, value) in filled { path = path.replacing(place, with: value) }
                if shape == "/feedback" { path += "?unit=Unit%201&day=2021-08-03" }
                let name = shape.dropFirst().replacing("/", with: "-").replacing(":", with: "")
                return Shown(name: name + state, path: path, shape: shape)
            }
        }
    }

    /// What an administrator puts beside the day's work: a receiver, and a device with its key.
    private static func furnish(_ bench: RunBench) throws {
        let (laboratory, now) = (bench.laboratory, bench.web.now)
        _ = try laboratory.perform(
            AdoptReceiver(text: try Laboratory.shippedReceiver()), as: "administrator", at: now)
        _ = try laboratory.perform(
            AddPerson(handle: "scanner-1", role: .device, name: nil), as: "administrator", at: now)
        _ = try laboratory.issueKey(for: "scanner-1", as: "administrator", at: now)
    }

    /// The administrator's pages.
    static let office: Set = [
        "/staff", "/places", "/devices", "/receivers", "/receivers/:receiver", "/new-receiver",
        "/laboratory", "/laboratory/settings", "/laboratory/programme",
    ]

    /// A scenario with its simulation, and a campaign made of it.
    private static func plan(_ bench: RunBench) throws -> [String: String] {
        var guideline = GuidelineScenario()
        guideline.days = 1
        let yaml = ScenarioFile.write(
            guideline.scenario(
                name: "village", title: "A village", source: "",
                places: [.init(name: "Village", people: 600)]))
        let supervisor = RunBench.supervisor
        let kept = try bench.perform(KeepScenario(yaml), as: supervisor)
        var input = JobInput(.simulate, [.init(name: "village", yaml: yaml)])
        (input.runs, input.bottleneckRuns) = (1, 0)
        let asked = try bench.perform(AskJob(input), as: supervisor)
        let now = bench.web.now
        try JobWorker(bench.laboratory) { now }.runOne()
        let campaign = try bench.perform(
            HandOverPlan(yaml, startsOn: "2021-08-05", firstTube: 1_000), as: supervisor)
        return [
            ":scenario": kept.scenario, ":job": asked.job, ":campaign": campaign.campaign,
        ]
    }

    private static let shapes = [
        "/certificates", "/check",
        "/password", "/desk", "/desk/offline", "/desk/tubes", "/manifests", "/boxes", "/results",
        "/reception",
        "/reception/:box", "/commands",
        "/pools", "/pools/plan", "/pools/:pool", "/plates", "/plates/new", "/plates/:plate",
        "/plates/:plate/worklist", "/plates/:plate/labels", "/labels", "/runs", "/runs/:plate",
        "/runs/:plate/curves", "/controls", "/assays", "/assays/ready/:name", "/assays/:kit",
        "/release", "/retests", "/recollections", "/recollections/print", "/tasks", "/board",
        "/alerts",
        "/trace", "/trace/:code", "/staff", "/feedback",
        "/places", "/devices", "/receivers", "/receivers/:receiver", "/new-receiver",
        "/laboratory", "/laboratory/settings", "/laboratory/programme",
        "/outbox", "/outbox/held", "/outbox/rejects", "/outbox/:message", "/turnaround",
        "/planner", "/planner/scenarios/:scenario",
        "/planner/jobs/:job", "/planner/campaigns/:campaign",
    ]
}
