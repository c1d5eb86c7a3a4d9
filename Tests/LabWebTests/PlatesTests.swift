import Foundation
import LabDomain
import LabOperations
import LabStore
import Testing

@testable import LabWeb

@Suite("Plates on the screen")
struct PlatesTests {
    @Test("WEB-30: the list says what waits for each kit, retests apart")
    func waiting() async throws {
        let bench = try WebBench()
        try bench.receive(7)
        let browser = try await bench.browser(.technician)
        let page = try await browser.get("/plates").body
        #expect(page.contains("7 first tests · 0 retests"))
        #expect(page.contains("/plates/new?kit=first"))
        #expect(!page.contains("/plates/new?kit=second"))
    }

    @Test("WEB-30: all parts of the list together are all plates, each once, newest first")
    func parts() throws {
        let bench = try WebBench()
        try bench.receive(7)
        var laidOut: [PlateID] = []
        for _ in 0..<7 {
            laidOut.append(try bench.perform(LayOutPlate(kit: .first, most: 1)).plate)
        }
        try bench.perform(AbandonPlate(plate: laidOut[3]))
        for onlyUnread in [true, false] {
            var seen: [PlateID] = []
            var after = ""
            repeat {
                let part = try bench.laboratory.store.read {
                    try $0.plates(onlyUnread: onlyUnread, after: after, size: 3)
                }
                seen += part.rows.map(\.id)
                after = part.next ?? ""
            } while !after.isEmpty
            // All were laid out in one moment: their codes decide.
            let expected = laidOut.filter { !onlyUnread || $0 != laidOut[3] }.sorted()
            #expect(seen == (onlyUnread ? expected : expected.reversed()))
        }
    }

    @Test("WEB-31: a form that is sent twice lays out one plate with what it showed")
    func once() async throws {
        let bench = try WebBench()
        try bench.receive(9)
        let browser = try await bench.browser(.technician)
        let page = try await browser.get("/plates/new?kit=first&format=96&most=5").body
        #expect(page.contains("5 single tubes"))
        var form = ["back": "/plates/new"]
        for name in ["key", "kit", "format", "most", "seenAt"] { form[name] = page.field(name) }
        let first = try await browser.post("/plates", form)
        let second = try await browser.post("/plates", form)
        #expect(first.location == second.location)
        let plate = try #require(first.location)
        #expect(try await browser.get(plate).body.occurrences(of: "k-single") == 6)
        #expect(try bench.laboratory.status(as: WebBench.technician).testsWaiting == 4)
    }

