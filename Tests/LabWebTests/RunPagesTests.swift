import LabDomain
import LabOperations
import LabStore
import Testing

@testable import LabWeb

@Suite("Runs: imported, seen, judged")
struct RunPagesTests {
    @Test("WEB-40: a run is imported from a file, and its page is shown")
    func importing() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1), ("10:1", 3)])
        let plate = try bench.layOut()
        let browser = try await bench.web.browser(.technician)
        #expect(try await browser.get("/runs").body.contains(plate.text))
        let file = try bench.file(plate) { _ in RunBench.negative }
        let seen = try await browser.upload("/runs", file: Array(file.utf8), fields: ["key": "k"])
        #expect(seen.status == 303)
        #expect(seen.location == "/runs/\(plate)")
        let page = try await browser.get("/runs/\(plate)").body
        #expect(page.contains("waits for review") && page.contains(WebBench.barcode(1)))
        // Sent twice it is done once.
        let again = try await browser.upload("/runs", file: Array(file.utf8), fields: ["key": "k"])
        #expect(again.location == "/runs/\(plate)")
        #expect(try await browser.get("/runs?tab=review").body.contains(plate.text))
    }

    @Test("WEB-41: a faulty run is shown fault by fault with line and well; nothing is stored")
    func faults() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1), ("1:1", 1)])
        let plate = try bench.layOut()
        let browser = try await bench.web.browser(.technician)
        let lines = try bench.file(plate) { _ in RunBench.negative }.split(separator: "\n")
        let short = Array(
            (lines.dropLast(1) + ["\(plate),H12,N,30\n"]).joined(separator: "\n").utf8)
        let seen = try await browser.upload("/runs", file: short)
        #expect(seen.status == 422)
        #expect(seen.body.contains("nothing was stored"))
        #expect(
            seen.body.contains("<td class=\"number\">\(lines.count)</td><td class=\"code\">H12"))
        #expect(try bench.laboratory.runCounts(as: RunBench.technician).unread == 1)
    }

    @Test(
        "WEB-41: a file of another kind gets a word that names the kind",
        arguments: [
            ("", "The file is empty."), (" \r\n\t", "The file is empty."),
            ("PK\u{3}\u{4}rest", "archive"), ("%PDF-1.7", "PDF"), ("GIF89a", "picture"),
            ("p\0l\0a\0t\0e\0,\0", "UTF-16"),
        ])
    func foreign(content: String, word: String) async throws {
        let bench = try RunBench()
        let browser = try await bench.web.browser(.technician)
        let seen = try await browser.upload("/runs", file: Array(content.utf8))
        #expect(seen.status == 422)
        #expect(seen.body.contains(word))
    }

    @Test(
        "WEB-42: a run whose controls failed says loudly that it reports nobody, in both languages")
    func invalid() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1)])
        let plate = try bench.test(isContaminated: true) { _ in RunBench.positive }
        for (language, word) in [(Language.english, "Nobody is reported"), (.chinese, "不报告任何人")] {
            let browser = try await bench.web.browser(.supervisor, language: language)
            let page = try await browser.get("/runs/\(plate)").body
            #expect(page.contains(word))
            #expect(!page.contains("⟦") && !page.contains("/review\""))
            #expect(page.components(separatedBy: "class=\"number failed\"").count == 4)
        }
    }

    @Test("WEB-43: what disagrees stands ahead of all lists of the run's page")
    func disagreements() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1), ("1:1", 1)])
        let plate = try bench.test {
            $0 == WebBench.barcode(1) ? [25, nil, 25] : RunBench.negative
        }
        let page = try await bench.web.browser(.technician).get("/runs/\(plate)").body
        #expect(page.contains("1 disagreement") && page.contains("the targets disagree"))
    }

    @Test("WEB-44: only somebody else than who imported a run gets the buttons to judge it")
    func judging() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1), ("1:1", 1)])
        let plate = try bench.layOut()
        let file = Array(try bench.file(plate) { _ in RunBench.negative }.utf8)
        try bench.perform(ImportRun(file: file, plate: plate), as: RunBench.supervisor)
        let supervisor = try await bench.web.browser(.supervisor)
        let own = try await supervisor.get("/runs/\(plate)").body
        #expect(own.contains("You imported this run") && !own.contains("/review\""))
        // Asked all the same it is refused.
        _ = try await supervisor.post(
            "/runs/\(plate)/review", ["back": "/runs/\(plate)", "password": WebBench.password])
        #expect(try await supervisor.get("/runs/\(plate)").body.contains("waits for review"))
        let technician = try await bench.web.browser(.technician)
        let other = try await technician.get("/runs/\(plate)").body
        #expect(other.contains("A supervisor other than supervisor reviews it"))
        #expect(try await technician.post("/runs/\(plate)/review").status == 403)
    }

    @Test("WEB-44: a reviewed run tells what may be released, a refused one what waits again")
    func judged() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1), ("1:1", 1)])
        let first = try bench.test { _ in RunBench.negative }
        let supervisor = try await bench.web.browser(.supervisor)
        let form = ["back": "/runs/\(first)", "key": "one", "password": WebBench.password]
        #expect(try await supervisor.post("/runs/\(first)/review", form).status == 303)
        let page = try await supervisor.get("/runs/\(first)").body
        #expect(page.contains("2 answers may be released") && page.contains("accepted"))
        try bench.receive([("1:1", 1)], box: "B2", first: 9)
        let second = try bench.test { _ in RunBench.negative }
        _ = try await supervisor.post(
            "/runs/\(second)/refuse",
            ["back": "/runs", "key": "two", "password": WebBench.password])
        let refused = try await supervisor.get("/runs/\(second)").body
        #expect(refused.contains("1 test waits again") && refused.contains("This run was refused"))
        #expect(try await supervisor.get("/runs?tab=done").body.contains(second.text))
    }
}
