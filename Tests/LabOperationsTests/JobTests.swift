import Foundation
import LabDomain
import LabOperations
import LabScreening
import LabSimulation
import LabStore
import Synchronization
import Testing

@Suite("Long work on scenarios")
struct JobTests {
    private let bench: Bench
    private static let planner = "plan.ner"

    init() throws { bench = try Bench() }

    /// A town small enough to be played in milliseconds.
    static func town(_ people: Int = 4_000, name: String = "town") -> String {
        let scenario = GuidelineScenario().scenario(
            name: name, title: "A town", source: "",
            places: [
                .init(name: "North", people: people / 2), .init(name: "South", people: people / 2),
            ])
        return ScenarioFile.write(scenario)
    }

    private static func input(_ kind: JobKind = .simulate, runs: Int = 4) -> JobInput {
        var parts = [JobInput.Part(name: "town", yaml: town())]
        if kind == .compare { parts.append(.init(name: "other", yaml: town(5_000, name: "other"))) }
        var input = JobInput(kind, parts)
        (input.runs, input.bottleneckRuns, input.seconds) = (runs, 2, 5)
        return input
    }

    private func ask(_ input: JobInput) throws -> String {
        try bench.laboratory.perform(AskJob(input), as: Self.planner, at: bench.now).answer.job
    }

    private func worker(_ now: Timestamp? = nil) -> JobWorker {
        let now = now ?? bench.now
        return JobWorker(bench.laboratory) { now }
    }

    private func job(_ id: String) throws -> StoredJob {
        try #require(try bench.laboratory.job(id, as: Self.planner))
    }

    private func file(_ name: String, of job: String) throws -> Data {
        Data(try #require(try bench.laboratory.file(name, ofJob: job, as: Self.planner)))
    }

    @Test("JOB-1: a job is done when its turn comes, and its numbers are those of its seeds")
    func simulate() throws {
        let id = try ask(Self.input())
        #expect(try job(id).state == .waiting)
        let done = try #require(try worker().runOne())
        #expect(done.state == .done && done.progress.share == 1)
        let result = try JSONSerialization.jsonObject(with: file("result.json", of: id))
        let measures = (result as? [String: Any])?["measures"] as? [String: [String: Any]]
        let scenario = try ScenarioFile.read(Self.town(), file: "town")
        let compiled = try CompiledScenario(scenario)
        let outcomes = (1...4).map { ScenarioSimulation.run(compiled, seed: UInt64($0)) }
        for name in ["hours_to_99_resulted", "wells", "cost"] {
            let mean = outcomes.reduce(0.0) { $0 + ($1[name] ?? -1) } / 4
            let told = try #require(measures?[name]?["mean"] as? Double)
            #expect(abs(told - mean) <= 1e-9 * abs(mean), "\(name)")
        }
        let files = try #require(try bench.laboratory.jobStory(id, as: Self.planner)).files
        #expect(
            files == [
                "parts.en.json", "parts.zh.json", "report.en.html", "report.zh.html",
                "result.csv", "result.json", "scenario.yaml",
            ])
    }

    @Test("JOB-1: comparisons and plans are jobs too; a plan is a scenario that can be played")
    func others() throws {
        let compared = try ask(Self.input(.compare))
        let planned = try ask(Self.input(.plan))
        let worker = worker()
        #expect(try worker.runOne()?.id == compared)
        #expect(try worker.runOne()?.id == planned)
        #expect(try worker.runOne() == nil)
        #expect(try job(compared).state == .done && job(planned).state == .done)
        // The list of jobs says whether a plan was proved, as its document does.
        let answer = try JSONSerialization.jsonObject(with: file("result.json", of: planned))
        let isProved = try #require((answer as? [String: Any])?["isProved"] as? Bool)
        #expect(try job(planned).progress.step == (isProved ? .proved : .notProved))
        #expect(try job(compared).progress.step == .writing)
        let plan = String(decoding: try file("plan.yaml", of: planned), as: UTF8.self)
        #expect(try ScenarioFile.read(plan, file: "plan").faults.isEmpty)
    }

