import Foundation
import HTTPTypes
import LabDomain
import LabOperations
import LabWeb
import Testing

@Suite("The page of a sampling desk")
struct DeskPagesTests {
    private static let desk = "0123456789abcdef0123456789abcdef"

    @Test("DESK-9: the worker answers for what it keeps, and all of that is there")
    func worker() async throws {
        let bench = try WebBench()
        let seen = try await Browser(bench.site).get("/desk/worker.js")
        #expect(seen.status == 200)
        #expect(seen.headers[.contentType] == "text/javascript; charset=utf-8")
        let scope = try #require(HTTPField.Name("Service-Worker-Allowed"))
        #expect(seen.headers[scope] == "/")
        let list = try #require(seen.body.firstMatch(of: #/^const files = (\[.*\]);/#)).1
        let files = try JSONDecoder().decode([String].self, from: Data(list.utf8))
        #expect(files.count > 8)
        for file in files {
            #expect(try await Browser(bench.site).get(file).status == 200, "\(file)")
        }
        // Every module that the page loads is among them.
        let page = try await bench.browser(.collector).get("/desk").body
        let scripts = page.matches(of: #/src="([^"]+)"/#).map { String($0.1) }
        #expect(Set(scripts).subtracting(files) == [])
        for file in files where file.hasSuffix(".js") {
            let code = try await Browser(bench.site).get(file).body
            for module in code.matches(of: #/from '\.\/([a-z-]+\.js)'/#) {
                #expect(files.contains { $0.hasSuffix("/\(module.1)") }, "\(module.1)")
            }
        }
    }

    @Test(
        "DESK-21: without a network any page says what waits, in the reader's language",
        arguments: [(Language.english, "No network"), (.chinese, "网络中断")])
    func withoutNetwork(language: Language, title: String) async throws {
        let bench = try WebBench()
        for browser in [
            try await bench.browser(.collector, language: language),
            Browser(bench.site, language: language),
        ] {
            let page = try await browser.get("/desk/offline")
            #expect(page.status == 200)
            #expect(page.body.contains("<h1>\(title)</h1>"))
            #expect(page.body.contains("href=\"/desk\"") && page.body.contains("id=\"waits\""))
            #expect(page.body.contains("deskOffline.waits") && !page.body.contains("⟦"))
        }
        let worker = try await Browser(bench.site).get("/desk/worker.js").body
        #expect(worker.contains("/desk-offline.js") && worker.contains("'/desk/offline'"))
    }

    @Test("DESK-8: a desk at a site names no other site, and greets with the laboratory's clock")
    func greeting() async throws {
        let bench = try WebBench()
        let collector = try await bench.browser(.collector)
        let page = try await collector.get("/desk").body
        #expect(page.contains("value=\"Gate\" maxlength=\"200\" autocomplete=\"off\" readonly"))
        let hello = try await collector.get("/desk/hello?desk=\(Self.desk)")
        #expect(hello.body.contains("\"now\":\(bench.present.milliseconds)"))
        #expect(hello.body.contains("\"sequence\":0"))
        #expect(try await collector.get("/desk/hello?desk=x").status == 400)
        let other = try await send(Self.bind(1, site: "Other gate"), to: collector)
        #expect(other.body.contains("stopped"))
        #expect(try await send(Self.bind(1), to: collector).body.contains("\"kind\":\"good\""))
        #expect(try await send(Self.bind(5), to: collector).body.contains("\"due\":2"))
    }

    @Test("DESK-10: a request that is no desk's changes nothing")
    func broken() async throws {
        let bench = try WebBench()
        let collector = try await bench.browser(.collector)
        let bodies = [
            "", "{}", "[]", #"{"desk":"x","sentAt":0,"entries":[]}"#,
            #"{"desk":"\#(Self.desk)","sentAt":0,"entries":[{"key":"12345678"}]}"#,
            #"{"desk":"\#(Self.desk)","sentAt":9223372036854775807,"entries":[]}"#,
            String(repeating: "[", count: 2_000),
        ]
        for body in bodies {
            let seen = try await post(body, to: collector)
            #expect(seen.status == 400, "\(body.prefix(60))")
        }
        let hello = try await collector.get("/desk/hello?desk=\(Self.desk)")
        #expect(hello.body.contains("\"sequence\":0"))
    }

    @Test("DESK-4: a held tube is settled on its page, once, by who may")
    func settling() async throws {
        let bench = try WebBench()
        let collector = try await bench.browser(.collector)
        _ = try await send(Self.bind(1), to: collector)
        let closing = #"""
            {"key":"key-0000002","sequence":2,"by":"collector","kind":"close","counted":2,
            "device":\#(bench.present.milliseconds),"tube":"\#(WebBench.barcode(1))",
            "reason":"group-ends"}
            """#
        #expect(try await send(closing, to: collector).body.contains("\"kind\":\"bad\""))
        let technician = try await bench.browser(.technician)
        let page = try await technician.get("/desk/tubes").body
        #expect(page.contains(WebBench.barcode(1)) && page.contains("counted other people"))
        let path = try #require(page.firstMatch(of: #/action="(\/desk\/tubes\/[^"]+)"/#)).1
        let form = ["decision": "register", "key": "k1", "back": "/desk/tubes", "note": "looked"]
        #expect(try await collector.post(String(path), form).status == 403)
        #expect(try await technician.post(String(path), form).status == 303)
        #expect(try await technician.get("/desk/tubes").body.contains("registered, 1 people"))
        #expect(try await technician.post(String(path), ["decision": "sing"]).status == 400)
    }

    @Test("DESK-11: somebody's number or a tube's code is no sending unit")
    func units() async throws {
        let bench = try WebBench()
        let collector = try await bench.browser(.collector)
        for unit in [
            try WebBench.document(7), "360222550103011", "School \(try WebBench.document(7))",
            WebBench.barcode(5),
        ] {
            let told = try await send(Self.bind(1, unit: unit), to: collector).body
            #expect(told.contains("stopped") && !told.contains(unit), "\(unit.count)")
        }
        let told = try await send(Self.bind(1, unit: "School 12"), to: collector)
        #expect(told.body.contains("\"kind\":\"good\""))
    }

    private static func bind(
        _ sequence: Int, site: String = "Gate", unit: String = "Unit 1"
    ) throws -> String {
        let now = 1_627_956_000_000
        return #"""
            {"key":"key-000000\#(sequence)","sequence":\#(sequence),"by":"collector",
            "device":\#(now),"kind":"bind","tube":"\#(WebBench.barcode(1))","ratio":10,
            "risk":"low","unit":"\#(unit)","site":"\#(site)","box":"",
            "person":{"name":"Somebody","number":"\#(try WebBench.document(sequence))"}}
            """#
    }

    private func send(_ entry: String, to browser: Browser) async throws -> Browser.Seen {
        try await post(
            #"{"desk":"\#(Self.desk)","sentAt":1627956000000,"entries":[\#(entry)]}"#, to: browser)
    }

    private func post(_ body: String, to browser: Browser) async throws -> Browser.Seen {
        let csrf = try #require(HTTPField.Name("X-CSRF-Token"))
        return try await browser.ask(
            .post, "/desk/entries", body: Array(body.utf8), type: "application/json",
            headers: [csrf: try await browser.token()])
    }
}
