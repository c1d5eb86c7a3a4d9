import LabDomain
import LabOperations
import Testing

@testable import LabWeb

@Suite("The board")
struct BoardPageTests {
    /// A box whose clocks have run for so many hours when somebody looks.
    private static func bench(hours: Int) throws -> WebBench {
        let bench = try WebBench(hours: hours)
        try bench.receive(3, box: "B1")
        return bench
    }

    @Test(
        "WEB-55: the board has a row for a batch and none for a tube, in both languages",
        arguments: Language.allCases)
    func rows(language: Language) async throws {
        let bench = try Self.bench(hours: 11)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        for path in ["/board", "/board/rows"] {
            let page = try await bench.browser(.supervisor, language: language).get(path)
            #expect(page.status == 200)
            #expect(page.body.contains("id=\"b-B1-feedback\" class=\"soon\""))
            #expect(page.body.contains("id=\"p-\(plate)\" class=\"soon\""))
            #expect(page.body.contains("href=\"/reception/B1\""))
            #expect(page.body.contains(language == .english ? "1 h 0 min left" : "剩余 1 小时 0 分钟"))
            #expect(!page.body.contains(WebBench.barcode(1)))
            #expect(!page.body.contains("⟦"))
        }
    }

    @Test("WEB-55: a planner sees the board without ways to pages that are not theirs")
    func planner() async throws {
        let page = try await Self.bench(hours: 13).browser(.planner).get("/board").body
        #expect(page.contains("b-B1-feedback"))
        #expect(!page.contains("/reception/B1") && !page.contains("action=\"/board/causes\""))
    }

    @Test("WEB-56: the counts lead to the batches that they count")
    func counts() async throws {
        let browser = try await Self.bench(hours: 13).browser(.supervisor)
        for urgency in Urgency.allCases {
            let page = try await browser.get("/board?show=\(urgency.rawValue)").body
            #expect(page.contains("b-B1-feedback") == (urgency == .late))
        }
        #expect(try await browser.get("/board?show=nonsense").body.contains("b-B1-feedback"))
    }

    @Test("WEB-57: a breach asks for its cause in its row, and shows it once it is told")
    func cause() async throws {
        let browser = try await Self.bench(hours: 13).browser(.supervisor)
        let before = try await browser.get("/board").body
        #expect(before.contains("Cause?") && before.contains("30 min") == false)
        var form = [
            "box": "B1", "rule": "feedback", "cause": "instrument-fault",
            "note": "extractor <2>", "back": "/board?show=late", "key": "cause-key-1",
        ]
        let answer = try await browser.post("/board/causes", form)
        #expect(answer.status == 303 && answer.location == "/board?show=late")
        let after = try await browser.get("/board?show=late").body
        #expect(after.contains("an instrument stood still: extractor &lt;2&gt;"))
        #expect(!after.contains("Cause?"))
        form["key"] = "cause-key-2"
        form["cause"] = "other"
        form["note"] = ""
        _ = try await browser.post("/board/causes", form)
        #expect(try await browser.get("/board").body.contains("needs a note"))
        form["cause"] = "no-such-cause"
        #expect(try await browser.post("/board/causes", form).status == 400)
    }

    @Test("WEB-55: what is left is told in words")
    func left() throws {
        let words = try Catalogue(.english)
        #expect(words.left(.minutes(80)) == "1 h 20 min left")
        #expect(words.left(.minutes(-30)) == "30 min over")
        #expect(words.left(Span(milliseconds: -1)) == "0 min over")
        #expect(words.left(.hours(51)) == "2 d 3 h left")
        #expect(words.spared(.minutes(5)) == "5 min to spare")
        #expect(words.spared(.hours(-1)) == "1 h 0 min late")
    }
}
