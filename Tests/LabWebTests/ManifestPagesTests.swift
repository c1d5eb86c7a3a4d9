import Foundation
import HTTPTypes
import LabDomain
import LabOperations
import Testing

@testable import LabWeb

@Suite("Manifests in the browser")
struct ManifestPagesTests {
    /// A form with a file, as a browser sends it.
    private func send(
        _ file: [UInt8], action: String, as browser: Browser
    ) async throws -> Browser.Seen {
        var body: [UInt8] = []
        for (name, value) in [("csrf", try await browser.token()), ("action", action)] {
            body += Array(
                "--x\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        body += Array(
            ("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\n").utf8)
        body += file + Array("\r\n--x--\r\n".utf8)
        return try await browser.ask(
            .post, "/manifests", body: body, type: "multipart/form-data; boundary=x")
    }

    private func received(_ bench: WebBench) throws -> Int {
        try bench.laboratory.status(as: "technician").tubesExpected
    }

    @Test("WEB-8: a faulty manifest is shown in place, in both languages, and nothing is stored")
    func faulty() async throws {
        let bench = try WebBench()
        let lines = String(decoding: try bench.manifest(3, from: 1, box: "B1"), as: UTF8.self)
        let file = Array(lines.replacing(",low,", with: ",lowish,").utf8)
        for (language, words) in [
            (Language.english, "the risk class is not known"), (.chinese, "风险"),
        ] {
            let browser = try await bench.browser(.technician, language: language)
            for action in ["check", "register", "good"] {
                let seen = try await send(file, action: action, as: browser)
                #expect(seen.status == 200)
                #expect(seen.body.contains(words) && seen.body.contains("lowish"))
                #expect(seen.body.contains("class=\"faulty\""))
            }
            let rejects = try await send(file, action: "faulty", as: browser)
            #expect(rejects.headers[.contentDisposition]?.contains("attachment") == true)
            #expect(rejects.body.contains(words))
        }
        #expect(try received(bench) == 0)
    }

    @Test("WEB-8: a manifest is registered once, however often it is sent; a check stores nothing")
    func once() async throws {
        let bench = try WebBench()
        let browser = try await bench.browser(.technician)
        let file = try bench.manifest(3, from: 1, box: "B1")
        #expect(try await send(file, action: "check", as: browser).status == 200)
        #expect(try received(bench) == 0)
        for words in ["is registered: 3 tubes", "registered before"] {
            #expect(try await send(file, action: "register", as: browser).status == 303)
            #expect(try await browser.get("/manifests").body.contains(words))
            #expect(try received(bench) == 3)
        }
        #expect(try await send(file, action: "burn", as: browser).status == 400)
        let none = try await send([], action: "register", as: browser)
        #expect(none.status == 200 && none.body.contains("class=\"flash refused\""))
    }

    @Test("WEB-10: a sending unit registers its own tubes alone and sees its own manifests alone")
    func scopes() async throws {
        let bench = try WebBench()
        let unit = try await bench.browser(.sendingUnit)
        let foreign = try bench.manifest(2, from: 1, box: "B1")
        let own = Array(
            String(decoding: try bench.manifest(2, from: 5, box: "B2"), as: UTF8.self)
                .replacing(",Unit,", with: ",Unit 1,").utf8)
        let refused = try await send(foreign, action: "register", as: unit)
        #expect(refused.status == 200 && refused.body.contains("class=\"faulty\""))
        #expect(try await send(own, action: "register", as: unit).status == 303)
        let technician = try await bench.browser(.technician)
        #expect(try await send(foreign, action: "register", as: technician).status == 303)
        #expect(try await unit.get("/manifests").body.contains("sending-unit"))
        #expect(try await !unit.get("/manifests").body.contains("<td>technician</td>"))
        #expect(try await technician.get("/manifests").body.contains("sending-unit"))
        let boxes = try await unit.get("/boxes?all=1").body
        #expect(boxes.contains("B2") && !boxes.contains("B1"))
        #expect(try await unit.get("/reception/B1").status == 403)
        #expect(try await unit.get("/reception/B2").status == 403)
    }
}
