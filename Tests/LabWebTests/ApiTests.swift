import Foundation
import HTTPTypes
import LabDomain
import LabOperations
import LabWeb
import Testing

@Suite("The interface for programs")
struct ApiTests {
    /// A program that sends its key with every request.
    struct Program {
        let browser: Browser
        let key: String?

        func ask(
            _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil,
            idempotency: String? = nil
        ) async throws -> Browser.Seen {
            var headers = HTTPFields()
            if let key { headers[.authorization] = "Bearer \(key)" }
            if let idempotency, let name = HTTPField.Name("Idempotency-Key") {
                headers[name] = idempotency
            }
            return try await browser.ask(
                method, "/api/v1" + path, body: Array((body ?? "").utf8),
                type: body == nil ? nil : "application/json", headers: headers)
        }
    }

    func program(_ role: Role, _ bench: WebBench) throws -> Program {
        let key = try bench.laboratory.issueKey(
            for: role.rawValue, as: "administrator", at: bench.now)
        return Program(browser: Browser(bench.site), key: key)
    }

    private static func manifest(_ tube: Int, kind: String = "1:1") throws -> String {
        """
        {"rows": [{"tube": "\(WebBench.barcode(tube))", "kind": "\(kind)", "unit": "Unit 1",
        "site": "Gate", "box": "B1", "collected_at": "2021-08-03 09:00", "name": "Somebody",
        "document_number": "\(try WebBench.document(tube))"}]}
        """
    }

