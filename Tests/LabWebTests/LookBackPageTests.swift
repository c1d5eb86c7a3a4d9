import LabDomain
import LabOperations
import Testing

@testable import LabWeb

@Suite("Looking back")
struct LookBackPageTests {
    private static let period = "from=2021-08-02&to=2021-08-04"

    /// Two tubes of Unit 3 with results, one of Unit 2 without.
    private static func bench() throws -> RunBench {
        let bench = try RunBench()
        try bench.release(tube: 1, box: "B1")
        try bench.release(tube: 2, box: "B2")
        try bench.receive([("1:1", 1)], box: "B4", unit: "Unit 2", first: 31)
        return bench
    }

    @Test(
        "WEB-145: seven segments with their figures, the chosen one as picture, trend and list",
        arguments: Language.allCases)
    func page(language: Language) async throws {
        let bench = try Self.bench()
        let browser = try await bench.web.browser(.supervisor, language: language)
        let page = try await browser.get("/turnaround?\(Self.period)").body
        #expect(!page.contains("⟦"))
        let words = bench.web.site.words(in: language)
        for segment in TurnaroundSegment.allCases {
            #expect(page.contains(words.word("turnaround.segment", segment)))
        }
        #expect(page.contains("class=\"bar\"") && page.contains("Unit 3"))
        #expect(page.contains(WebBench.barcode(1)) && page.contains(WebBench.barcode(31)))
        // Nobody has validated the tube of Unit 2: it is missing, not zero.
        let unit = try await browser.get("/turnaround?\(Self.period)&group=Unit%202").body
        #expect(unit.contains(WebBench.barcode(31)) && !unit.contains(WebBench.barcode(1)))
        let row = #/Unit 2<\/a><\/th><td class="number">0<\/td><td class="number">1<\/td>/#
        #expect(unit.contains(row))
    }

    @Test("WEB-145: a period without tubes says so; what cannot be meant is told and mended")
    func periods() async throws {
        let browser = try await Self.bench().web.browser(.planner)
        let empty = try await browser.get("/turnaround?from=2021-07-01&to=2021-07-02").body
        #expect(empty.contains("No tube was received in this period."))
        for query in [
            "from=nonsense&to=2021-08-03", "from=2021-08-04&to=2021-08-02",
            "from=1900-01-01&to=2021-08-03", "hours=staffed&opens=20:00&closes=08:00",
        ] {
            let page = try await browser.get("/turnaround?\(query)")
            #expect(page.status == 200 && page.body.contains("could not be meant"), "\(query)")
        }
        let today = try await browser.get("/turnaround").body
        #expect(today.contains("3 tubes were received.") && !today.contains("could not be meant"))
    }

    @Test("WEB-145: what is asked survives the way through an address")
    func question() throws {
        let today = try #require(CalendarDay(text: "2021-08-03"))
        let query =
            "from=2021-08-01&to=2021-08-02&by=shift&segment=overall&hours=staffed"
            + "&opens=06:30&closes=22:00&group=day&skip=50"
        let asked = LookBackQuestion(Fields(urlEncoded: query), today: today)
        let path = asked.path.split(separator: "?")[1]
        #expect(LookBackQuestion(Fields(urlEncoded: String(path)), today: today) == asked)
        #expect(asked.split == .shift && asked.segment == .overall && asked.skipped == 50)
        #expect(asked.staffed == StaffedHours(opens: 390, closes: 1_320) && asked.isStaffed)
    }

    @Test("WEB-145: a picture has the bars, marks and table of its figures")
    func histogram() throws {
        let words = try Catalogue(.english)
        let figures = TurnaroundReport.Figures([0.5, 1.5, 1.6, 30], missing: 2)
        let picture = Histogram(figures, words: words)
        #expect(picture.bars.map(\.count).prefix(3) == [1, 2, 0] && picture.bars.last?.count == 1)
        #expect(picture.bars[1].height == Histogram.height)
        #expect(picture.bars.allSatisfy { $0.y + $0.height == Histogram.height })
        #expect(picture.median?.x == 31)
        let none = Histogram(TurnaroundReport.Figures([], missing: 0), words: words)
        #expect(none.median == nil && none.bars.allSatisfy { $0.height == 0 })
    }

    @Test("WEB-146: limits that were not kept stand with their causes, and ask for those that lack")
    func breaches() async throws {
        let bench = try WebBench(hours: 13)
        try bench.receive(3, box: "B1")
        let browser = try await bench.browser(.supervisor)
        let before = try await browser.get("/turnaround?\(Self.period)").body
        #expect(before.contains("Cause not told") && before.contains("1 h 0 min late"))
        #expect(before.contains("action=\"/board/causes\"") && before.contains("still open"))
        #expect(
            before.contains(
                "not closed: 1 breach is still open, 1 breach without cause, "
                    + "1 breach not acknowledged."))
        _ = try await browser.post(
            "/board/causes",
            [
                "box": "B1", "rule": "feedback", "cause": "staff-shortage", "note": "two ill",
                "back": "/turnaround?\(Self.period)", "key": "cause-1",
            ])
        let after = try await browser.get("/turnaround?\(Self.period)").body
        #expect(after.contains("two ill") && !after.contains("Cause not told"))
        #expect(after.contains("The report is not closed: 1 breach is still open."))
        let other = try await browser.get("/turnaround?from=2021-07-01&to=2021-07-02").body
        #expect(other.contains("Every limit of this period was kept."))
    }
}
