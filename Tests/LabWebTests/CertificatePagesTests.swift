import LabDomain
import LabOperations
import LabProgramme
import Testing

@testable import LabWeb

@Suite("Certificates in the browser")
struct CertificatePagesTests {
    private func released() throws -> RunBench {
        let bench = try RunBench(isRepeatable: true)
        try bench.receive([("5:1", 3), ("1:1", 1)])
        try bench.review(try bench.test { _ in RunBench.negative })
        try bench.perform(Release(.negatives), as: RunBench.supervisor)
        return bench
    }

    @Test("WEB-80: a certificate is made by a form and printed from its own address")
    func printed() async throws {
        let bench = try released()
        let browser = try await bench.web.browser(.supervisor, language: .english)
        let made = try await browser.post("/certificates", ["subject": WebBench.barcode(2)])
        let path = try #require(made.location)
        #expect(path.hasPrefix("/certificates/"))
        let page = try await browser.get(path)
        #expect(page.status == 200 && page.body.contains("Not detected (negative)"))
        #expect(page.body.contains(path.dropFirst("/certificates/".count)))
        #expect(try await browser.get("/certificates/0000-0000-0000-0000-0").status == 404)
        let mixed = try await browser.post(
            "/certificates", ["subject": WebBench.barcode(1), "back": "/certificates"])
        #expect(mixed.location == "/certificates")
        #expect(try await browser.get("/certificates").body.contains("The tube is of 3 people."))
    }

    @Test("WEB-81: anybody checks a certificate, and reads nobody's name")
    func checked() async throws {
        let bench = try released()
        let issued = try bench.perform(
            IssueCertificate(WebBench.barcode(2)), as: RunBench.supervisor)
        let stranger = Browser(bench.web.site)
        func check(_ fields: [String: String]) async throws -> String {
            try await stranger.post("/check", fields).body
        }
        #expect(try await stranger.get("/check").status == 200)
        let code = issued.code.description
        #expect(try await check(["code": code]).contains("The certificate is valid."))
        let name = try bench.laboratory.certificate(issued.code, as: RunBench.supervisor)
            .report.person.details.name
        let fits = try await check([
            "code": code, "name": name, "digits": String(try WebBench.document(103).suffix(4)),
        ])
        #expect(fits.contains("valid, and what you typed fits."))
        let other = try await check(["code": code, "name": "Somebody", "digits": "0000"])
        #expect(other.contains("do not fit") && !other.contains(name))
        let unknown = CertificateCode([UInt8](0..<10)).description
        #expect(try await check(["code": unknown]).contains("gave out no certificate"))
    }

    @Test("WEB-160: each field is compared by itself, and another's certificate says so first")
    func compared() async throws {
        let bench = try released()
        let issued = try bench.perform(
            IssueCertificate(WebBench.barcode(2)), as: RunBench.supervisor)
        let stranger = Browser(bench.web.site)
        let (code, digits) = (issued.code.description, try WebBench.document(103).suffix(4))
        func headline(_ fields: [String: String]) async throws -> (String, String) {
            let page = try await stranger.post("/check", fields).body
            let match = try #require(
                page.firstMatch(of: #/class="flash (done|refused) check"[^§]*?<strong>([^<]*)/#))
            return (String(match.1), page)
        }
        var (kind, page) = try await headline(["code": code])
        #expect(kind == "done" && page.contains("Not compared with a person"))
        for wrong in [
            ["name": "Somebody"], ["digits": digits == "0000" ? "1111" : "0000"],
            ["name": "Somebody", "digits": String(digits)],
        ] {
            (kind, page) = try await headline(wrong.merging(["code": code]) { $1 })
            #expect(kind == "refused" && page.contains("another person&#39;s"), "\(wrong.keys)")
            #expect(
                page.contains("code itself is genuine") && !page.contains("certificate is valid"))
        }
        (kind, page) = try await headline(["code": code, "digits": String(digits)])
        #expect(kind == "done" && page.contains("name was not compared"))
        #expect(page.contains("last four characters fit."))
        (kind, page) = try await headline(["code": code.dropLast() + "!"])
        #expect(kind == "refused" && page.contains("typing errors"))
    }

    @Test("WEB-160: the square's link leads to the check, and the door leads there too")
    func linked() async throws {
        let bench = try released()
        try bench.perform(
            AdoptSettings(
                text: try ShippedRules.laboratory.text()
                    + "web_address: https://lab.example.org\n"),
            as: Role.administrator.rawValue)
        let issued = try bench.perform(
            IssueCertificate(WebBench.barcode(2)), as: RunBench.supervisor)
        let paper = try await bench.web.browser(.supervisor).get("/certificates/\(issued.code)")
        #expect(paper.body.contains("https://lab.example.org/check"))
        let stranger = Browser(bench.web.site)
        let seen = try await stranger.get("/check/\(issued.code.text)")
        #expect(seen.status == 200 && seen.body.contains("The certificate is valid."))
        #expect(seen.body.contains("value=\"\(issued.code.text)\""))
        #expect(try await stranger.get("/check/none").body.contains("typing errors"))
        #expect(try await stranger.get("/sign-in").body.contains("href=\"/check\""))
    }

    @Test("WEB-164: whoever may see a mixed tube chooses one of its people by name")
    func chosen() async throws {
        let bench = try released()
        let tube = WebBench.barcode(1)
        let unit = try await bench.web.browser(.sendingUnit)
        let page = try await unit.get("/certificates?tube=\(tube)").body
        let people = page.matches(of: #/name="person" value="([^"]+)"/#).map { String($0.1) }
        #expect(Set(people).count == 3)
        #expect(try !page.contains(WebBench.document(100)))
        let made = try await unit.post(
            "/certificates", ["subject": tube, "person": people[1], "key": "k-1"])
        let paper = try await unit.get(try #require(made.location))
        #expect(paper.status == 200 && paper.body.contains("Person 101"))
        // Not released, or another unit's: nobody is named.
        try bench.receive([("5:1", 2)], box: "B7", unit: "Unit 2", first: 51)
        let other = try await unit.get("/certificates?tube=\(WebBench.barcode(51))").body
        #expect(!other.contains("Person 51"))
    }

    @Test("WEB-82: a holder is compared a few times an hour, and all checks have a limit")
    func limits() {
        let limits = CheckLimits()
        let code = CertificateCode([UInt8](0..<10)).text
        var now = Timestamp(milliseconds: 1_627_956_000_000)
        for _ in 0..<CheckLimits.comparisons {
            #expect(limits.admits(code, comparesHolder: true, at: now))
        }
        #expect(!limits.admits(code, comparesHolder: true, at: now))
        #expect(!limits.admits(code.lowercased(), comparesHolder: true, at: now))
        #expect(limits.admits(code, comparesHolder: false, at: now))
        now = now.advanced(by: .hours(1))
        #expect(limits.admits(code, comparesHolder: true, at: now))
        for _ in 1..<CheckLimits.checks {
            #expect(limits.admits("", comparesHolder: false, at: now))
        }
        #expect(!limits.admits("", comparesHolder: false, at: now))
        #expect(limits.admits("", comparesHolder: false, at: now.advanced(by: .minutes(1))))
    }
}
