import LabDomain
import LabOperations
import LabStore
import Testing

@testable import LabWeb

@Suite("Release: positives one by one, negatives by plate and box")
struct ReleaseTests {
    /// Two boxes on one plate, a positive of the environment among the negatives, reviewed.
    private func bench() throws -> (RunBench, PlateID) {
        let bench = try RunBench()
        try bench.receive([("1:1", 1), ("10:1", 3)], box: "B 1")
        try bench.receive([("1:1", 1), ("environment", 0)], box: "B2", first: 5)
        let plate = try bench.test {
            $0 == WebBench.barcode(6) ? RunBench.positive : RunBench.negative
        }
        try bench.review(plate)
        return (bench, plate)
    }

    /// Proves what the second kit must find again.
    private func prove(_ bench: RunBench) throws {
        guard
            try !bench.laboratory.waitingTests(onlyRetests: false, as: RunBench.technician).isEmpty
        else { return }
        try bench.review(try bench.test(.second) { _ in RunBench.positive })
    }

    @Test("WEB-45: what was ticked is released, and nothing else")
    func negatives() async throws {
        let (bench, plate) = try bench()
        let supervisor = try await bench.web.browser(.supervisor)
        let page = try await supervisor.get("/release").body
        #expect(
            page.contains("value=\"\(plate) 2 B 1\"") && page.contains("value=\"\(plate) 1 B2\""))
        let form = ["group": "\(plate) 2 B 1", "key": "k", "back": "/release"]
        #expect(try await supervisor.post("/release", form).status == 303)
        let after = try await supervisor.get("/release").body
        #expect(after.contains("2 negative answers of 4 people are released"))
        #expect(!after.contains("\(plate) 2 B 1") && after.contains("\(plate) 1 B2"))
        // The form sent twice releases nothing more.
        #expect(try await supervisor.post("/release", form).status == 303)
        #expect(try bench.laboratory.status(as: RunBench.technician).answersReleased == 2)
    }

    @Test("WEB-45: a group that changed since it was shown is not released")
    func changed() async throws {
        let (bench, plate) = try bench()
        let supervisor = try await bench.web.browser(.supervisor)
        _ = try await supervisor.post(
            "/release", ["group": "\(plate) 1 B 1", "key": "k", "back": "/release"])
        #expect(try bench.laboratory.status(as: RunBench.technician).answersReleased == 0)
        let page = try await supervisor.get("/release").body
        #expect(page.contains("2 negative answers wait, 1 were shown"))
        _ = try await supervisor.post("/release", ["key": "l", "back": "/release"])
        #expect(try await supervisor.get("/release").body.contains("No group was ticked"))
    }

    @Test("WEB-46: a positive is released by itself, with everybody named who signed it")
    func positives() async throws {
        let (bench, _) = try bench()
        try prove(bench)
        let supervisor = try await bench.web.browser(.supervisor)
        let tube = WebBench.barcode(6)
        let page = try await supervisor.get("/release").body
        #expect(page.contains("name=\"tube\" value=\"\(tube)\""))
        #expect(page.contains("<td>technician</td><td>supervisor</td><td>supervisor<br>"))
        _ = try await supervisor.post("/release", ["tube": tube, "key": "k", "back": "/release"])
        #expect(
            try await supervisor.get("/release").body.contains(
                "The answer of tube \(tube), 0 people, is released"))
    }

    @Test("WEB-47: what cannot be released yet says what it waits for")
    func held() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1)])
        let unreviewed = try bench.test { _ in RunBench.negative }
        try bench.receive([("1:1", 1)], box: "B2", first: 7)
        let own = try bench.layOut()
        let file = Array(try bench.file(own) { _ in RunBench.negative }.utf8)
        try bench.perform(
            AddPerson(handle: "other", role: .supervisor, name: nil), as: "administrator")
        try bench.perform(ImportRun(file: file, plate: own), as: RunBench.supervisor)
        try bench.perform(ReviewRun(plate: own), as: "other")
        let supervisor = try await bench.web.browser(.supervisor)
        let page = try await supervisor.get("/release?tab=held").body
        #expect(page.contains(unreviewed.text) && page.contains("waits for its review by somebody"))
        #expect(page.contains(own.text) && page.contains("another supervisor releases its answers"))
        #expect(try await supervisor.get("/release").body.contains("No negative answer waits"))
        #expect(try await bench.web.browser(.technician).get("/release").status == 403)
    }

    @Test("WEB-47: an answer with an unreviewed run behind it waits for that review")
    func earlierReview() throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1)])
        let first = try bench.test { _ in [25, nil, 25] }
        let second = try bench.test { _ in RunBench.negative }
        try bench.review(second)
        let held = try bench.laboratory.heldAnswers(most: 9, as: RunBench.supervisor)
        #expect(held.map(\.plate) == [second] && held.map(\.reason) == [.earlierReview])
        let groups = {
            try bench.laboratory.releaseGroups(after: nil, as: RunBench.supervisor).rows
        }
        #expect(try groups().isEmpty)
        try bench.review(first)
        #expect(try groups().map(\.plate) == [second])
    }

    @Test("WEB-48: boxes whose unit is not known to have its results are listed until it has them")
    func delivery() async throws {
        let (bench, _) = try bench()
        try bench.perform(Release(.negatives), as: RunBench.supervisor)
        let supervisor = try await bench.web.browser(.supervisor, language: .english)
        // Its clocks rest since the release: what was left then is left.
        let waiting = try await supervisor.get("/release?tab=delivery").body
        #expect(waiting.contains("/boxes/B%201/feedback") && waiting.contains("to spare"))
        #expect(!waiting.contains("min late"))
        let form = ["key": "k", "back": "/release?tab=delivery"]
        let seen = try await supervisor.post("/boxes/B%201/feedback", form)
        #expect(seen.location == "/release?tab=delivery")
        let page = try await supervisor.get("/release?tab=delivery").body
        #expect(page.contains("Box B 1: the unit knows of 2 tubes"))
        #expect(!page.contains("/boxes/B%201/feedback") && page.contains("/boxes/B2/feedback"))
    }
}
