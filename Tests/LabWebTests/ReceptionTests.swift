import Foundation
import HTTPTypes
import LabDomain
import LabOperations
import Testing

@testable import LabWeb

@Suite("The reception in the browser")
struct ReceptionTests {
    private struct Answers: Decodable {
        struct Answer: Decodable {
            let id: String
            let kind: String
            let state: String?
            let opens: String?
        }

        let answers: [Answer]
    }

    private func send(
        _ entries: [[String: String]], as browser: Browser
    ) async throws -> [Answers.Answer] {
        let body = try JSONEncoder().encode(["entries": entries])
        let csrf = try #require(HTTPField.Name("X-CSRF-Token"))
        let seen = try await browser.ask(
            .post, "/scans", body: [UInt8](body), type: "application/json",
            headers: [csrf: try await browser.token()])
        #expect(seen.status == 200)
        return try JSONDecoder().decode(Answers.self, from: Data(seen.body.utf8)).answers
    }

    private func entry(
        _ id: Int, _ code: String, kind: String = "scan", box: String? = "B1",
        reason: String? = nil
    ) -> [String: String] {
        var entry = ["id": "entry-\(1_000 + id)", "kind": kind, "code": code]
        entry["box"] = box
        entry["reason"] = reason
        return entry
    }

    /// A box of ten tubes of which the first five are received, and another box of two.
    private func bench() throws -> WebBench {
        let bench = try WebBench()
        try bench.register(10, from: 1, box: "B1")
        try bench.register(2, from: 11, box: "B2")
        return bench
    }

    @Test("WEB-6: every cause is told apart, and a scan that is sent again is answered as before")
    func causes() async throws {
        let bench = try bench()
        let browser = try await bench.browser(.technician)
        try bench.perform(RejectTube(scan: WebBench.barcode(9), reason: .leaking))
        let good = WebBench.barcode(1)
        let misread = good.dropLast() + (good.last == "A" ? "B" : "A")
        let entries = [
            entry(1, good), entry(2, good.lowercased()), entry(3, WebBench.barcode(9)),
            entry(4, WebBench.barcode(11)), entry(5, WebBench.barcode(500)),
            entry(6, String(misread)), entry(7, "hello"), entry(8, "混样"), entry(9, ""),
        ]
        let kinds = ["good", "again", "bad", "bad", "warn", "warn", "warn", "warn", "warn"]
        #expect(try await send(entries, as: browser).map(\.kind) == kinds)
        #expect(try await send(entries, as: browser).map(\.kind) == kinds)
        #expect(try bench.laboratory.box("B1", as: "technician")?.summary.received == 1)
    }

    @Test("WEB-6: a box's code opens the box, and a first tube opens its own")
    func opening() async throws {
        let bench = try bench()
        let browser = try await bench.browser(.technician)
        let answers = try await send(
            [entry(1, "b2", box: "B1"), entry(2, WebBench.barcode(12), box: nil)], as: browser)
        #expect(answers.map(\.opens) == ["B2", "B2"])
    }

    @Test("WEB-7: what one request asks is done in its order, refusals among it")
    func order() async throws {
        let bench = try bench()
        let browser = try await bench.browser(.technician)
        let (one, two) = (WebBench.barcode(1), WebBench.barcode(2))
        let answers = try await send(
            [
                entry(1, one), entry(2, one, kind: "undo"), entry(3, one),
                entry(4, "nothing"), entry(5, two, kind: "undo"),
                entry(6, two), entry(7, two, kind: "reject", reason: "leaking"),
                entry(8, two, kind: "undo"), entry(9, two, kind: "reject", reason: "no such"),
            ], as: browser)
        #expect(
            answers.map(\.kind)
                == ["good", "undone", "good", "warn", "warn", "good", "bad", "undone", "warn"])
        #expect(answers[7].state == "received")
        #expect(answers.map(\.id) == (1...9).map { "entry-\(1_000 + $0)" })
        #expect(try bench.laboratory.box("B1", as: "technician")?.summary.received == 2)
    }

    @Test("WEB-7: what is no list of scans is refused whole")
    func faulty() async throws {
        let bench = try bench()
        let browser = try await bench.browser(.technician)
        let csrf = try #require(HTTPField.Name("X-CSRF-Token"))
        let token = try await browser.token()
        let many = (0..<51).map { #"{"id":"entry-\#(1000 + $0)","kind":"scan","code":"X"}"# }
        for body in [
            "", "{}", "[1]", #"{"entries":[{"id":"1","kind":"scan","code":"X"}]}"#,
            #"{"entries":[{"id":"entry-1","kind":"burn","code":"X"}]}"#,
            #"{"entries":[\#(many.joined(separator: ","))]}"#,
        ] {
            let seen = try await browser.ask(
                .post, "/scans", body: Array(body.utf8), type: "application/json",
                headers: [csrf: token])
            #expect(seen.status == 400, "\(body.prefix(60))")
        }
        let foreign = try await browser.ask(
            .post, "/scans", body: Array(#"{"entries":[]}"#.utf8), type: "application/json",
            headers: [csrf: token, .origin: "https://evil.example"])
        #expect(foreign.status == 403)
    }

    @Test("WEB-90: a box that was scanned and not closed is listed until its tubes are counted")
    func unclosed() async throws {
        let bench = try bench()
        let browser = try await bench.browser(.technician)
        func listed(_ query: String) async throws -> Bool {
            try await browser.get("/boxes" + query).body.contains(">B2<")
        }
        #expect(try await listed(""))
        #expect(try await !listed("?unclosed=1"))
        _ = try await send(
            [entry(1, WebBench.barcode(11), box: "B2"), entry(2, WebBench.barcode(12), box: "B2")],
            as: browser)
        #expect(try await !listed(""))
        #expect(try await listed("?unclosed=1"))
        #expect(try await browser.get("/reception").body.contains("href=\"/reception/B2\""))
        let fields = ["box": "B2", "key": "k", "back": "/reception/B2"]
        let refused = try await browser.post(
            "/boxes/close", fields.merging(["counted": "1"]) { $1 })
        #expect(refused.location == "/reception/B2")
        #expect(try await listed("?unclosed=1"))
        _ = try await browser.post(
            "/boxes/close", fields.merging(["counted": "2", "key": "l"]) { $1 })
        #expect(try await !listed("?unclosed=1"))
        #expect(try await browser.get("/boxes?all=1").body.contains("closed 10:00 by technician"))
    }
}
