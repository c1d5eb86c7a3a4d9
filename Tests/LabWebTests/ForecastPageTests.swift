import LabDomain
import LabOperations
import Testing

@testable import LabWeb

@Suite("The board's forecast")
struct ForecastPageTests {
    /// A box on a plate and a box that waits, when somebody looks so many hours later.
    private static func bench(hours: Int) async throws -> (WebBench, PlateID) {
        let bench = try WebBench(hours: hours)
        try bench.receive(3, box: "B1")
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        try bench.receive(2, from: 11, box: "B2")
        _ = try bench.site.forecast.present(at: bench.present)
        return (bench, plate)
    }

    /// What the page shows of the forecast.
    private static func section(of page: String) -> String? {
        page.firstMatch(of: #/<section id="forecast"[\s\S]*?<\/section>/#)
            .map { String($0.output) }
    }

    @Test(
        "WEB-140: each open group stands with finish, band, deadline, place, reason and move",
        arguments: Language.allCases)
    func rows(language: Language) async throws {
        let (bench, plate) = try await Self.bench(hours: 11)
        let browser = try await bench.browser(.supervisor, language: language)
        let page = try await browser.get("/board").body
        let forecast = try #require(
            page.firstMatch(of: #/<section id="forecast"[\s\S]*?<\/section>/#))
        let text = String(forecast.output)
        let isEnglish = language == .english
        #expect(text.contains("id=\"f-B2-"))
        #expect(text.contains("href=\"/reception/B2\""))
        #expect(text.contains("href=\"/plates/\(plate)\""))
        #expect(text.contains(isEnglish ? "▲</span> will breach" : "▲</span> 将超时"))
        #expect(text.contains(isEnglish ? "not on a plate" : "未排板"))
        #expect(text.contains(isEnglish ? "next for a plate" : "下一批排板"))
        #expect(text.contains("class=\"forecast-bar\""))
        #expect(text.matches(of: #/80 %/#).count >= 2)
        #expect(!page.contains("⟦") && !page.contains(WebBench.barcode(11)))
    }

    @Test("WEB-140: what will breach stands before what is on time, what is breached stands last")
    func order() {
        #expect(ForecastSection.order == [.willBreach, .atRisk, .onTime, .breached])
        #expect(Set(ForecastSection.order) == Set(TurnaroundBoard.Status.allCases))
        #expect(Set(ForecastSection.order.map(\.sign)).count == 4)
    }

    @Test("WEB-140: the counts lead to the groups that they count, whatever the clocks show")
    func counts() async throws {
        let (bench, _) = try await Self.bench(hours: 13)
        let browser = try await bench.browser(.supervisor)
        for status in TurnaroundBoard.Status.allCases {
            let path = "/board?forecast=\(status.rawValue)&show=late"
            let page = try await browser.get(path).body
            #expect(page.contains("id=\"f-B2-") == (status == .breached), "\(status)")
            #expect(page.contains("id=\"b-B2-feedback\""))
            #expect(
                page.contains("data-part=\"/board/rows?forecast=\(status.rawValue)&amp;show=late"))
        }
        #expect(try await browser.get("/board?forecast=no").body.contains("id=\"f-B2-"))
    }

    @Test(
        "WEB-190: what is late already is told at the head, each group says what helps or why not",
        arguments: Language.allCases)
    func late(language: Language) async throws {
        let isEnglish = language == .english
        func board(_ hours: Int) async throws -> String {
            let (bench, _) = try await Self.bench(hours: hours)
            let page = try await bench.browser(.supervisor, language: language).get("/board").body
            return try #require(Self.section(of: page))
        }
        let early = try await board(0)
        #expect(early.contains(isEnglish ? "nothing needed" : "无需措施"))
        #expect(!early.contains("href=\"#late\""))
        let late = try await board(13)
        let notice = try #require(late.range(of: "href=\"#late\""))
        #expect(late.contains(isEnglish ? "5 tubes are late already" : "5 支采样管已超时"))
        let heading = try #require(late.range(of: "<h3 id=\"late\">"))
        #expect(notice.lowerBound < heading.lowerBound && !late.contains("⟦"))
        #expect(late.contains(isEnglish ? "see to plate" : "检查超过常用时间的反应板"))
        #expect(late.contains(isEnglish ? " min earlier" : "提前 "))
    }

    @Test("WEB-140: a laboratory in which nothing is open says so")
    func nothing() async throws {
        let bench = try WebBench(hours: 0)
        _ = try bench.site.forecast.present(at: bench.present)
        let page = try await bench.browser(.planner).get("/board").body
        #expect(page.contains("No tube is open: nothing is due."))
    }

    @Test("WEB-141: one forecast serves everybody: pages read it, and nobody waits for it")
    func shared() async throws {
        let bench = try WebBench()
        try bench.receive(1)
        let browser = try await bench.browser(.supervisor)
        // Nobody has made one: the page says so at once.
        #expect(bench.site.forecast.last == nil)
        #expect(try await browser.get("/board").body.contains("forecast is being made"))
        let made = try bench.site.forecast.present(at: bench.present)
        #expect(Self.section(of: try await browser.get("/board").body) != nil)
        #expect(made.tubes == 1 && bench.site.forecast.change(made.fact) == made.fact + 1)
    }
}
