import LabDomain
import LabOperations
import LabStore
import Testing

@testable import LabWeb

@Suite("The bench in the browser")
struct BenchPagesTests {
    @Test("PLATE-9: a well is taken out on its plate's page, and crossed out in the picture")
    func failWell() async throws {
        let bench = try WebBench()
        try bench.receive(4)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let wells = try bench.laboratory.worklist(of: plate, as: WebBench.technician).wells
        let well = try #require(wells.first { !$0.code.isEmpty })
        let browser = try await bench.browser(.technician)
        #expect(try await browser.get("/plates/\(plate)").body.contains("/fail-well"))
        let wrong = try await browser.post(
            "/plates/\(plate)/fail-well",
            [
                "key": "0", "well": "Z9", "reason": "clot", "back": "/plates/\(plate)",
            ])
        #expect(try await browser.get(wrong.location ?? "/").body.contains("A1 to P24"))
        let done = try await browser.post(
            "/plates/\(plate)/fail-well",
            ["key": "1", "well": well.well.description, "reason": "clot <b>"])
        #expect(done.location == "/plates/\(plate)")
        let page = try await browser.get("/plates/\(plate)").body
        #expect(page.contains("k-failed") && page.contains("clot &lt;b&gt;"))
        #expect(page.contains("the test of \(well.code) waits again"))
        let waiting = try bench.laboratory.waitingTests(
            onlyRetests: false, as: WebBench.technician)
        #expect(waiting.map(\.subject) == [well.code])
    }

    @Test("PLATE-10: a plate whose run failed has a button that lays it out again")
    func rerun() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1), ("1:1", 1)])
        let plate = try bench.test(isContaminated: true) { _ in RunBench.negative }
        let browser = try await bench.web.browser(.technician)
        #expect(try await browser.get("/plates/\(plate)").body.contains("/rerun"))
        let done = try await browser.post("/plates/\(plate)/rerun", ["key": "1"])
        let path = try #require(done.location)
        #expect(path.hasPrefix("/plates/") && path != "/plates/\(plate)")
        let page = try await browser.get(path).body
        #expect(page.contains("href=\"/plates/\(plate)\""))
        let old = try await browser.get("/plates/\(plate)").body
        #expect(old.contains("href=\"\(path)\"") && !old.contains("/rerun\""))
    }

    @Test("PLATE-8, PLATE-11: plates that were put together lead to each other; robots get files")
    func combined() async throws {
        let bench = try WebBench()
        try bench.receive(6)
        let plates = try (0..<2).map { _ in
            try bench.perform(LayOutPlate(kit: .first, most: 3)).plate
        }
        let whole = try bench.perform(CombinePlates(plates: plates)).plate
        for language in Language.allCases {
            let browser = try await bench.browser(.technician, language: language)
            let page = try await browser.get("/plates/\(whole)").body
            #expect(plates.allSatisfy { page.contains("href=\"/plates/\($0)\"") })
            let source = try await browser.get("/plates/\(plates[0])").body
            #expect(source.contains("href=\"/plates/\(whole)\"") && !source.contains("⟦"))
            #expect(!source.contains("/abandon\"") && !page.contains("⟦"))
            let gwl = try await browser.get("/plates/\(whole)/worklist.gwl").body
            #expect(gwl.hasPrefix("C;plate \(whole)"))
            let csv = try await browser.get("/plates/\(whole)/worklist.hamilton.csv").body
            #expect(csv.contains("\(plates[1])"))
            #expect(try await browser.get("/plates?all=1").body.contains("\(plates[0])"))
        }
    }

    /// A plate with one doubtful well out of three.
    private func doubtful(_ bench: RunBench) throws -> (PlateID, String) {
        try bench.receive([("1:1", 1), ("1:1", 1), ("1:1", 1)])
        let plate = try bench.layOut()
        let code = WebBench.barcode(2)
        let worklist = try bench.laboratory.worklist(of: plate, as: RunBench.technician)
        let readings = worklist.wells.flatMap { well in
            worklist.channels.map { channel in
                let isPositive = ControlKind(rawValue: well.content)?.isPositive == true
                let cq = channel == "IC" ? Cq(25) : isPositive ? Cq(30) : nil
                return Reading(
                    well: well.well, target: channel, cq: cq,
                    curve: well.code == code && channel == "N" ? .positive : nil)
            }
        }
        try bench.perform(ImportRun(ReadRun(plate: plate, readings: readings), file: [1]))
        let well = try #require(worklist.wells.first { $0.code == code }?.well)
        return (plate, well.description)
    }

    @Test(
        "LOOK-1, LOOK-3: a run's page lists its doubtful wells; another person decides about them")
    func looks() async throws {
        let bench = try RunBench()
        let (plate, well) = try doubtful(bench)
        let technician = try await bench.web.browser(.technician)
        let seen = try await technician.get("/runs/\(plate)").body
        #expect(seen.contains("the curve rises, and no Cq is given"))
        #expect(!seen.contains("/looks/\(well)/accept"))
        let refused = try await technician.post("/runs/\(plate)/looks/\(well)/accept", ["key": "1"])
        #expect(refused.status == 403)
        let supervisor = try await bench.web.browser(.supervisor)
        #expect(
            try await supervisor.get("/runs/\(plate)").body.contains("/looks/\(well)/accept"))
        let done = try await supervisor.post(
            "/runs/\(plate)/looks/\(well)/repeat", ["key": "2", "why": "no plateau"])
        #expect(done.location == "/runs/\(plate)")
        let chinese = try await bench.web.browser(.supervisor, language: .chinese)
        let page = try await chinese.get("/runs/\(plate)").body
        #expect(page.contains("重新检测：supervisor") && !page.contains("⟦"))
        #expect(!page.contains("/looks/\(well)/accept"))
        let waiting = try bench.laboratory.waitingTests(
            onlyRetests: true, as: RunBench.technician)
        #expect(waiting.map(\.subject) == [WebBench.barcode(2)])
    }
}
