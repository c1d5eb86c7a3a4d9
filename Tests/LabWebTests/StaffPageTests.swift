import LabDomain
import LabOperations
import LabWeb
import Testing

@Suite("Staff")
struct StaffPageTests {
    @Test(
        "WEB-62: a one-time password is shown once, on the answer itself",
        arguments: Language.allCases)
    func password(language: Language) async throws {
        let bench = try WebBench()
        let browser = try await bench.browser(.administrator, language: language)
        let answer = try await browser.post("/staff/passwords", ["handle": "technician"])
        #expect(answer.status == 200)
        #expect(answer.headers[.cacheControl] == "no-store")
        let found = answer.body.firstMatch(of: #/[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}/#)
        let password = try #require(found.map { String($0.0) })
        for path in ["/staff", "/board", "/password"] {
            #expect(try await !browser.get(path).body.contains(password))
        }
        let visitor = Browser(bench.site)
        let door = try await visitor.post(
            "/sign-in", ["handle": "technician", "password": password, "csrf": ""])
        #expect(door.status == 303)
        #expect(try await visitor.get("/reception").location == "/password")
    }

    @Test("WEB-62: nobody but an administrator issues a password, and only to who signs in")
    func refused() async throws {
        let bench = try WebBench()
        for role in Role.ofPeople where role != .administrator {
            let answer = try await bench.browser(role).post(
                "/staff/passwords", ["handle": "technician"])
            #expect(answer.status == 403)
        }
        let browser = try await bench.browser(.administrator)
        for handle in ["nobody", "system", ""] {
            let answer = try await browser.post(
                "/staff/passwords", ["handle": handle, "back": "/staff"])
            #expect(answer.status == 303 && answer.location == "/staff")
            #expect(try await browser.get("/staff").body.contains("role=\"alert\""))
        }
    }

    @Test("WEB-63: somebody is added, given a site, and retired")
    func life() async throws {
        let bench = try WebBench()
        let browser = try await bench.browser(.administrator)
        func shown() async throws -> String { try await browser.get("/staff").body }
        var form = [
            "handle": "Chen.Jie", "role": "collector", "name": "Chen Jie", "place": "Gate 1",
            "back": "/staff", "key": "staff-key-1",
        ]
        #expect(try await browser.post("/staff", form).status == 303)
        #expect(try await browser.post("/staff", form).status == 303)
        var page = try await shown()
        #expect(page.contains("chen.jie may act as collector"))
        #expect(page.contains("Gate 1") && !page.contains("Chen Jie"))
        form = ["handle": "chen.jie", "place": "Gate 2", "back": "/staff", "key": "staff-key-2"]
        _ = try await browser.post("/staff/places", form)
        page = try await shown()
        #expect(page.contains("Gate 2") && !page.contains("Gate 1"))
        _ = try await browser.post(
            "/staff/retired", ["handle": "chen.jie", "back": "/staff", "key": "staff-key-3"])
        _ = try await shown()
        page = try await shown()
        #expect(page.contains("class=\"retired\""))
        #expect(page.matches(of: #/name="handle" value="chen.jie"/#).isEmpty)
    }

    @Test("WEB-63: who may not be added is refused in words, and the system is nobody's to retire")
    func refusals() async throws {
        let bench = try WebBench()
        let browser = try await bench.browser(.administrator)
        let forms: [(String, [String: String])] = [
            ("/staff", ["handle": "x", "role": "technician"]),
            ("/staff", ["handle": "new.one", "role": "technician", "place": "Unit 1"]),
            ("/staff", ["handle": "new.one", "role": "sending-unit"]),
            ("/staff", ["handle": "technician", "role": "technician"]),
            ("/staff/places", ["handle": "technician", "place": "Unit 1"]),
            ("/staff/places", ["handle": "nobody", "place": "Unit 1"]),
            ("/staff/retired", ["handle": "administrator"]),
            ("/staff/retired", ["handle": "system"]),
        ]
        for (path, form) in forms {
            let answer = try await browser.post(path, form.merging(["back": "/staff"]) { $1 })
            #expect(answer.status == 303 && answer.location == "/staff")
            #expect(try await browser.get("/staff").body.contains("role=\"alert\""), "\(form)")
        }
        let page = try await browser.get("/staff").body
        #expect(!page.contains("new.one") && !page.contains(">system<"))
        #expect(!page.contains("swabline "))
    }
}
