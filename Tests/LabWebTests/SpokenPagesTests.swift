import LabDomain
import LabOperations
import Testing

@testable import LabWeb

@Suite("What a page says before somebody has to ask")
struct SpokenPagesTests {
    @Test("WEB-68: the release says how many tests its answers still await, and where they are")
    func awaited() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1), ("1:1", 1)])
        let first = WebBench.barcode(1)
        try bench.review(
            try bench.test { $0 == first ? RunBench.positive : RunBench.negative })
        let supervisor = try await bench.web.browser(.supervisor)
        for path in ["/release", "/release?tab=held"] {
            let page = try await supervisor.get(path).body
            #expect(page.contains("1 positive awaits a plate with the second kit."), "\(path)")
            #expect(page.contains("<a href=\"/retests\">"))
            #expect(!page.contains("Nothing waits for something else"))
        }
        let plate = try bench.layOut(.second)
        let laidOut = try await supervisor.get("/release").body
        #expect(laidOut.contains("1 positive awaits the run of the second kit."))
        let text = try bench.file(plate) { _ in RunBench.positive }
        try bench.perform(ImportRun(file: Array(text.utf8), plate: plate))
        try bench.review(plate)
        let ready = try await supervisor.get("/release").body
        #expect(!ready.contains("second kit"))
        // The assay's own order, and what the first kit read.
        #expect(ready.contains("<td>E 25.00 · RdRp 24.00 · IC 25.00<br>"))
        #expect(ready.contains("first test: ORF1ab 25.00 · N 24.00 · IC 25.00"))
    }

    @Test("WEB-69: boxes to be delivered stand by deadline, with what is left of it")
    func deadlines() async throws {
        let bench = try RunBench()
        // The box that comes last by its name is received first.
        try bench.receive([("1:1", 1)], box: "B9", first: 1, hoursAgo: 3)
        try bench.receive([("1:1", 1)], box: "B1", first: 2, hoursAgo: 1)
        try bench.review(try bench.test { _ in RunBench.negative })
        try bench.perform(Release(.negatives), as: RunBench.supervisor)
        let rows = try bench.laboratory.undeliveredBoxes(after: "", as: RunBench.supervisor).rows
        #expect(rows.map(\.box.text) == ["B9", "B1"])
        let page = try await bench.web.browser(.supervisor).get("/release?tab=delivery").body
        #expect(page.contains("9 h 00 min to spare") && page.contains("11 h 00 min to spare"))
        let second = try bench.laboratory.undeliveredBoxes(
            after: "\(rows[0].dueAt?.milliseconds ?? 0) B9", as: RunBench.supervisor)
        #expect(second.rows.map(\.box.text) == ["B1"])
    }

    @Test("WEB-70: where too many of a class are positive the plan says so, and offers no scheme")
    func poolingOff() async throws {
        let own = try PoolBench(low: 12)
        let browser = try await own.bench.browser(.technician)
        let off = try await browser.get("/pools/plan?low=5").body
        #expect(off.contains("Pooling is off for the class low: 5 % are expected positive"))
        #expect(off.contains("No class can be pooled now"))
        #expect(off.contains("aria-disabled=\"true\"") && !off.contains("Or drag a tube"))
        #expect(off.contains("Planned with 5 % instead of 0.02 %"))
        let usual = try await browser.get("/pools/plan").body
        #expect(!usual.contains("Pooling is off") && !usual.contains("aria-disabled"))
    }

    @Test("WEB-71: a share that is no number is refused at its field, and not dropped")
    func badShare() async throws {
        let own = try PoolBench(low: 12)
        let browser = try await own.bench.browser(.technician)
        for text in ["abc", "101", "-1", "nan", "0%2C05"] {
            let seen = try await browser.get("/pools/plan?low=\(text)")
            #expect(seen.status == 422, "\(text)")
            #expect(seen.body.contains("No number from 0 to 100; it was not taken."), "\(text)")
        }
    }

    @Test("WEB-72: a clock of a shipped programme is named in the reader's language")
    func clocks() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1)])
        for path in ["/board", "/trace/\(WebBench.barcode(1))"] {
            let chinese = try await bench.web.browser(.supervisor, language: .chinese)
            let page = try await chinese.get(path).body
            #expect(page.contains("结果反馈") && !page.contains(">feedback<"), "\(path)")
        }
        #expect(try Sentences(.chinese).say(Wording.clock("night-shift")) == "night-shift")
    }

    @Test("WEB-73: who may not open a page keeps the frame and reads which roles may")
    func notAllowed() async throws {
        let bench = try WebBench()
        let seen = try await bench.browser(.technician).get("/staff")
        #expect(seen.status == 403)
        #expect(seen.body.contains("Roles that may: administrator."))
        #expect(seen.body.contains("<nav") && seen.body.contains("technician"))
        let stale = try await bench.browser(.technician).post("/plates", ["csrf": "old"])
        #expect(stale.status == 403)
        #expect(stale.body.contains("does not belong to your present sign-in"))
        #expect(!stale.body.contains("Roles that may"))
    }

    @Test("WEB-74: a file that was given to the wrong page is told by what it is")
    func wrongPage() async throws {
        let bench = try RunBench()
        let technician = try await bench.web.browser(.technician)
        let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0]
        let check = ["action": "check"]
        let image = try await technician.upload("/manifests", file: picture, fields: check)
        #expect(image.body.contains("This is a picture, not a table."))
        let run = try await technician.upload(
            "/manifests", file: Array("plate,well,target,cq\nPL1,A1,N,30\n".utf8), fields: check)
        #expect(run.body.contains("This is a run") && run.body.contains("href=\"/runs\""))
        let manifest = try await technician.upload("/runs", file: Laboratory.manifestTemplate)
        #expect(manifest.body.contains("This is a manifest, not a run"))
        #expect(TableKind(Array("采样管条码,送检单位\n1,2\n".utf8)) != .run)
    }

    @Test("WEB-75: a manifest that is handed in again is known, and a new unit is asked about")
    func manifestAgain() async throws {
        let bench = try RunBench()
        let technician = try await bench.web.browser(.technician)
        func file(_ number: Int, unit: String) throws -> [UInt8] {
            let heading = "tube,kind,unit,site,box,collected_at,risk,name,document_number,telephone"
            let line = [
                WebBench.barcode(number), "1:1", unit, "Gate", "B\(number)",
                Zone.china.text(bench.web.now), "low", "Somebody",
                try WebBench.document(number), "10210000001",
            ]
            return Array("\(heading),address,place\n\(line.joined(separator: ",")),Home,\n".utf8)
        }
        let first = try file(1, unit: "Unit 1")
        try bench.perform(RegisterManifest(file: first, mode: .allOrNothing))
        let check = ["action": "check"]
        let again = try await technician.upload("/manifests", file: first, fields: check).body
        #expect(again.contains("already: 1 tubes with 1 people, registered by technician"))
        #expect(!again.contains("registered already") && !again.contains("never named before"))
        let other = try await technician.upload(
            "/manifests", file: try file(2, unit: "Unit l"), fields: check
        ).body
        #expect(other.contains("One sending unit was never named before, first in line 2"))
        #expect(other.contains("Nothing is wrong"))
    }

    @Test("WEB-76: after a review the next run that waits is one step away")
    func nextRun() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1)])
        let first = try bench.test { _ in RunBench.negative }
        try bench.receive([("1:1", 1)], box: "B2", first: 7)
        let second = try bench.test { _ in RunBench.negative }
        let supervisor = try await bench.web.browser(.supervisor)
        #expect(try await !supervisor.get("/runs/\(first)").body.contains("Next run"))
        try bench.review(first)
        let page = try await supervisor.get("/runs/\(first)").body
        #expect(page.contains("Next run") && page.contains("href=\"/runs/\(second)\""))
        let technician = try await bench.web.browser(.technician)
        #expect(try await !technician.get("/runs/\(first)").body.contains("Next run"))
        let own = try await technician.get("/runs/\(second)").body
        #expect(own.contains("You imported this run; a supervisor reviews it."))
    }

    @Test("WEB-77: a control's well shows its kind and whether it held, on plate and run alike")
    func controls() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1)])
        let plate = try bench.test { _ in RunBench.negative }
        let supervisor = try await bench.web.browser(.supervisor)
        for path in ["/plates/\(plate)", "/runs/\(plate)"] {
            #expect(try await supervisor.get(path).body.contains("data-verdict=\"N−✓\""), "\(path)")
        }
    }

    @Test("WEB-78: the plates page says how many single tubes may be pooled before")
    func pooledFirst() async throws {
        let own = try PoolBench(low: 5)
        let page = try await own.bench.browser(.technician).get("/plates").body
        #expect(page.contains("5 of them are single tubes that may be pooled first"))
        #expect(page.contains("<a href=\"/pools/plan\">"))
    }
}