    @Test("WEB-33: who lays out second is told whose plate took what the page had shown")
    func meanwhile() async throws {
        let bench = try WebBench()
        try bench.receive(3)
        let browser = try await bench.browser(.technician)
        let page = try await browser.get("/plates/new").body
        let other = try bench.perform(
            LayOutPlate(kit: .first, most: 2), as: WebBench.supervisor)
        var form = ["back": "/plates/new"]
        for name in ["key", "kit", "format", "most", "seenAt"] { form[name] = page.field(name) }
        let seen = try await browser.post("/plates", form)
        let told = try await browser.get(try #require(seen.location)).body
        #expect(told.contains("Meanwhile supervisor laid out \(other.plate)"))
        #expect(told.contains("with 1 sample."))
        // Nothing is left for a third.
        form["key"] = "another"
        let refused = try await browser.post("/plates", form)
        #expect(refused.location == "/plates/new")
        #expect(try await browser.get("/plates/new").body.contains("Nothing waits for this kit."))
    }

    @Test("WEB-39: a lay-out is undone once, its tests wait again, and nothing is printed for it")
    func undone() async throws {
        let bench = try WebBench()
        try bench.receive(4)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let browser = try await bench.browser(.technician)
        let path = "/plates/\(plate)"
        #expect(try await browser.get(path).body.contains("data-ask=\"Undo the lay-out of"))
        try #expect(await browser.post(path + "/abandon", ["key": "1"]).location == path)
        let after = try await browser.get(path).body
        #expect(after.contains("4 tests wait again"))
        #expect(!after.contains(path + "/worklist") && !after.contains("data-ask"))
        for paper in ["/worklist", "/labels", "/labels.zpl"] {
            #expect(try await browser.get(path + paper).status == 409)
        }
        #expect(try bench.laboratory.status(as: WebBench.technician).testsWaiting == 4)
    }

    @Test("WEB-33: who undoes a lay-out second is told who did it before")
    func undoneBefore() async throws {
        let bench = try WebBench()
        try bench.receive(4)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let browser = try await bench.browser(.technician)
        try bench.perform(AbandonPlate(plate: plate), as: WebBench.supervisor)
        let seen = try await browser.post("/plates/\(plate)/abandon", ["key": "1"])
        let told = try await browser.get(try #require(seen.location)).body
        #expect(told.contains("The lay-out was not undone."))
        #expect(told.contains("supervisor undid this lay-out (10:00): its 4 tests wait"))
    }

    @Test("WEB-34: a worklist names every well, column by column, with the members of each pool")
    func worklist() async throws {
        let bench = try WebBench()
        try bench.receive(14)
        let tubes = (1...5).map(WebBench.barcode)
        try bench.perform(FormPools(.named([FormPools.Named(tubes: tubes)])))
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let browser = try await bench.browser(.technician)
        let page = try await browser.get("/plates/\(plate)/worklist").body
        for tube in (1...14).map(WebBench.barcode) { #expect(page.occurrences(of: tube) == 1) }
        let wells = page.matches(of: #/<th scope="row" class="code">([A-P]\d+)</#).map { $0.1 }
        #expect(
            wells.map(String.init)
                == (1...2).flatMap { column in
                    "ABCDEFGH".map { "\($0)\(column)" }
                })
        let members = try #require(
            page.firstMatch(of: #/members">(.*?)</td>/#.dotMatchesNewlines()).flatMap { _ in
                page.range(of: tubes.map { "<span>\($0)</span>" }.joined(separator: " "))
            })
        #expect(!members.isEmpty)
    }

    @Test("WEB-33: a plate that is read says who brought in its run, and shows its verdicts")
    func read() async throws {
        let bench = try WebBench()
        try bench.receive(5)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let found = WebBench.barcode(2)
        let file = try bench.run(plate) { $0 == found ? WebBench.positive : WebBench.negative }
        try bench.perform(ImportRun(file: file, plate: plate))
        let browser = try await bench.browser(.supervisor)
        let page = try await browser.get("/plates/\(plate)").body
        #expect(page.contains("technician brought in the run of this plate (10:00)."))
        #expect(page.contains("value=\"verdict\" checked"))
        #expect(page.occurrences(of: "data-verdict=\"+\"") == 1)
        #expect(page.occurrences(of: "data-verdict=\"−\"") == 4)
        let refused = try await browser.post("/plates/\(plate)/abandon", ["key": "1"])
        #expect(
            try await browser.get(try #require(refused.location)).body
                .contains("The lay-out was not undone."))
    }

    @Test("Both languages word every page of plates, and only who lays out plates sees them")
    func everyPage() async throws {
        let bench = try WebBench()
        try bench.receive(3)
        let plate = try bench.perform(LayOutPlate(kit: .first, most: 2)).plate
        let paths = [
            "/plates", "/plates?all=1", "/plates/new", "/plates/\(plate)",
            "/plates/\(plate)/worklist", "/plates/\(plate)/labels", "/labels", "/commands",
        ]
        for language in Language.allCases {
            let browser = try await bench.browser(.technician, language: language)
            for path in paths {
                let seen = try await browser.get(path)
                #expect(seen.status == 200 && !seen.body.contains("⟦"), "\(path)")
            }
            #expect(try await browser.get("/plates/PL0").status == 404)
        }
        for role in [Role.planner, .collector, .sendingUnit, .administrator] {
            let browser = try await bench.browser(role)
            for path in paths { #expect(try await browser.get(path).status == 403) }
        }
    }
}
