import HTTPTypes
import LabDomain
import LabOperations
import LabWeb
import Testing

@Suite("The door: who comes in")
struct DoorTests {
    @Test("WEB-1: whoever is not signed in is sent to the door, and comes back")
    func sentToTheDoor() async throws {
        let bench = try WebBench()
        let stranger = Browser(bench.site)
        let seen = try await stranger.get("/boxes")
        #expect(seen.status == 303)
        #expect(seen.location == "/sign-in?back=/boxes")
    }

    @Test("WEB-163: the way back keeps what was asked, but nobody's number")
    func wayBack() async throws {
        let bench = try WebBench()
        let stranger = Browser(bench.site)
        let seen = try await stranger.get("/results?box=FLT-S1&open=yes")
        #expect(seen.location == "/sign-in?back=/results%3Fbox%3DFLT-S1%26open%3Dyes")
        let page = try await stranger.get(try #require(seen.location)).body
        #expect(page.contains("name=\"back\" value=\"/results?box=FLT-S1&amp;open=yes\""))
        for number in ["360222195501030114", "36022219550103011X"] {
            let seen = try await stranger.get("/trace?code=\(number)")
            #expect(seen.location == "/sign-in?back=/trace")
        }
        let signedIn = try await bench.browser(.sendingUnit).get("/results?open=yes").body
        #expect(signedIn.contains("/language/zh?back=/results%3Fopen%3Dyes"))
    }

    @Test("WEB-2: every answer forbids foreign scripts and frames, and is kept by no cache")
    func headers() async throws {
        let bench = try WebBench()
        for path in ["/sign-in", "/no-such-page", "/boxes", "/health"] {
            let seen = try await Browser(bench.site).get(path)
            let policy = seen.headers[.contentSecurityPolicy] ?? ""
            #expect(
                policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(seen.headers[.cacheControl] == "no-store")
        }
    }

    @Test("WEB-3: a form without the session's token changes nothing")
    func token() async throws {
        let bench = try WebBench()
        let browser = try await bench.browser(.technician)
        #expect(try await browser.post("/sign-out", ["csrf": "0123"]).status == 403)
        #expect(try await browser.get("/password").status == 200)
        #expect(try await browser.post("/sign-out").status == 303)
        #expect(try await browser.get("/password").status == 303)
    }
}
