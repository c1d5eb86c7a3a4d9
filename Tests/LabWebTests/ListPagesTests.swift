import LabDomain
import LabOperations
import LabStore
import Testing

@testable import LabWeb

@Suite("What waits: retests, people, tasks")
struct ListPagesTests {
    @Test("WEB-49: retests stand apart and ahead of routine tests, with kit and pool of origin")
    func retests() async throws {
        let bench = try RunBench()
        try bench.receive(Array(repeating: ("1:1", 1), count: 5))
        let pool = try bench.perform(
            FormPools(.proposed(PoolWishes(scheme: PoolScheme(size: 5))))
        ).pools[0].pool
        try bench.test { _ in RunBench.positive }
        try bench.receive([("1:1", 1)], box: "B2", first: 50)
        let browser = try await bench.web.browser(.technician)
        let retests = try await browser.get("/retests").body
        #expect(retests.contains(WebBench.barcode(5)) && retests.contains(pool.text))
        #expect(!retests.contains(WebBench.barcode(50)))
        #expect(retests.contains("6</b> first kit · 5 beyond routine"))
        let all = try await browser.get("/retests?all=1").body
        let places = [5, 50].compactMap { all.firstRange(of: WebBench.barcode($0))?.lowerBound }
        #expect(places.count == 2 && places[0] < places[1])
    }

    @Test("WEB-50: parts of a list hold each row once, in the order of the whole")
    func parts() throws {
        let bench = try RunBench()
        try bench.receive([("10:1", 9), ("1:1", 1), ("1:1", 1), ("1:1", 1)])
        try bench.test { $0 == WebBench.barcode(1) ? RunBench.positive : [25, nil, 25] }
        try bench.receive([("1:1", 1), ("1:1", 1)], box: "B2", unit: "Another", first: 70)
        try bench.laboratory.store.read { view in
            let whole = try view.requestsToPlate(with: nil).map(\.id)
            var found: [RequestID] = []
            var after: String? = ""
            while let mark = after {
                let part = try view.waitingTests(onlyRetests: false, after: mark, size: 2)
                found += part.rows.map(\.id)
                after = part.next
            }
            #expect(found == whole && whole.count > 4)
            var people: [RecollectionID] = []
            after = ""
            while let mark = after {
                let part = try view.recollections(
                    onlyOpen: true, unit: nil, after: mark, size: 2)
                people += part.rows.map(\.id)
                after = part.next
            }
            #expect(people == (try view.recollections(onlyOpen: true).map(\.id)))
            #expect(people.count == 9)
        }
    }

    @Test("WEB-51: the people to call back are seen by those alone who may see people")
    func people() async throws {
        let bench = try RunBench()
        try bench.receive([("10:1", 2)])
        try bench.test { _ in RunBench.positive }
        let person = try bench.laboratory.recollections(onlyOpen: true, as: RunBench.technician)[0]
        for language in Language.allCases {
            let collector = try await bench.web.browser(.collector, language: language)
            for path in ["/recollections", "/recollections/print", "/recollections?unit=Unit%201"] {
                let page = try await collector.get(path).body
                #expect(page.contains(person.name) && page.contains(person.telephone))
                #expect(!page.contains("⟦"))
            }
            #expect(try await !collector.get("/recollections?unit=x").body.contains(person.name))
        }
        // A collector of another site looks for nobody here.
        try bench.perform(
            AssignScope(handle: "collector", scope: .site("Harbour")), as: "administrator")
        let elsewhere = try await bench.web.browser(.collector)
        #expect(try await !elsewhere.get("/recollections").body.contains(person.name))
        #expect(try await !elsewhere.get("/recollections/print").body.contains(person.name))
        for role in [Role.planner, .sendingUnit, .administrator] {
            let browser = try await bench.web.browser(role)
            #expect(try await browser.get("/recollections").status == 403)
            #expect(try await browser.get("/recollections/print").status == 403)
        }
    }

    @Test("WEB-52: a search ends in the person's row with its outcome, and without one not at all")
    func ending() async throws {
        let bench = try RunBench()
        try bench.receive([("10:1", 2)])
        try bench.test { _ in RunBench.positive }
        let open = try bench.laboratory.recollections(onlyOpen: true, as: RunBench.technician)
        let collector = try await bench.web.browser(.collector)
        let path = "/recollections/\(open[0].recollection)/close"
        _ = try await collector.post(path, ["outcome": "", "back": "/recollections"])
        #expect(try await collector.get("/recollections").body.contains("Say how the search ended"))
        let form = ["outcome": "moved-away", "key": "k", "back": "/recollections"]
        #expect(try await collector.post(path, form).status == 303)
        let page = try await collector.get("/recollections").body
        #expect(page.contains("The search is ended: moved away"))
        #expect(!page.contains(open[0].name) && page.contains(open[1].name))
        #expect(try await collector.get("/recollections?all=1").body.contains(open[0].name))
    }

    @Test("WEB-53: a task is closed with what was done, which the list of all keeps")
    func tasks() async throws {
        let bench = try RunBench()
        try bench.receive([("environment", 0)])
        try bench.perform(RejectTube(scan: WebBench.barcode(1), reason: .noSwab))
        let technician = try await bench.web.browser(.technician)
        let page = try await technician.get("/tasks").body
        #expect(page.contains("Take the specimen of the environment again."))
        #expect(page.contains("No names of people"))
        let task = try bench.laboratory.tasks(onlyOpen: true, as: RunBench.technician)[0].task
        let path = "/tasks/\(task)/close"
        _ = try await technician.post(path, ["done": " ", "key": "a", "back": "/tasks"])
        #expect(try bench.laboratory.tasks(onlyOpen: true, as: RunBench.technician).count == 1)
        _ = try await technician.post(
            path, ["done": "swabbed the door again", "key": "b", "back": "/tasks"])
        #expect(try await technician.get("/tasks").body.contains("The task is closed"))
        #expect(try await technician.get("/tasks?all=1").body.contains("swabbed the door again"))
        #expect(try await bench.web.browser(.collector).get("/tasks").status == 403)
    }

    @Test("WEB-54: every word of a result's list stands in both languages")
    func words() throws {
        for language in Language.allCases {
            let words = try Catalogue(language)
            var said: [String] = []
            func say<List: CaseIterable & RawRepresentable<String>>(_ list: String, _: List.Type) {
                said += List.allCases.map { words.word(list, $0) }
            }
            say("verdict", Verdict.self)
            say("verdictReason", VerdictReason.self)
            say("purpose", Purpose.self)
            say("kit", KitRole.self)
            say("testedKind", TestedKind.self)
            say("tubeKind", TubeKind.self)
            say("control", ControlKind.self)
            say("outcome", Outcome.self)
            say("disagreement", Disagreement.self)
            say("runState", StoredRun.State.self)
            say("recollectionReason", RecollectionReason.self)
            say("recollectionState", RecollectionOutcome.self)
            say("taskKind", TaskKind.self)
            say("taskWork", TaskKind.self)
            say("runs.file", ForeignFile.self)
            say("run.notYou", JudgeFault.self)
            say("release.held", HeldAnswers.Reason.self)
            #expect(said.filter { $0.contains("⟦") } == [])
        }
    }
}
