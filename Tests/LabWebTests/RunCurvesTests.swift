import LabDomain
import LabOperations
import LabStore
import Testing

@testable import LabWeb

@Suite("A run's file: looked at, drawn, decided, signed")
struct RunCurvesTests {
    private typealias Signal = RunBench.Signal

    private static let negative = [Signal(nil), Signal(nil), Signal(25)]
    private static let positive = [Signal(24), Signal(25), Signal(25)]
    /// The curve of N rises, and the instrument saw nothing.
    private static let missed = [Signal(24), Signal(nil, rises: 25), Signal(25)]

    /// A plate with a negative, a positive and a doubtful tube, and its file.
    private func plate(_ bench: RunBench) throws -> (PlateID, [UInt8]) {
        try bench.receive([("1:1", 1), ("1:1", 1), ("1:1", 1)])
        let plate = try bench.layOut()
        let file = try bench.rdml(plate) {
            switch $0 {
            case WebBench.barcode(1): Self.positive
            case WebBench.barcode(2): Self.missed
            default: Self.negative
            }
        }
        return (plate, file)
    }

    private func well(of number: Int, on plate: PlateID, _ bench: RunBench) throws -> String {
        let wells = try bench.laboratory.worklist(of: plate, as: RunBench.technician).wells
        return try #require(wells.first { $0.code == WebBench.barcode(number) }).well.description
    }

    @Test("WEB-83: a file is looked at first; nothing is stored, and it is imported from memory")
    func looking() async throws {
        let bench = try RunBench()
        let (plate, file) = try plate(bench)
        for language in Language.allCases {
            let browser = try await bench.web.browser(.technician, language: language)
            let seen = try await browser.upload(
                "/runs", file: file, fields: ["do": "look", "plate": plate.text])
            #expect(seen.status == 200)
            #expect(!seen.body.contains("⟦"))
            // What would be reported, and the well at which somebody must look.
            #expect(seen.body.contains(WebBench.barcode(3)))
            #expect(seen.body.contains("class=\"curve\"") && seen.body.contains("id=\"looks\""))
            #expect(try bench.laboratory.runCounts(as: RunBench.technician).unread == 1)
            #expect(try bench.laboratory.runReport(of: plate, as: RunBench.technician)?.run == nil)
        }
        let browser = try await bench.web.browser(.technician)
        let seen = try await browser.upload(
            "/runs", file: file, fields: ["do": "look", "plate": plate.text])
        let held = try #require(seen.body.firstMatch(of: #/name="held" value="([0-9a-f]+)"/#)?.1)
        // The file is held for whoever sent it, and for nobody else.
        let other = try await bench.web.browser(.supervisor)
        let form = ["held": String(held), "do": "import", "key": "k", "back": "/runs"]
        #expect(try await other.post("/runs", form).location == "/runs")
        #expect(try bench.laboratory.runCounts(as: RunBench.technician).unread == 1)
        let done = try await browser.post("/runs", form)
        #expect(done.location == "/runs/\(plate)")
        // Sent twice it is imported once, and answers the same.
        #expect(try await browser.post("/runs", form).location == "/runs/\(plate)")
        let page = try await browser.get("/runs/\(plate)").body
        #expect(page.contains("3 samples read"))
    }

    @Test("WEB-83: a look at a faulty file says what its import would say")
    func faultyLook() async throws {
        let bench = try RunBench()
        let (plate, _) = try plate(bench)
        let browser = try await bench.web.browser(.technician)
        let text = try bench.file(plate) { _ in RunBench.negative }
        let lines = text.split(separator: "\n").dropLast(1)
        let seen = try await browser.upload(
            "/runs", file: Array(lines.joined(separator: "\n").utf8), fields: ["do": "look"])
        #expect(seen.status == 422)
        #expect(seen.body.contains("nothing was stored"))
        let lost = try await browser.post("/runs", ["held": "00", "back": "/runs"])
        #expect(lost.location == "/runs")
        #expect(try await browser.get("/runs").body.contains("held no longer"))
    }

    @Test("WEB-83: contaminated controls are said before the import, with what it would lead to")
    func invalidLook() async throws {
        let bench = try RunBench()
        let (plate, _) = try plate(bench)
        let text = try bench.file(plate, isContaminated: true) { _ in RunBench.positive }
        let browser = try await bench.web.browser(.technician)
        let seen = try await browser.upload(
            "/runs", file: Array(text.utf8), fields: ["do": "look"])
        #expect(seen.body.contains("this run reports nobody"))
        #expect(seen.body.contains("a signal where none must be"))
        #expect(seen.body.contains("Nobody would be reported"))
    }

