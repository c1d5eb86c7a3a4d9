import LabDomain
import LabOperations
import Testing

@testable import LabWeb

@Suite("Tracing")
struct TracePageTests {
    /// A received tube on a plate that is read.
    private static func bench() throws -> (WebBench, PlateID) {
        let bench = try WebBench(hours: 1)
        try bench.receive(2, box: "B1")
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let file = try bench.run(plate) { _ in WebBench.negative }
        try bench.perform(ImportRun(file: file, plate: plate))
        return (bench, plate)
    }

    @Test(
        "WEB-60: a tube's story is told in both languages, with its present state and its kin",
        arguments: Language.allCases)
    func tube(language: Language) async throws {
        let (bench, plate) = try Self.bench()
        let tube = WebBench.barcode(1)
        let page = try await bench.browser(.technician, language: language).get("/trace/\(tube)")
        #expect(page.status == 200)
        let isEnglish = language == .english
        let words =
            isEnglish
            ? [
                "received out of box B1", "answer: not-detected", "11 h 0 min left",
                "awaits review",
            ]
            : ["收样，样本箱 B1", "未检出", "剩余 11 小时 0 分钟", "待复核"]
        for word in words { #expect(page.body.contains(word), "\(word)") }
        for code in ["B1", plate.text] { #expect(page.body.contains("href=\"/trace/\(code)\"")) }
        #expect(!page.body.contains("⟦"))
        #expect(!page.body.contains("Person 1"), "people stand by their identifiers alone")
    }

    @Test("WEB-60: everything that belongs together leads to each other")
    func related() async throws {
        let (bench, _) = try Self.bench()
        let browser = try await bench.browser(.supervisor)
        var seen: Set<String> = []
        var waiting = ["/trace/" + WebBench.barcode(1)]
        while let path = waiting.popLast() {
            guard seen.insert(path).inserted else { continue }
            let page = try await browser.get(path)
            #expect(page.status == 200, "\(path)")
            waiting += page.body.matches(of: #/href="(/trace/[^"]+)"/#).map { String($0.1) }
        }
        // Two tubes with two people, their plate, box and manifest.
        #expect(seen.count == 7)
    }

    @Test(
        "WEB-60: a code does however it is typed",
        arguments: ["b1", " B1 ", "Ｂ１", "ｂ１"])
    func typed(code: String) async throws {
        let browser = try await Self.bench().0.browser(.technician)
        let answer = try await browser.get("/trace?code=" + Browser.encoded(code))
        #expect(answer.status == 303 && answer.location == "/trace/B1")
        let direct = try await browser.get("/trace/" + Browser.encoded(code))
        #expect(direct.status == 200)
    }

    @Test(
        "WEB-61: what names nothing is said clearly, and only a code is repeated",
        arguments: [
            ("SWT999", true), ("LP-1.2", true), ("<script>", false), ("Zhang Wei", false),
            ("张伟", false), ("110101199001011237", false), ("11010119900101123X", false),
            ("13800138000", false),
        ])
    func unknown(text: String, isShown: Bool) async throws {
        let browser = try await Self.bench().0.browser(.technician)
        var answer = try await browser.get("/trace?code=" + Browser.encoded(text))
        #expect((answer.status == 303) == isShown)
        if answer.status == 303 { answer = try await browser.get(answer.location ?? "") }
        #expect(answer.status == 404)
        #expect(answer.body.contains(text) == isShown)
        let direct = try await browser.get("/trace/" + Browser.encoded(text))
        #expect(direct.status == 404)
        #expect(direct.body.contains("strong>" + text) == false)
    }
}
