import LabDomain
import LabOperations
import Testing

@testable import LabWeb

@Suite("The page of alerts")
struct AlertPageTests {
    private static let settings = """
        escalate_after: 15 min
        duty: [{ step: 1, role: technician, alerts: [half-window] }, { step: 1, role: supervisor }]
        """

    /// A box that somebody looks at after so many hours, with its alerts.
    static func bench(hours: Int) throws -> WebBench {
        let bench = try WebBench(hours: hours)
        try bench.receive(3, box: "B1")
        _ = try bench.laboratory.perform(
            AdoptAlerting(text: settings), as: "administrator", at: bench.now)
        let machine = MachineClock(wall: bench.present, uptime: .minutes(1), boot: "a")
        _ = try bench.laboratory.checkAlerts(machine, risks: nil, as: "supervisor")
        return bench
    }

    private static func alert(_ bench: WebBench) throws -> AlertLine {
        try #require(
            try bench.laboratory.alerts(onlyOpen: true, at: bench.present, as: "supervisor").first)
    }

    @Test(
        "ALERT-12: the page lists what is open, in both languages, and the badge counts one's own",
        arguments: Language.allCases)
    func list(language: Language) async throws {
        let bench = try Self.bench(hours: 7)
        let id = try Self.alert(bench).alert.text
        let page = try await bench.browser(.technician, language: language).get("/alerts")
        #expect(page.status == 200 && page.body.contains("id=\"\(id)\""))
        #expect(page.body.contains(language == .english ? "Half the window" : "时限过半"))
        #expect(page.body.contains(language == .english ? "waiting for you" : "等待您处理"))
        #expect(!page.body.contains("⟦"))
        let board = try await bench.browser(.supervisor).get("/board").body
        #expect(board.contains("tag bad\">1<span"))
        let planner = try await bench.browser(.planner).get("/alerts").body
        #expect(planner.contains(id) && !planner.contains("/acknowledge\""))
        #expect(!planner.contains("tag bad\">1<span"))
        #expect(try await bench.browser(.sendingUnit).get("/alerts").status == 403)
    }

    @Test("ALERT-12: a breach is acknowledged with its cause, by those who may tell it")
    func breach() async throws {
        let bench = try Self.bench(hours: 13)
        let id = try Self.alert(bench).alert.text
        let technician = try await bench.browser(.technician)
        #expect(try await technician.get("/alerts").body.contains("name=\"cause\"") == false)
        let path = "/alerts/\(id)/acknowledge"
        var form = ["key": "a", "back": "/alerts", "cause": "retests"]
        #expect(try await technician.post(path, form).status == 303)
        #expect(try Self.alert(bench).acknowledgedBy == nil)
        form["cause"] = ""
        form["key"] = "b"
        _ = try await technician.post(path, form)
        #expect(try Self.alert(bench).acknowledgedBy == "technician")
        #expect(try Self.alert(bench).needsCause)
        let supervisor = try await bench.browser(.supervisor)
        #expect(try await supervisor.get("/alerts").body.contains("name=\"cause\""))
        form["cause"] = "retests"
        form["key"] = "c"
        let answer = try await supervisor.post(path, form)
        #expect(answer.status == 303 && answer.location == "/alerts")
        #expect(try !Self.alert(bench).needsCause)
        let board = try await supervisor.get("/board").body
        #expect(!board.contains("tag bad\">1<span"))
        let all = try await supervisor.get("/alerts?all=1").body
        #expect(all.contains(id) && all.contains("technician"))
    }
}