    @Test("WEB-84: the kept file's curves are drawn, three a well, with own and told Cq as numbers")
    func curves() async throws {
        let bench = try RunBench()
        let (plate, file) = try plate(bench)
        try bench.perform(ImportRun(file: file, plate: plate))
        let wells = try bench.laboratory.worklist(of: plate, as: RunBench.technician).wells
        for language in Language.allCases {
            let browser = try await bench.web.browser(.technician, language: language)
            let page = try await browser.get("/runs/\(plate)/curves").body
            #expect(!page.contains("⟦"))
            #expect(page.components(separatedBy: "<svg class=\"curve\"").count == wells.count + 1)
            // A trace for each channel of each well, and one in the legend.
            #expect(
                page.components(separatedBy: "class=\"trace ").count
                    == 3 * wells.count + 3 + 1)
            let only = try await browser.get("/runs/\(plate)/curves?show=looks").body
            #expect(only.components(separatedBy: "<svg class=\"curve\"").count == 2)
            let doubtful = try well(of: 2, on: plate, bench)
            #expect(only.contains(">\(doubtful)</b>"))
        }
        // The own Cq is where the curve was made to rise.
        let report = try #require(
            try bench.laboratory.runReport(of: plate, as: RunBench.technician))
        let doubtful = try well(of: 2, on: plate, bench)
        let own = report.readings.filter { $0.well.description == doubtful }
        let n = try #require(own.first { $0.target == report.channels[1] })
        #expect(n.cq == nil && abs((n.ownCq?.cycles ?? 0) - 25) < 0.5)
    }

    @Test("WEB-84: a run without curves says so, and shows its numbers")
    func noCurves() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1)])
        let plate = try bench.test { _ in RunBench.positive }
        let browser = try await bench.web.browser(.technician)
        let page = try await browser.get("/runs/\(plate)/curves").body
        #expect(page.contains("holds no amplification curves") && page.contains("24.00"))
        #expect(try await !browser.get("/runs/\(plate)").body.contains("/curves\""))
        let waiting = try await browser.get("/runs/made-up/curves")
        #expect(waiting.status == 404)
    }

    @Test("WEB-85: our own Cq may count; without a reason nothing is decided")
    func ownCounts() async throws {
        let bench = try RunBench()
        let (plate, file) = try plate(bench)
        try bench.perform(ImportRun(file: file, plate: plate))
        let place = try well(of: 2, on: plate, bench)
        let path = "/runs/\(plate)/looks/\(place)/own"
        let supervisor = try await bench.web.browser(.supervisor)
        let page = try await supervisor.get("/runs/\(plate)").body
        #expect(page.contains("formaction=\"\(path)\""))
        _ = try await supervisor.post(path, ["key": "1", "why": " ", "back": "/runs/\(plate)"])
        let refused = try await supervisor.get("/runs/\(plate)").body
        #expect(refused.contains("needs its reason") && refused.contains(path))
        _ = try await supervisor.post(
            path, ["key": "2", "why": "a clean <sigmoid>", "back": "/runs/\(plate)"])
        let done = try await supervisor.get("/runs/\(plate)").body
        #expect(done.contains("our own Cq counts: supervisor"))
        #expect(done.contains("a clean &lt;sigmoid&gt;") && !done.contains(path))
        let report = try #require(
            try bench.laboratory.runReport(of: plate, as: RunBench.technician))
        let sample = report.samples.first { $0.test.of.text == WebBench.barcode(2) }
        #expect(sample?.test.result.verdict == .detected)
    }

    @Test("WEB-86: without the right password a run is neither accepted nor refused")
    func signature() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1)])
        let plate = try bench.test { _ in RunBench.negative }
        let supervisor = try await bench.web.browser(.supervisor)
        for path in ["/runs/\(plate)/review", "/runs/\(plate)/refuse"] {
            for password in ["", "swab pool plate"] {
                _ = try await supervisor.post(
                    path, ["key": "k", "back": "/runs/\(plate)", "password": password])
                let page = try await supervisor.get("/runs/\(plate)").body
                #expect(page.contains("nothing was signed"))
                #expect(page.contains("waits for review"))
            }
        }
        _ = try await supervisor.post(
            "/runs/\(plate)/review",
            ["key": "k", "back": "/runs/\(plate)", "password": WebBench.password])
        #expect(try await supervisor.get("/runs/\(plate)").body.contains("may be released"))
    }
}
