import LabDomain
import LabOperations
import LabStore
import Testing

@testable import LabWeb

@Suite("The outbox")
struct OutboxPagesTests {
    /// One message refused, one waiting, one held.
    private static func bench() throws -> (RunBench, refused: String, waiting: String) {
        let bench = try RunBench()
        try bench.adoptReceiver()
        try bench.release(tube: 1, box: "B1")
        try bench.send(over: RefusingReceiver())
        let refused = try #require(try bench.messages().first).id.text
        try bench.release(tube: 2, box: "B2")
        try bench.hold(tube: 3, box: "B3")
        let waiting = try #require(try bench.messages().first { $0.id.text != refused }).id.text
        return (bench, refused, waiting)
    }

    @Test(
        "WEB-142: messages stand by receiver and state, each count leads to what it counts",
        arguments: Language.allCases)
    func counts(language: Language) async throws {
        let (bench, refused, waiting) = try Self.bench()
        let browser = try await bench.web.browser(.supervisor, language: language)
        let page = try await browser.get("/outbox")
        #expect(page.status == 200 && !page.body.contains("⟦"))
        #expect(
            page.body.contains("/outbox/\(refused)") && page.body.contains("/outbox/\(waiting)"))
        #expect(page.body.contains("<a href=\"/outbox/rejects?receiver=cdc\">1</a>"))
        #expect(page.body.contains("<a href=\"/outbox/held?receiver=cdc\">1</a>"))
        for (query, isThere) in [
            ("state=rejected", (true, false)), ("state=made", (false, true)),
            ("receiver=cdc", (true, true)), ("receiver=cdc&state=rejected", (true, false)),
            ("receiver=nobody", (false, false)), ("state=accepted", (false, false)),
            ("tube=\(WebBench.barcode(1).lowercased())", (true, false)),
            ("tube=\(WebBench.barcode(1))&state=made", (false, false)), ("state=no", (true, true)),
        ] {
            let body = try await browser.get("/outbox?\(query)").body
            #expect(body.contains("/outbox/\(refused)\"") == isThere.0, "\(query)")
            #expect(body.contains("/outbox/\(waiting)\"") == isThere.1, "\(query)")
        }
    }

    @Test("WEB-142: the outbox is read part by part, each message once")
    func parts() async throws {
        let bench = try RunBench()
        try bench.adoptReceiver("one")
        try bench.adoptReceiver("two")
        for tube in 1...6 { try bench.release(tube: tube, box: "B\(tube)") }
        let view = bench.laboratory.store
        for filter in [
            OutboxFilter(), OutboxFilter(receiver: "two"), OutboxFilter(state: .made),
            OutboxFilter(receiver: "one", state: .made),
        ] {
            let whole = try view.read { try $0.messages(filter, limit: 100) }.map(\.id)
            #expect(whole.count == (filter.receiver == nil ? 12 : 6))
            var found: [MessageID] = []
            var after = ""
            repeat {
                let part = try view.read { try $0.messages(filter, after: after, size: 5) }
                found += part.rows.map(\.id)
                after = part.next ?? ""
            } while !after.isEmpty
            #expect(found == whole)
        }
    }

    @Test("WEB-143: a refused message shows the receiver's words and the field that they mean")
    func rejects() async throws {
        let (bench, refused, _) = try Self.bench()
        let page = try await bench.web.browser(.supervisor).get("/outbox/rejects").body
        #expect(page.contains("&lt;no&gt; such name") && page.contains("not taken"))
        #expect(page.contains("PID-5") && page.contains("person&#39;s name"))
        #expect(page.contains("action=\"/outbox/\(refused)/resend\""))
        let chinese = try await bench.web.browser(.supervisor, language: .chinese)
            .get("/outbox/rejects").body
        #expect(chinese.contains("姓名"))
        // Words of receivers may quote a value: technicians and planners do not read them.
        for role in [Role.technician, .planner] {
            let browser = try await bench.web.browser(role)
            #expect(try await browser.get("/outbox/rejects").status == 403)
            let message = try await browser.get("/outbox/\(refused)").body
            #expect(!message.contains("such name") && !message.contains("/resend"))
            #expect(try await !browser.get("/outbox").body.contains("/outbox/rejects"))
        }
    }

    @Test("WEB-143: a refused message is sent again, anew or as it is, and only once for a form")
    func resend() async throws {
        let (bench, refused, waiting) = try Self.bench()
        let browser = try await bench.web.browser(.supervisor)
        let path = "/outbox/\(refused)/resend"
        let form = ["key": "resend-1", "back": "/outbox/rejects", "as-it-is": "1"]
        for _ in 0..<2 {
            let answer = try await browser.post(path, form)
            #expect(answer.status == 303 && answer.location == "/outbox/rejects")
        }
        #expect(try await browser.get("/outbox/rejects").body.contains("\(refused) is sent again"))
        #expect(try bench.messages().first { $0.id.text == refused }?.state == .sent)
        _ = try await browser.post("/outbox/\(waiting)/resend", ["key": "resend-2"])
        #expect(try await browser.get("/outbox").body.contains("The message is not refused"))
        let technician = try await bench.web.browser(.technician)
        #expect(try await technician.post(path, form).status == 403)
    }

    @Test("WEB-143: what is held shows its reasons and is written once more when it is mended")
    func held() async throws {
        let (bench, _, _) = try Self.bench()
        let browser = try await bench.web.browser(.supervisor)
        let page = try await browser.get("/outbox/held").body
        #expect(page.contains(WebBench.barcode(3)) && page.contains("MSH-4"))
        _ = try await browser.post("/outbox/held", ["key": "held-1", "back": "/outbox/held"])
        let after = try await browser.get("/outbox/held").body
        #expect(after.contains("1 written, 0 still held.") && !after.contains(WebBench.barcode(3)))
        #expect(try bench.messages().count == 3)
        let technician = try await bench.web.browser(.technician)
        #expect(try await technician.post("/outbox/held", ["key": "held-2"]).status == 403)
    }

    @Test("WEB-144: a message shows its person to those alone who may see people, when they ask")
    func content() async throws {
        let (bench, refused, waiting) = try Self.bench()
        let browser = try await bench.web.browser(.supervisor)
        let plain = try await browser.get("/outbox/\(waiting)").body
        #expect(!plain.contains("Person 200") && plain.contains("?content=1"))
        let shown = try await browser.get("/outbox/\(waiting)?content=1").body
        #expect(shown.contains("Person 200") || shown.contains("200^Person"))
        #expect(shown.contains("MSH|") && shown.contains("\nPID|"))
        for role in [Role.technician, .planner, .administrator] {
            let other = try await bench.web.browser(role).get("/outbox/\(waiting)?content=1").body
            #expect(!other.contains("PID|") && !other.contains("content=1"), "\(role)")
        }
        #expect(try await browser.get("/outbox/NOSUCH").status == 404)
        let refusedPage = try await browser.get("/outbox/\(refused)").body
        #expect(refusedPage.contains("such name") && refusedPage.contains("/resend"))
    }

    @Test("WEB-142: the counts of messages are what the messages say, and the audit knows them")
    func sums() throws {
        let (bench, _, _) = try Self.bench()
        try bench.send(over: TakingReceiver())
        let counts = try bench.laboratory.store.read { try $0.messageCounts() }
        let states = Dictionary(grouping: try bench.messages(), by: \.state).mapValues(\.count)
        #expect(counts["cdc"]?.filter { $0.value > 0 } == states)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test(
        "WEB-147: a tube's story shows what receivers were told, and a message's number leads there"
    )
    func traced() async throws {
        let (bench, refused, _) = try Self.bench()
        let browser = try await bench.web.browser(.supervisor)
        let page = try await browser.get("/trace/\(WebBench.barcode(1))").body
        #expect(page.contains("Told to receivers") && page.contains("/outbox/\(refused)"))
        #expect(page.contains("title=\"Number in the chain of facts\">"))
        let found = try await browser.get("/trace?code=\(refused.lowercased())")
        #expect(found.status == 303 && found.location == "/outbox/\(refused)")
    }
}