    @Test("API-1: a key opens what its role may, until it is replaced or its holder retires")
    func keys() async throws {
        let bench = try WebBench()
        #expect(
            try await Program(browser: Browser(bench.site), key: nil).ask(.get, "/me").status == 401
        )
        let first = try program(.technician, bench)
        #expect(try await first.ask(.get, "/me").body.contains("\"handle\":\"technician\""))
        #expect(try await first.ask(.get, "/stories/x").status == 404)
        #expect(try await first.ask(.post, "/releases", "{}").status == 403)
        let second = try program(.technician, bench)
        #expect(try await first.ask(.get, "/me").status == 401)
        #expect(try await second.ask(.get, "/me").status == 200)
        _ = try bench.laboratory.perform(
            RetirePerson(handle: "technician"), as: "administrator", at: bench.now)
        #expect(try await second.ask(.get, "/me").status == 401)
        #expect(throws: Refusal.self) {
            try bench.laboratory.issueKey(for: "technician", as: "administrator", at: bench.now)
        }
        #expect(throws: Refusal.self) {
            try bench.laboratory.issueKey(for: "planner", as: "supervisor", at: bench.now)
        }
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("API-2: the written interface names every operation with its path and verb, and no other")
    func written() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../specs/openapi.yaml").standardized
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        var written: Set<String> = []
        var (path, method, operation) = ("", "", "")
        for line in text.split(separator: "\n") {
            if let found = line.firstMatch(of: #/^  (\/api\/\S+):$/#) {
                path = String(found.1)
            } else if let found = line.firstMatch(of: #/^    (get|post):$/#) {
                method = String(found.1)
            } else if let found = line.firstMatch(of: #/^      operationId: (\w+)$/#) {
                operation = String(found.1)
            } else if let found = line.firstMatch(of: #/^      - ([a-z-]+)$/#), !operation.isEmpty {
                written.insert("\(method) \(path) \(operation) \(found.1)")
                operation = ""
            }
        }
        let routes = Set(
            try WebBench().site.api.map { route in
                let path = route.path.replacing(#/:(\w+)/#) { "{\($0.output.1)}" }
                return "\(route.method.rawValue.lowercased()) \(path) \(route.operation) "
                    + route.verb.rawValue
            })
        #expect(routes.subtracting(written) == [])
        #expect(written.subtracting(routes) == [])
        #expect(routes.count > 40)
    }

    @Test("API-3: a repeated key gives the first answer again; for another request it is refused")
    func idempotency() async throws {
        let bench = try WebBench()
        let program = try program(.technician, bench)
        let replayed = try #require(HTTPField.Name("Idempotent-Replayed"))
        let body = try Self.manifest(1)
        let first = try await program.ask(.post, "/manifests", body, idempotency: "key-00000001")
        #expect(first.status == 200, "\(first.body)")
        #expect(first.headers[replayed] == nil)
        let again = try await program.ask(.post, "/manifests", body, idempotency: "key-00000001")
        #expect(again.body == first.body)
        #expect(again.headers[replayed] == "true")
        let other = try await program.ask(
            .post, "/manifests", try Self.manifest(2), idempotency: "key-00000001")
        #expect(other.status == 422 && other.body.contains("key-reused"))
        #expect(
            try await program.ask(.post, "/manifests", body, idempotency: "short").status == 400)
        // Another's key of the same text is another key.
        let stranger = try self.program(.supervisor, bench)
        let theirs = try await stranger.ask(
            .post, "/manifests", try Self.manifest(3), idempotency: "key-00000001")
        #expect(theirs.status == 200)
    }

    @Test("API-4: what cannot be done is told as a problem, and never repeats what was sent")
    func problems() async throws {
        let bench = try WebBench()
        let program = try program(.technician, bench)
        let cases: [(String, String, Int)] = [
            ("/manifests", "", 400), ("/manifests", "[", 400), ("/manifests", "{}", 400),
            ("/manifests", #"{"rows": [{"Secret": "Zhang Wei"}]}"#, 422),
            ("/manifests", #"{"rows": []}"#, 422),
            ("/manifests", try Self.manifest(1, kind: "Zhang Wei"), 422),
            ("/tubes/SWT1/rejection", #"{"reason": "Zhang Wei"}"#, 400),
            ("/tubes/SWT1/rejection", #"{"reason": "leaking"}"#, 422),
            ("/tubes/\(WebBench.barcode(9))/rejection", #"{"reason": "leaking"}"#, 404),
            ("/plates", #"{"most": -1}"#, 422), ("/plates", #"{"most": 1e30}"#, 400),
            ("/plates", "{}", 409), ("/plates/X/review", "", 403), ("/nothing", "{}", 404),
        ]
        for (path, body, status) in cases {
            let seen = try await program.ask(.post, path, body)
            #expect(seen.status == status, "\(path): \(seen.body)")
            #expect(seen.headers[.contentType] == "application/problem+json", "\(path)")
            #expect(seen.body.contains("urn:swabline:problem:"), "\(path)")
            #expect(!seen.body.contains("Zhang Wei") && !seen.body.contains("Secret"), "\(path)")
        }
        let huge = String(repeating: " ", count: 1 << 21)
        #expect(try await program.ask(.post, "/receipts", huge).status == 413)
    }

    @Test("API-5: no cookie opens the interface, and no key opens a page")
    func doors() async throws {
        let bench = try WebBench()
        let browser = try await bench.browser(.supervisor)
        #expect(try await browser.get("/api/v1/status").status == 401)
        let key = try program(.supervisor, bench).key ?? ""
        let seen = try await Browser(bench.site).ask(
            .get, "/board", headers: [.authorization: "Bearer \(key)"])
        #expect(seen.status == 303)
    }

    @Test("API-6: a unit or site sees its own tubes, and an answer when it is released")
    func own() async throws {
        let bench = try WebBench()
        _ = try await program(.technician, bench).ask(
            .post, "/manifests", try Self.manifest(1))
        for role in [Role.sendingUnit, .collector, .planner] {
            let program = try program(role, bench)
            let list = try await program.ask(.get, "/results").body
            #expect(list.contains(WebBench.barcode(1)) && !list.contains("outcome"))
            #expect(try await program.ask(.get, "/results/\(WebBench.barcode(1))").status == 200)
        }
        _ = try bench.laboratory.perform(
            AssignScope(handle: "collector", scope: .site("Elsewhere")), as: "administrator",
            at: bench.now)
        let elsewhere = try program(.collector, bench)
        #expect(try await elsewhere.ask(.get, "/results").body == #"{"rows":[]}"#)
        #expect(try await elsewhere.ask(.get, "/results/\(WebBench.barcode(1))").status == 404)
    }
}

extension ApiTests {
    @Test("API-10: a key that the interface issues is told once; the same request again is refused")
    func issuedOnce() async throws {
        let bench = try WebBench()
        let administrator = try program(.administrator, bench)
        let body = #"{"handle": "analyser-1", "role": "device"}"#
        #expect(try await administrator.ask(.post, "/staff", body).status == 200)
        let path = "/devices/analyser-1/key"
        let first = try await administrator.ask(.post, path, idempotency: "issue-00001")
        let key = try #require(first.body.firstMatch(of: #/swk-[0-9a-f]{64}/#))
        let again = try await administrator.ask(.post, path, idempotency: "issue-00001")
        #expect(again.status == 409 && !again.body.contains("swk-"))
        // The first one still opens: the repetition changed nothing.
        let holder = try await bench.laboratory.holder(ofKey: String(key.0))
        #expect(holder?.handle == "analyser-1")
        let second = try await administrator.ask(.post, path, idempotency: "issue-00002")
        #expect(second.status == 200)
        #expect(try await bench.laboratory.holder(ofKey: String(key.0)) == nil)
        let list = try await administrator.ask(.get, "/devices").body
        #expect(list.contains("analyser-1") && !list.contains("swk-"))
        #expect(try await administrator.ask(.post, "/devices/nobody/key").status == 404)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("API-12: a result is corrected by two supervisors, and none signs their own")
    func amended() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1)])
        let plate = try bench.test { _ in RunBench.negative }
        try bench.review(plate)
        try bench.perform(Release(.negatives), as: RunBench.supervisor)
        let web = bench.web
        _ = try web.laboratory.perform(
            AddPerson(handle: "second", role: .supervisor, name: nil), as: "administrator",
            at: web.now)
        let key = try web.laboratory.issueKey(for: "second", as: "administrator", at: web.now)
        let (one, other) = (
            try program(.supervisor, web), Program(browser: Browser(web.site), key: key)
        )
        let asked = """
            {"tube": "\(WebBench.barcode(1))", "change": "correction", "outcome": "detected",
            "reason": "misread"}
            """
        #expect(
            try await one.ask(.post, "/amendments", #"{"tube": "X", "change": "withdrawal"}"#)
                .status == 400)
        let proposed = try await one.ask(.post, "/amendments", asked, idempotency: "amend-0001")
        #expect(proposed.status == 200, "\(proposed.body)")
        let id = try #require(proposed.body.firstMatch(of: #/"amendment":"([^"]+)"/#)).1
        let path = "/amendments/\(id)/decision"
        #expect(try await one.ask(.post, path, #"{"accepted": true}"#).status == 409)
        #expect(try await one.ask(.get, "/amendments").body.contains(id))
        let signed = try await other.ask(.post, path, #"{"accepted": true}"#)
        #expect(signed.status == 200, "\(signed.body)")
        #expect(
            try await other.ask(.get, "/results/\(WebBench.barcode(1))").body
                .contains(#""outcome":"detected""#))
    }

    @Test("API-12: a desk's queue that is sent twice, or late, is taken once and in its order")
    func desk() async throws {
        let bench = try WebBench()
        let collector = try program(.collector, bench)
        let tube = WebBench.barcode(1)
        func entry(_ number: Int, _ rest: String) -> String {
            """
            {"key": "entry-000\(number)", "sequence": \(number), "by": "collector",
            "device": \(bench.now.milliseconds), "tube": "\(tube)", \(rest)}
            """
        }
        func queue(_ entries: [String]) -> String {
            """
            {"desk": "desk-0123456789abcdef", "sentAt": \(bench.now.milliseconds),
            "entries": [\(entries.joined(separator: ","))]}
            """
        }
        let bind = entry(
            1,
            """
            "kind": "bind", "ratio": 1, "risk": "low", "unit": "Unit 1", "site": "Gate",
            "box": "B1", "person": {"name": "Somebody", "number": "\(try WebBench.document(1))"}
            """)
        let close = entry(2, #""kind": "close", "counted": 1"#)
        let late = try await collector.ask(.post, "/desk/entries", queue([close]))
        #expect(late.status == 200 && late.body.contains("\"due\":1"), "\(late.body)")
        for _ in 0..<2 {
            let taken = try await collector.ask(.post, "/desk/entries", queue([bind, close]))
            #expect(taken.status == 200 && !taken.body.contains("stopped"), "\(taken.body)")
        }
        #expect(
            try await collector.ask(.get, "/desks/desk-0123456789abcdef").body
                .contains("\"sequence\":2"))
        #expect(try await collector.ask(.get, "/results/\(tube)").body.contains("\"people\":1"))
        #expect(try await collector.ask(.post, "/desk/entries", "{}").status == 400)
    }

    @Test(
        "API-12: rules and receivers are read and adopted; from afar no file of the server is named"
    )
    func rules() async throws {
        let bench = try WebBench()
        let administrator = try program(.administrator, bench)
        let receiver = try Laboratory.shippedReceiver()
        let adopted = try await administrator.ask(.post, "/receivers", receiver)
        #expect(adopted.status == 200 && adopted.body.contains("city-cdc"), "\(adopted.body)")
        let read = try await administrator.ask(.get, "/receivers/city-cdc")
        #expect(read.body.contains("PHLabReport-Ack"))
        let folder = receiver.replacing(
            "mllp: { host: 127.0.0.1, port: 2575 }", with: "folder: /srv/reports"
        ).replacing("profile: PHLabReport-Ack", with: "profile: PHLabReport-NoAck")
        #expect(folder != receiver)
        #expect(try await administrator.ask(.post, "/receivers", folder).status == 409)
        let faulty = receiver.replacing("encoding: er7", with: "encoding: morse")
        let refused = try await administrator.ask(.post, "/receivers", faulty)
        #expect(refused.status == 422 && refused.body.contains("\"line\":"))
        #expect(
            try await administrator.ask(.post, "/receivers/city-cdc/retirement").status == 200)
        let settings = try bench.laboratory.rulesText(settings: true, as: "administrator")
        let name = try bench.laboratory.rules().settings.name
        let renamed = settings.replacing(name, with: "Laboratory of the Second Ward")
        #expect(try await administrator.ask(.post, "/settings", renamed).status == 200)
        #expect(try await administrator.ask(.get, "/me").body.contains("Second Ward"))
        #expect(try await administrator.ask(.get, "/settings").body.contains("Second Ward"))
    }

    @Test("API-12: turnaround, outbox, controls and worklists answer for an ordinary day")
    func overview() async throws {
        let bench = try RunBench()
        _ = try bench.laboratory.perform(
            AdoptReceiver(text: try Laboratory.shippedReceiver()), as: "administrator",
            at: bench.web.now)
        try bench.receive([("1:1", 1), ("1:1", 1)])
        let waiting = try program(.supervisor, bench.web)
        // What is asked of other machines is nobody else's forecast; all others share one.
        #expect(try await waiting.ask(.get, "/turnaround/forecast?pcr=9").status == 200)
        #expect(bench.web.site.forecast.last == nil)
        #expect(try await waiting.ask(.get, "/turnaround/board").body.contains("\"tubes\":2"))
        let change = bench.web.site.forecast.change(0)
        #expect(try await waiting.ask(.get, "/turnaround/forecast").status == 200)
        #expect(change == 1 && bench.web.site.forecast.change(0) == 1)
        let plate = try bench.test { _ in RunBench.negative }
        for format in ["csv", "gwl", "hamilton"] {
            let file = try await waiting.ask(
                .get, "/plates/\(plate.text)/worklist/file?format=\(format)")
            #expect(file.status == 200 && file.body.contains("\"text\":\""), "\(file.body)")
        }
        try bench.review(plate)
        try bench.perform(Release(.negatives), as: RunBench.supervisor)
        let messages = try await waiting.ask(.get, "/messages?receiver=city-cdc")
        let id = try #require(messages.body.firstMatch(of: #/"message":"([^"]+)"/#)?.1)
        #expect(try await waiting.ask(.get, "/messages/\(id)").body.contains("MSH|"))
        #expect(try await waiting.ask(.post, "/messages/\(id)/resending", "{}").status == 409)
        #expect(try await waiting.ask(.get, "/held").status == 200)
        let report = try await waiting.ask(
            .get,
            "/turnaround/report?from=2021-08-01T00:00:00Z&to=2021-08-05T00:00:00Z&by=unit")
        #expect(report.status == 200 && report.body.contains("\"Unit 1\""), "\(report.body)")
        #expect(report.body.contains("\"withoutCause\":0"))
        #expect(try await waiting.ask(.get, "/controls").body.contains("\"charts\":["))
        for bad in ["/messages?limit=0", "/turnaround/board?futures=1", "/feedback?day=soon"] {
            #expect(try await waiting.ask(.get, bad).status == 400, "\(bad)")
        }
    }
}