    @Test("JOB-2: a job that waits is cancelled at once, and never begun")
    func cancelWaiting() throws {
        let id = try ask(Self.input())
        let answer = try bench.laboratory.perform(
            CancelJob(id), as: Self.planner, at: bench.now
        ).answer
        #expect(!answer.wasRunning)
        #expect(try worker().runOne() == nil)
        #expect(try job(id).state == .cancelled)
        #expect(throws: Refusal.self) {
            try bench.laboratory.perform(CancelJob(id), as: Self.planner, at: bench.now)
        }
    }

    @Test(
        "JOB-2: a running job ends between two runs when somebody cancels it",
        .timeLimit(.minutes(2)))
    func cancelRunning() async throws {
        var input = Self.input(runs: 200)
        input = JobInput(.simulate, [.init(name: "city", yaml: Self.town(600_000))])
        (input.runs, input.bottleneckRuns) = (200, 200)
        let id = try ask(input)
        let worker = worker()
        async let ended = aside { try worker.runOne() }
        while try job(id).state != .running { try await Task.sleep(for: .milliseconds(20)) }
        _ = try bench.laboratory.perform(CancelJob(id), as: Self.planner, at: bench.now)
        #expect(try await ended?.state == .cancelled)
        #expect(try bench.laboratory.jobStory(id, as: Self.planner)?.files == [])
    }

    @Test("JOB-3: a job whose worker is heard no longer is begun again, with the same result")
    func restart() throws {
        let first = try ask(Self.input())
        try worker().runOne()
        let id = try ask(Self.input())
        _ = try claim(for: "dead")
        // While it is heard nobody else takes it.
        #expect(try worker(bench.now.advanced(by: .seconds(10))).runOne() == nil)
        let again = try worker(bench.now.advanced(by: .seconds(60))).runOne()
        #expect(again?.id == id && again?.state == .done && again?.begun == 2)
        #expect(try file("result.json", of: id) == file("result.json", of: first))
        #expect(try file("report.zh.html", of: id) == file("report.zh.html", of: first))
    }

    @Test("JOB-3: a job that never comes to an end is abandoned after three beginnings")
    func abandoned() throws {
        let id = try ask(Self.input())
        for turn in 0..<3 {
            #expect(try claim(for: "dead \(turn)", at: turn)?.id == id)
        }
        #expect(try worker(bench.now.advanced(by: .minutes(10))).runOne() == nil)
        #expect(try job(id).state == .abandoned)
    }

    @Test("JOB-3: a worker that is stopped gives its job back, and this beginning does not count")
    func stopped() async throws {
        var input = JobInput(.simulate, [.init(name: "city", yaml: Self.town(600_000))])
        (input.runs, input.bottleneckRuns) = (200, 200)
        let id = try ask(input)
        let worker = worker()
        async let ended = aside { try worker.runOne() }
        while try job(id).state != .running { try await Task.sleep(for: .milliseconds(20)) }
        worker.stop()
        #expect(try await ended?.state == .waiting)
        #expect(try job(id).begun == 0)
    }

    @Test("JOB-4: ended jobs are forgotten after ninety days")
    func pruned() throws {
        let old = try ask(Self.input())
        try worker().runOne()
        _ = try ask(Self.input())
        let later = worker(bench.now.advanced(by: .hours(24 * 91)))
        #expect(try later.runOne()?.state == .done)
        #expect(try bench.laboratory.job(old, as: Self.planner) == nil)
        #expect(try bench.laboratory.file("result.json", ofJob: old, as: Self.planner) == nil)
    }

    @Test("JOB-5: a faulty scenario is refused with line and column, and nothing waits")
    func faulty() throws {
        let yaml = Self.town().replacing("people: \"", with: "peple: \"")
            .replacing("courierss", with: "couriers").replacing("opens:", with: "open:")
        let error = #expect(throws: Refusal.self) {
            try ask(JobInput(.simulate, [.init(name: "town", yaml: yaml)]))
        }
        let place = try #require(error?.places.first)
        #expect((place.line ?? 0) > 1 && (place.column ?? 0) >= 1)
        #expect(try bench.laboratory.jobs(as: Self.planner).rows.isEmpty)
    }

    @Test("JOB-5: work that would never end, and counts out of range, are refused")
    func ranges() throws {
        var many = JobInput(.simulate, [.init(name: "town", yaml: Self.town(90_000_000))])
        many.runs = 200
        var none = Self.input()
        none.runs = 0
        let lone = JobInput(.compare, [.init(name: "town", yaml: Self.town())])
        var certain = Self.input(.plan)
        certain.probability = 1
        for input in [many, none, lone, certain] {
            #expect(throws: Refusal.self) { try ask(input) }
        }
    }

    @Test(
        "JOB-6: who may not plan sees and asks for nothing",
        arguments: ["li.na", "chen.jie", "unit.one"])
    func others(handle: String) throws {
        #expect(throws: Refusal.self) {
            try bench.laboratory.perform(AskJob(Self.input()), as: handle, at: bench.now)
        }
        #expect(throws: Refusal.self) { try bench.laboratory.jobs(as: handle) }
        #expect(throws: Refusal.self) { try bench.laboratory.scenarios(as: handle) }
    }

    @Test("JOB-7: a scenario is kept version by version, and nobody overwrites another's")
    func versions() throws {
        let keep = { (yaml: String, id: String?, base: Int) in
            try bench.laboratory.perform(
                KeepScenario(yaml, of: id, changing: base), as: Self.planner, at: bench.now
            ).answer
        }
        let first = try keep(Self.town(), nil, 0)
        let second = try keep(Self.town(6_000), first.scenario, 1)
        #expect(second.version == 2)
        #expect(throws: Refusal.self) { try keep(Self.town(8_000), first.scenario, 1) }
        #expect(throws: Refusal.self) { try keep(Self.town(), nil, 0) }
        let now = try bench.laboratory.scenario(first.scenario, as: Self.planner)
        let before = try bench.laboratory.scenario(
            first.scenario, version: 1, as: Self.planner)
        #expect(now?.yaml == Self.town(6_000) && before?.yaml == Self.town())
        #expect(now?.versions.map(\.version) == [2, 1])
    }

    @Test("CAMP-1: a campaign's sites hold its people, and tubes that no other site has")
    func handOver() throws {
        let yaml = Self.town(50_000)
        let campaign = try bench.laboratory.perform(
            HandOverPlan(yaml, startsOn: "2021-08-05", firstTube: 7), as: Self.planner,
            at: bench.now
        ).answer
        let found = try #require(
            try bench.laboratory.campaign(campaign.campaign, most: 1_000, as: Self.planner))
        #expect(abs(found.sites.reduce(0) { $0 + $1.people } - 50_000) <= found.sites.count)
        let formats = try bench.laboratory.rules().settings.barcodes
        var last = ""
        for site in found.sites {
            for code in [site.firstTube, site.lastTube] {
                #expect(try BarcodeFormat.read(code, under: formats).text == code)
            }
            #expect(last.dropLast() < site.firstTube.dropLast(), "\(site.name)")
            #expect(site.firstTube.dropLast() < site.lastTube.dropLast())
            #expect(site.tubes * 10 >= site.people && site.pickUps.count >= 5)
            last = site.lastTube
        }
        #expect(Set(found.sites.map(\.name)).count == found.sites.count)
    }

    @Test("CAMP-2: sampling desks offer the sites of a campaign until it ends")
    func offered() throws {
        let campaign = try bench.laboratory.perform(
            HandOverPlan(Self.town(), startsOn: "2021-08-05", firstTube: nil), as: Self.planner,
            at: bench.now
        ).answer
        let sites = { try bench.laboratory.deskRules(as: Bench.technician).sites }
        #expect(try sites().contains("North 1") && sites().contains("South 1"))
        #expect(try bench.laboratory.deskRules(as: Bench.collector).sites == ["Gate 1"])
        #expect(throws: Refusal.self) {
            try bench.laboratory.perform(
                HandOverPlan(Self.town(), startsOn: "2021-08-06", firstTube: nil),
                as: Self.planner, at: bench.now)
        }
        _ = try bench.laboratory.perform(
            EndCampaign(campaign.campaign), as: Self.planner, at: bench.now)
        #expect(try !sites().contains("North 1"))
    }

    private func claim(for owner: String, at turn: Int = 0) throws -> StoredJob? {
        let now = bench.now.advanced(by: .minutes(turn))
        let stamp = Stamp(
            at: now, actor: Actor(handle: "system", role: .system), verb: .planScreening,
            command: "test")
        return try bench.laboratory.store.write(stamp: stamp) {
            try $0.claimJob(
                for: owner, silentSince: now.advanced(by: Span(milliseconds: -20_000)),
                mostBegun: 3)
        }
    }
}
