import Foundation
import LabDomain
import LabOperations
import LabScreening
import LabSimulation
import Testing

@testable import LabWeb

@Suite("The planner's and the supervisor's part of the interface for programs")
struct ApiPlannerTests {
    private static let bed = ApiTests()

    private static func town(_ name: String, people: Int = 3_000) -> String {
        ScenarioFile.write(
            GuidelineScenario().scenario(
                name: name, title: "A town", source: "",
                places: [
                    .init(name: "North", people: people / 2),
                    .init(name: "South", people: people / 2),
                ]))
    }

    private static func read(_ seen: Browser.Seen) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(seen.body.utf8)) as? [String: Any])
    }

    private static func body(_ value: [String: Any]) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
    }

    @Test("API-14: a scenario is kept, changed and read; nobody's change is overwritten")
    func scenarios() async throws {
        let bench = try WebBench()
        let planner = try Self.bed.program(.planner, bench)
        let kept = try await planner.ask(
            .post, "/scenarios", Self.town("town"), idempotency: "keep-0001")
        #expect(kept.status == 200, "\(kept.body)")
        let again = try await planner.ask(
            .post, "/scenarios", Self.town("town"), idempotency: "keep-0001")
        #expect(again.body == kept.body)
        let id = try #require(try Self.read(kept)["scenario"] as? String)
        let change = try Self.body(["yaml": Self.town("town", people: 5_000), "version": 1])
        #expect(try await planner.ask(.post, "/scenarios/\(id)", change).status == 200)
        // The one who changed version 1 too comes too late.
        let late = try Self.body(["yaml": Self.town("town", people: 7_000), "version": 1])
        #expect(try await planner.ask(.post, "/scenarios/\(id)", late).status == 409)
        let now = try Self.read(try await planner.ask(.get, "/scenarios/\(id)"))
        #expect(now["people"] as? Int == 5_000 && now["version"] as? Int == 2)
        let before = try Self.read(try await planner.ask(.get, "/scenarios/town?version=1"))
        #expect(before["people"] as? Int == 3_000)
        #expect(before["yaml"] as? String == Self.town("town"))
        let faulty = try await planner.ask(.post, "/scenarios", "name: x\ndistricts: 3\n")
        #expect(faulty.status == 422 && faulty.body.contains("\"line\":2"))
        let list = try await planner.ask(.get, "/scenarios").body
        #expect(list.contains(id) && list.contains(ReadyScenario.allCases[0].rawValue))
        #expect(try await planner.ask(.post, "/scenarios/\(id)/removal").status == 200)
        #expect(try await planner.ask(.get, "/scenarios/\(id)").status == 404)
    }

    @Test("API-14: a job is asked for, seen, cancelled, and its files are taken away")
    func jobs() async throws {
        let bench = try WebBench()
        let planner = try Self.bed.program(.planner, bench)
        _ = try await planner.ask(.post, "/scenarios", Self.town("town"))
        let ask = #"{"kind": "simulate", "scenarios": ["town"], "runs": 2, "bottleneckRuns": 0}"#
        let asked = try await planner.ask(.post, "/jobs", ask, idempotency: "job-00001")
        #expect(
            try await planner.ask(.post, "/jobs", ask, idempotency: "job-00001").body == asked.body)
        let first = try #require(try Self.read(asked)["job"] as? String)
        let second = try #require(
            try Self.read(try await planner.ask(.post, "/jobs", ask))["job"] as? String)
        let cancelled = try await planner.ask(.post, "/jobs/\(second)/cancellation")
        #expect(cancelled.body.contains("\"wasRunning\":false"), "\(cancelled.body)")
        #expect(try await planner.ask(.post, "/jobs/\(second)/cancellation").status == 409)
        let now = bench.now
        #expect(try JobWorker(bench.laboratory) { now }.runOne()?.id == first)
        let job = try Self.read(try await planner.ask(.get, "/jobs/\(first)"))
        #expect(job["state"] as? String == "done")
        #expect((job["files"] as? [String])?.contains("result.json") == true)
        let file = try Self.read(
            try await planner.ask(.get, "/jobs/\(first)/files/result.json"))
        let stored = try bench.laboratory.file("result.json", ofJob: first, as: "planner")
        #expect(file["text"] as? String == stored.map { String(decoding: $0, as: UTF8.self) })
        #expect(try await planner.ask(.get, "/jobs/\(first)/files/passwd").status == 404)
        let rows = try #require(
            try Self.read(try await planner.ask(.get, "/jobs"))["rows"] as? [[String: Any]])
        #expect(Set(rows.compactMap { $0["job"] as? String }) == [first, second])
        #expect(
            try await planner.ask(.post, "/jobs", #"{"kind": "plan", "scenarios": ["no"]}"#).status
                == 404)
    }

    @Test("API-14: a plan is handed over and ended; its sites come in parts")
    func campaigns() async throws {
        let bench = try WebBench()
        let planner = try Self.bed.program(.planner, bench)
        _ = try await planner.ask(.post, "/scenarios", Self.town("big", people: 600_000))
        let body = #"{"scenario": "big", "startsOn": "2021-08-04", "firstTube": 1}"#
        let handed = try Self.read(
            try await planner.ask(.post, "/campaigns", body, idempotency: "hand-0001"))
        let id = try #require(handed["campaign"] as? String)
        #expect(try await planner.ask(.post, "/campaigns", body).status == 409)
        var (seen, after): (Set<Int>, String?) = ([], "0")
        while let from = after {
            let part = try Self.read(
                try await planner.ask(.get, "/campaigns/\(id)?after=\(from)"))
            let rows = try #require(part["rows"] as? [[String: Any]])
            #expect(rows.count <= 100)
            seen.formUnion(rows.compactMap { $0["number"] as? Int })
            after = part["next"] as? String
        }
        let sites = try #require(handed["sites"] as? Int)
        #expect(seen.count == sites && sites > 100)
        #expect(try await planner.ask(.post, "/campaigns/\(id)/ending").status == 200)
        #expect(try await planner.ask(.get, "/campaigns").body.contains("endedAt"))
        #expect(
            try await Self.bed.program(.technician, bench).ask(.get, "/campaigns").status == 403)
    }

    @Test("API-14: an alert is seen and acknowledged by programs, a breach with its cause")
    func alerts() async throws {
        let bench = try AlertPageTests.bench(hours: 13)
        let supervisor = try Self.bed.program(.supervisor, bench)
        let list = try Self.read(try await supervisor.ask(.get, "/alerts"))
        let alert = try #require((list["rows"] as? [[String: Any]])?.first)
        let id = try #require(alert["alert"] as? String)
        #expect(alert["kind"] as? String == "breached" && alert["needsCause"] as? Bool == true)
        let path = "/alerts/\(id)/acknowledgement"
        let technician = try Self.bed.program(.technician, bench)
        let cause = #"{"cause": "late-arrival"}"#
        #expect(try await technician.ask(.post, path, cause).status == 403)
        #expect(try await technician.ask(.post, path, #"{"cause": "Zhang Wei"}"#).status == 400)
        let told = try await supervisor.ask(.post, path, cause, idempotency: "ack-000001")
        #expect(told.body.contains("\"needsCause\":false"), "\(told.body)")
        #expect(
            try await supervisor.ask(.post, path, cause, idempotency: "ack-000001").body
                == told.body)
        #expect(try await supervisor.ask(.post, "/alerts/AL1/acknowledgement", "{}").status == 404)
        #expect(try await supervisor.ask(.get, "/alerts?all=true").body.contains(id))
        #expect(try await supervisor.ask(.get, "/alerts/messages").status == 200)
    }

    @Test("API-14: messages are judged and written in the other encoding, and kept nowhere")
    func reports() async throws {
        let bench = try WebBench()
        let supervisor = try Self.bed.program(.supervisor, bench)
        let message = "MSH|^~\\&|A|B|C|D|20210803||ORU^R01^ORU_R01|1|P|2.5.1\rPID|1\r"
        let found = try Self.read(try await supervisor.ask(.post, "/reports/check", message))
        #expect(found["messages"] as? Int == 1 && (found["errors"] as? Int ?? 0) > 0)
        let other = try Self.read(
            try await supervisor.ask(.post, "/reports/transcoding", message))
        #expect((other["text"] as? String)?.contains("<MSH.9>") == true)
        #expect(try await supervisor.ask(.post, "/reports/check", "nonsense").status == 422)
        #expect(try await supervisor.ask(.get, "/messages").body == #"{"rows":[]}"#)
    }

    @Test("API-14: an assay is read with its digest, and changed by the one who saw it last")
    func assays() async throws {
        let bench = try WebBench()
        let administrator = try Self.bed.program(.administrator, bench)
        let sheet = try Self.read(try await administrator.ask(.get, "/assays/first"))
        let text = try #require(sheet["text"] as? String)
        let digest = try #require(sheet["digest"] as? String)
        let adopted = try await administrator.ask(.post, "/assays/first?digest=\(digest)", text)
        #expect(adopted.status == 200, "\(adopted.body)")
        let late = try await administrator.ask(.post, "/assays/first?digest=0000", text)
        #expect(late.status == 409)
        #expect(try await administrator.ask(.post, "/assays/third", text).status == 404)
        #expect(try await administrator.ask(.get, "/assays/third").status == 404)
        let technician = try Self.bed.program(.technician, bench)
        #expect(try await technician.ask(.post, "/assays/first", text).status == 403)
    }
}
