import Foundation
import HTTPTypes
import LabDomain
import LabOperations
import LabWeb
import Testing

@Suite("The interface for programs")
struct ApiTests {
    /// A program that sends its key with every request.
    private struct Program {
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

    private func program(_ role: Role, _ bench: WebBench) throws -> Program {
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
