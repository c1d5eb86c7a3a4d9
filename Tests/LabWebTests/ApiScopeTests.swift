import Foundation
import HTTPTypes
import LabDomain
import LabOperations
import LabWeb
import Testing

/// Every operation of the interface by those who work for a unit or site, with what is their own
/// and what is others'.
@Suite("Own and other by the interface")
struct ApiScopeTests {
    private let scope: ScopeTests

    init() throws { scope = try ScopeTests() }

    private var laboratory: Laboratory { scope.bench.laboratory }
    private var site: Site { scope.bench.web.site }

    private func ask(
        _ role: Role, _ method: HTTPRequest.Method, _ path: String, _ body: String = ""
    ) async throws -> Browser.Seen {
        // One key for each role: another one would end the first.
        let key = try laboratory.issueKey(
            for: role.rawValue, as: "administrator", at: scope.bench.web.now)
        return try await Browser(site).ask(
            method, path, body: Array(body.utf8), type: "application/json",
            headers: [.authorization: "Bearer \(key)"])
    }

    /// What the operations could change.
    private func state() throws -> [String] {
        let called = try laboratory.recollections(onlyOpen: true, as: RunBench.technician)
        let clocks = try laboratory.clocks(
            at: scope.bench.web.now, openOnly: true, as: RunBench.supervisor)
        let results = try laboratory.results(box: nil, after: "", as: RunBench.supervisor)
        return called.map(\.recollection.text) + ["\(clocks)"]
            + results.rows.map { "\($0.tube) \($0.unit) \($0.site)" }
    }

    private func path(_ route: ApiRoute, _ whose: ScopeTests.Own, _ code: String) -> String {
        route.path.replacing(":box", with: whose.box)
            .replacing(":recollection", with: whose.person.recollection.text)
            .replacing(":tube", with: whose.tube).replacing(":code", with: whose.tube)
            .replacing(":certificate", with: code)
            .replacing(":desk", with: "desk-0123456789abcdef")
    }

    /// A certificate of the negative single tube of a unit.
    private func certificate(first: Int) throws -> String {
        try laboratory.perform(
            IssueCertificate(WebBench.barcode(first + 1)), as: RunBench.supervisor,
            at: scope.bench.web.now
        ).answer.code.text
    }

    @Test(
        "API-11: whatever of others a unit or site looks for, it sees nothing of theirs",
        arguments: ScopeTests.limited)
    func looks(role: Role) async throws {
        let foreign = try certificate(first: 91)
        let words = ["\"Unit 2\"", "\"Yard\"", "\"B9\"", WebBench.barcode(92)]
        let marks = words + [scope.other.person.name, scope.other.person.telephone]
        var seen = ""
        var asked = 0
        for route in site.api where route.method == .get {
            for query in ["", "?all=true&box=B9&after=", "?unit=Unit%202&kind=unit"] {
                let answer = try await ask(role, .get, path(route, scope.other, foreign) + query)
                #expect(
                    (answer.status == 403) == !role.may(route.verb),
                    "\(route.operation): \(answer.status)")
                #expect(answer.status < 500, "\(route.operation)")
                for mark in marks {
                    #expect(!answer.body.contains(mark), "\(route.operation)\(query): \(mark)")
                }
                seen += answer.body
                asked += 1
            }
        }
        #expect(asked > 60)
        #expect(seen.contains("\"B1\"") && seen.contains(WebBench.barcode(2)))
        // A collector calls them back, and a unit has them in its feedback.
        #expect(seen.contains(scope.own.person.name))
    }

    @Test("API-11: a unit has its own feedback and certificates, and nobody else's")
    func papers() async throws {
        let (own, foreign) = (try certificate(first: 1), try certificate(first: 91))
        let prefix = "/api/v1"
        let unit = Role.sendingUnit
        #expect(try await ask(unit, .get, "\(prefix)/certificates/\(own)").status == 200)
        #expect(try await ask(unit, .get, "\(prefix)/certificates/\(foreign)").status == 404)
        for (tube, status) in [(2, 200), (92, 404)] {
            let body = "{\"subject\": \"\(WebBench.barcode(tube))\"}"
            let answer = try await ask(unit, .post, prefix + "/certificates", body)
            #expect(answer.status == status, "\(tube): \(answer.body)")
        }
        let feedback = try await ask(unit, .get, prefix + "/feedback")
        #expect(feedback.status == 200 && feedback.body.contains(WebBench.barcode(2)))
        #expect(!feedback.body.contains(WebBench.barcode(92)))
        #expect(try await ask(unit, .get, prefix + "/feedback?unit=Unit%202").status == 404)
        let browser = try await scope.bench.web.browser(unit)
        let csv = try await browser.get("/feedback.csv?day=2021-08-03")
        #expect(csv.status == 200 && csv.body.contains(WebBench.barcode(2)))
        #expect(try await browser.get("/feedback.csv?unit=Unit%202").status == 404)
    }

    @Test(
        "API-11: whatever of others a unit or site sends, nothing of theirs is changed",
        arguments: ScopeTests.limited)
    func changes(role: Role) async throws {
        let before = try state()
        for route in site.api where route.method == .post {
            for body in bodies(of: route.operation, role) {
                let answer = try await ask(role, .post, path(route, scope.other, "X"), body)
                let isAdmitted = role.may(route.verb)
                #expect((answer.status == 403) == !isAdmitted, "\(route.operation)")
                #expect(answer.status < 500, "\(route.operation)")
                #expect(try state() == before, "\(route.operation): \(answer.body)")
            }
        }
        // The same with what is their own does change something.
        let own = role == .sendingUnit ? "confirmFeedback" : "closeRecollection"
        let route = try #require(site.api.first { $0.operation == own })
        let answer = try await ask(
            role, .post, path(route, scope.own, "X"), #"{"outcome": "refused"}"#)
        #expect(answer.status == 200, "\(answer.body)")
        #expect(try state() != before)
    }

    /// What of others the operations are asked with.
    private func bodies(of operation: String, _ role: Role) -> [String] {
        let tube = WebBench.barcode(92)
        switch operation {
        case "registerManifest":
            let row = """
                "tube": "\(WebBench.barcode(97))", "kind": "1:1", "unit": "Unit 2", \
                "site": "Yard", "box": "B9", "collected_at": "2021-08-03 09:00", \
                "name": "Somebody", "document_number": "11010519491231002X"
                """
            return ["{\"rows\": [{\(row)}]}"]
        case "takeDeskEntries":
            let person = #"{"name": "Somebody", "number": "11010519491231002X"}"#
            let entry = """
                "by": "\(role.rawValue)", "device": 1627956000000, "tube": "\(tube)"
                """
            return [
                """
                {"desk": "desk-0123456789abcdef", "sentAt": 1627956000000, "entries": [
                {"key": "entry-0001", "sequence": 1, "kind": "bind", "ratio": 1, "risk": "low",
                "unit": "Unit 2", "site": "Yard", "box": "B9", "person": \(person), \(entry)},
                {"key": "entry-0002", "sequence": 2, "kind": "close", "counted": 1, \(entry)}]}
                """
            ]
        case "issueCertificate": return ["{\"subject\": \"\(tube)\"}"]
        default: return [#"{"outcome": "refused"}"#, ""]
        }
    }
}
