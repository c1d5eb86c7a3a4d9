import LabDomain
import LabOperations
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
        #expect(fits.contains("Name and document fit."))
        let other = try await check(["code": code, "name": "Somebody", "digits": "0000"])
        #expect(other.contains("do not fit") && !other.contains(name))
        #expect(
            try await check(["code": "0000-0000-0000-0000-0"]).contains("gave out no such"))
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
