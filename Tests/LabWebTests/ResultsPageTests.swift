import LabDomain
import LabOperations
import LabWeb
import Testing

@Suite("A sending unit's results")
struct ResultsPageTests {
    private static func row(of tube: String, in page: String) throws -> String {
        let parts = page.split(separator: "<tr>").map(String.init)
        return try #require(parts.first { $0.contains(">\(tube)<") })
    }

    @Test("WEB-124: an open tube says by when it is answered, an answered one gets a certificate")
    func expected() async throws {
        let bench = try RunBench()
        try bench.receive([("5:1", 3), ("1:1", 1)])
        let browser = try await bench.web.browser(.sendingUnit)
        var page = try await browser.get("/results?box=B1").body
        let (mixed, single) = (WebBench.barcode(1), WebBench.barcode(2))
        for tube in [mixed, single] {
            let row = try Self.row(of: tube, in: page)
            #expect(row.contains("by ") && !row.contains("/certificates"), "\(row)")
        }
        #expect(page.contains("0 of 2 tubes are settled; the others by"))
        // Once there is a forecast it stands before the limit, with its band.
        _ = try bench.web.site.forecast.present(at: bench.web.present)
        page = try await browser.get("/results?box=B1").body
        for tube in [mixed, single] {
            let row = try Self.row(of: tube, in: page)
            #expect(row.contains("80 %: ") && row.contains("by "), "\(row)")
        }
        #expect(page.contains("0 of 2 tubes are settled; the last of the others is expected at"))
        let plate = try bench.test { _ in RunBench.negative }
        try bench.review(plate)
        // Nothing is told before its release.
        #expect(try await !browser.get("/results?box=B1").body.contains("action=\"/certificates\""))
        try bench.perform(Release(.negatives), as: RunBench.supervisor)
        page = try await browser.get("/results?box=B1").body
        #expect(page.contains("All 2 tubes are settled."))
        #expect(try Self.row(of: single, in: page).contains("action=\"/certificates\""))
        #expect(try Self.row(of: mixed, in: page).contains("/certificates?tube=\(mixed)"))
        let made = try await browser.post(
            "/certificates", ["subject": single, "key": "certificate-1", "back": "/results"])
        let paper = try await browser.get(try #require(made.location))
        #expect(paper.status == 200 && paper.body.contains("certificate"))
        #expect(try await browser.get("/certificates?tube=\(mixed)").body.contains(mixed))
    }

    @Test("WEB-124: the results of a day come as a file and on paper, of one's own unit alone")
    func files() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1)])
        try bench.receive([("1:1", 1)], box: "B9", unit: "Unit 2", first: 91)
        let (own, other) = (WebBench.barcode(1), WebBench.barcode(91))
        let browser = try await bench.web.browser(.sendingUnit)
        for path in ["/feedback.csv?day=2021-08-03", "/feedback?day=2021-08-03"] {
            let seen = try await browser.get(path)
            #expect(seen.status == 200 && seen.body.contains(own) && !seen.body.contains(other))
        }
        let empty = try await browser.get("/feedback.csv?day=2021-08-01")
        #expect(empty.status == 303 && empty.location == "/results")
        #expect(
            try await browser.get("/results").body.contains("Nothing was collected on 2021-08-01"))
        #expect(try await browser.get("/feedback?day=yesterday").status == 409)
        let name = try await browser.get("/feedback.csv?day=2021-08-03").headers
        #expect(name[.contentDisposition]?.contains("results-2021-08-03.csv") == true)
        // Whoever works for the whole laboratory names the unit.
        let supervisor = try await bench.web.browser(.supervisor)
        let theirs = try await supervisor.get("/feedback.csv?day=2021-08-03&unit=Unit%202")
        #expect(theirs.body.contains(other) && !theirs.body.contains(own))
        #expect(try await supervisor.get("/feedback?day=2021-08-03").status == 409)
    }

    @Test("WEB-124: a tube whose people are called back says so and awaits nothing")
    func calledBack() async throws {
        let bench = try RunBench()
        try bench.receive([("5:1", 3), ("1:1", 1)])
        let mixed = WebBench.barcode(1)
        let plate = try bench.test { $0 == mixed ? RunBench.positive : RunBench.negative }
        try bench.review(plate)
        let page = try await bench.web.browser(.sendingUnit).get("/results?box=B1").body
        let row = try Self.row(of: mixed, in: page)
        #expect(row.contains("people are swabbed again") && !row.contains("by "), "\(row)")
        #expect(page.contains("1 of 2 tubes are settled; the others by"))
    }

    @Test("WEB-162: the newest stand first; a day, or what is unanswered, is asked for alone")
    func newest() async throws {
        let bench = try RunBench()
        try bench.receive(
            Array(repeating: ("1:1", 1), count: 60), box: "B2", first: 1, hoursAgo: 48)
        try bench.receive([("1:1", 1)], box: "B8", unit: "Unit 2", first: 91)
        try bench.receive(Array(repeating: ("1:1", 1), count: 3), box: "B1", first: 201)
        func tubes(_ open: Bool = false, on day: String? = nil) throws -> [String] {
            var (seen, after): ([String], String?) = ([], "")
            while let begin = after {
                let part = try bench.laboratory.newestResults(
                    isOpenAlone: open, on: day.flatMap { CalendarDay(text: $0) }, after: begin,
                    as: "sending-unit")
                seen += part.rows.map(\.tube.text)
                after = part.next
            }
            return seen
        }
        let (old, new) = ((1...60).map(WebBench.barcode), (201...203).map(WebBench.barcode))
        #expect(try tubes() == new.reversed() + old.reversed())
        #expect(try tubes(on: "2021-08-03") == new.reversed())
        #expect(try tubes(on: "2021-08-01") == old.reversed())
        #expect(try tubes(true).count == 63)
        let plate = try bench.test { _ in RunBench.negative }
        try bench.review(plate)
        try bench.perform(Release(.negatives), as: RunBench.supervisor)
        let open = try tubes(true)
        #expect(open.count < 63)
        let all = try bench.laboratory.results(
            box: nil, after: "", size: 100, as: "sending-unit"
        ).rows
        #expect(Set(open) == Set(all.filter { $0.outcome == nil }.map(\.tube.text)))
        let page = try await bench.web.browser(.sendingUnit).get("/results?day=2021-08-03").body
        #expect(page.contains(new[0]) && !page.contains(old[0]))
        #expect(try await bench.web.browser(.supervisor).get("/results").body.contains(new[0]))
    }

    @Test("WEB-161: a time of another year says its year")
    func years() async throws {
        let web = try WebBench(hours: 24 * 200)
        let bench = RunBench(web)
        try bench.receive([("1:1", 1)])
        let page = try await web.browser(.sendingUnit).get("/results").body
        #expect(page.contains("2021-08-03 10:00"))
        let soon = RunBench(try WebBench(hours: 48))
        try soon.receive([("1:1", 1)])
        let near = try await soon.web.browser(.sendingUnit).get("/results").body
        #expect(near.contains(">08-03 10:00<"))
    }

    @Test("WEB-50: the parts of a unit's results hold each tube once, box by box")
    func parts() async throws {
        let bench = try RunBench()
        // Boxes against the order of the barcodes, and others' tubes between them.
        try bench.receive(Array(repeating: ("1:1", 1), count: 70), box: "B2", first: 1)
        try bench.receive(
            Array(repeating: ("1:1", 1), count: 40), box: "B1", unit: "Unit 2", first: 101)
        try bench.receive(Array(repeating: ("1:1", 1), count: 70), box: "B1", first: 201)
        let expected = Array(201...270) + Array(1...70)
        var (seen, after): ([String], String?) = ([], "")
        while let begin = after {
            let part = try bench.laboratory.results(box: nil, after: begin, as: "sending-unit")
            seen += part.rows.map(\.tube.text)
            after = part.next
        }
        #expect(seen == expected.map(WebBench.barcode))
        let one = try bench.laboratory.results(box: "B1", after: "", as: "sending-unit")
        #expect(one.rows.map(\.tube.text) == (201...270).map(WebBench.barcode))
    }
}
