import LabDomain
import LabOperations
import LabStore
import Testing

@testable import LabWeb

@Suite("Control charts and assays")
struct ControlPagesTests {
    /// A laboratory in which so many plates were read, the weak positive control at some cycles.
    private func bench(_ cycles: [Double]) throws -> RunBench {
        let bench = try RunBench()
        for (number, cycle) in cycles.enumerated() {
            let ago = cycles.count - number
            try bench.receive(
                [("1:1", 1)], box: "B\(number)", first: number + 1, hoursAgo: ago)
            let plate = try bench.perform(LayOutPlate(kit: .first), hoursAgo: ago).plate
            let text = try bench.file(plate) { _ in RunBench.negative }
                .replacing(",30.0\n", with: ",\(cycle)\n")
            try bench.perform(ImportRun(file: Array(text.utf8), plate: plate), hoursAgo: ago)
        }
        return bench
    }

    /// Twenty readings about 30 with a standard deviation of nearly a fifth, and one far off.
    private static let cycles =
        (0..<20).map { 30 + [-0.2, 0.1, 0.2, -0.1][$0 % 4] } + [30.0, 31.5]

    @Test("WEB-87: a control beyond three standard deviations is marked, with its run, in words")
    func charts() async throws {
        let bench = try bench(Self.cycles)
        for language in Language.allCases {
            let browser = try await bench.web.browser(.supervisor, language: language)
            let page = try await browser.get("/controls").body
            #expect(!page.contains("⟦"))
            #expect(page.contains("class=\"sign-rejects\"") && page.contains("1-3s"))
            #expect(page.contains("class=\"sign-makes\"") && page.contains("class=\"sign-good\""))
            // Seven lines on each of the charts with limits.
            let charts = page.components(separatedBy: "<svg class=\"levey\"").count - 1
            #expect(charts > 0)
            #expect(page.components(separatedBy: "class=\"line s0\"").count - 1 == charts)
            #expect(page.components(separatedBy: "class=\"line s3\"").count - 1 == 2 * charts)
        }
    }

    @Test("WEB-87: charts are chosen by target and control; what is none of them shows none")
    func filters() async throws {
        let bench = try bench(Array(Self.cycles.prefix(2)))
        let browser = try await bench.web.browser(.technician)
        let all = try await browser.get("/controls").body
        let some = try await browser.get("/controls?target=N&control=weak-positive").body
        func charts(_ page: String) -> Int {
            page.components(separatedBy: "<svg class=\"levey\"").count - 1
        }
        #expect(charts(all) > charts(some) && charts(some) >= 1)
        #expect(some.contains("<option value=\"N\" selected>"))
        // Too few readings make no limits, and the page says so.
        #expect(some.contains("No limits before 20"))
        let none = try await browser.get("/controls?lot=%3Ci%3E").body
        #expect(charts(none) == 0 && !none.contains("<i>"))
    }

    @Test("WEB-87: a reading is placed by its deviation, and never outside the chart")
    func places() throws {
        let run = RunID("RN")
        let series = ControlSeries(
            assay: "a", kit: .first, target: "N", control: .weakPositive)
        let values: [Double?] = [30, 31, 29, 30, 90, nil]
        let readings = values.enumerated().map { number, cq in
            ControlReading(
                run: number == 0 ? run : RunID("RN\(number)"), plate: PlateID("P"),
                readAt: Timestamp(milliseconds: Int64(number)), state: "valid", series: series,
                well: WellPosition(row: 0, column: 0), cq: cq.flatMap(Cq.init))
        }
        let chart = try #require(
            ControlChart.charts(
                of: readings, set: { _ in ControlLimits(mean: 30, deviation: 0.5) }
            ).first)
        let picture = ControlPicture(chart, chart.points[...], label: "")
        #expect(picture.lines.map(\.text).first == "+3s 31.50")
        #expect(picture.lines.map(\.y) == picture.lines.map(\.y).sorted())
        let mean = try #require(picture.lines.first { $0.style == "s0" }?.y)
        #expect(picture.joint.hasPrefix("M72 \(mean)L86 45L100 115L114 \(mean)L128 10"))
        #expect(
            picture.signs.map(\.style) == ["good", "good", "good", "good", "rejects", "silent"])
        #expect(picture.signs.first?.told == "P A1 · Cq 30.00 · +0.0 s")
        #expect(picture.signs.last?.told == "P A1 · Cq –")
        #expect(picture.signs.dropLast().last?.told.contains("1-3s") == true)
    }

    @Test("WEB-88: everybody of the laboratory reads an assay; an administrator changes it")
    func assays() async throws {
        let bench = try RunBench()
        for language in Language.allCases {
            let reader = try await bench.web.browser(.technician, language: language)
            for path in ["/assays", "/assays/first", "/assays/ready/cdc-2019-ncov"] {
                let page = try await reader.get(path)
                #expect(page.status == 200 && !page.body.contains("⟦"), "\(path)")
                #expect(!page.body.contains("<textarea"))
            }
        }
        let reader = try await bench.web.browser(.technician)
        #expect(try await reader.post("/assays/first", ["text": "x"]).status == 403)
        #expect(try await reader.get("/assays/third").status == 404)
        #expect(try await reader.get("/assays/ready/none").status == 404)
    }

    @Test("WEB-88: a faulty text comes back with each fault's line; nothing is changed")
    func faultyAssay() async throws {
        let bench = try RunBench()
        let browser = try await bench.web.browser(.administrator)
        let sheet = try #require(
            try bench.laboratory.assaySheets(as: "administrator").first { $0.kit == .first })
        let text = sheet.text.replacing("positive_at_most: 37", with: "positive_at_most: soon")
        for action in ["check", "adopt"] {
            let seen = try await browser.post(
                "/assays/first",
                ["text": text.replacing("\n", with: "\r\n"), "do": action, "seen": sheet.digest])
            #expect(seen.status == 422)
            #expect(seen.body.contains("targets[1].positive_at_most"))
            #expect(seen.body.contains("positive_at_most: soon"))
        }
        let same = try bench.laboratory.assaySheets(as: "administrator").first?.text
        #expect(same == sheet.text)
    }

    @Test("WEB-88: a sound text is checked first and put into force then, from this page alone")
    func adoptedAssay() async throws {
        let bench = try RunBench()
        let browser = try await bench.web.browser(.administrator)
        let sheet = try #require(
            try bench.laboratory.assaySheets(as: "administrator").first { $0.kit == .first })
        let text = sheet.text.replacing("grey_at_most: 40", with: "grey_at_most: 39")
        let form = ["text": text, "seen": sheet.digest, "key": "k", "back": "/assays/first"]
        let checked = try await browser.post(
            "/assays/first", form.merging(["do": "check"]) { $1 })
        #expect(checked.status == 200 && checked.body.contains("The text is sound"))
        #expect(checked.body.contains("≤ 39.00"))
        #expect(
            try bench.laboratory.assaySheets(as: "administrator").first?.digest == sheet.digest)
        let adopt = form.merging(["do": "adopt"]) { $1 }
        #expect(try await browser.post("/assays/first", adopt).location == "/assays/first")
        let page = try await browser.get("/assays/first").body
        #expect(page.contains("From now on wells are read by") && page.contains("≤ 39.00"))
        // Made from a text that is no more in force, a change is refused.
        let late = ["text": sheet.text, "seen": sheet.digest, "do": "adopt", "key": "l"]
        let refused = try await browser.post("/assays/first", late)
        #expect(refused.status == 422 && refused.body.contains("in the meantime"))
    }
}
