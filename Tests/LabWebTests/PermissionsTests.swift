import Foundation
import LabDomain
import LabOperations
import LabWeb
import Testing

@Suite("Who is admitted where")
struct PermissionsTests {
    @Test("WEB-64: the written table of permissions is the one in force")
    func written() throws {
        let text = PermissionsDocument.text(routes: try WebBench().site.routes)
        let file = PermissionsDocument.file
        if ProcessInfo.processInfo.environment["SWABLINE_REFRESH"] != nil {
            try Data(text.utf8).write(to: file)
        }
        let written = String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
        let (old, new) = (Set(written.split(separator: "\n")), Set(text.split(separator: "\n")))
        let changes =
            old.subtracting(new).sorted().map { "- \($0)" }
            + new.subtracting(old).sorted().map { "+ \($0)" }
        #expect(
            written == text,
            """
            specs/permissions.md is not what the code says:
            \(changes.joined(separator: "\n"))
            SWABLINE_REFRESH=1 tools/test --filter PermissionsTests writes it anew.
            """)
    }

    @Test(
        "WEB-65: every route refuses every role that it does not admit, and no other",
        arguments: Role.ofPeople)
    func routes(role: Role) async throws {
        let bench = try WebBench()
        var browser = try await bench.browser(role)
        // A sign-in without a password is refused as such, whoever asks.
        for route in bench.site.routes where route.method == .get || route.path != "/sign-in" {
            let status = try await Self.ask(browser, route).status
            let isAdmitted = route.access.admits(role)
            #expect((status != 403) == isAdmitted, "\(route.method) \(route.path): \(status)")
            #expect(status < 500, "\(route.method) \(route.path): \(status)")
            // Some of what somebody may do ends their session.
            if route.access == .signedIn { browser = try await bench.browser(role) }
            if ["/staff/passwords", "/board/display"].contains(route.path) {
                browser = try await bench.browser(role)
            }
        }
    }

    @Test("WEB-65: who is not signed in comes through no route but the open ones")
    func stranger() async throws {
        let bench = try WebBench()
        let browser = Browser(bench.site)
        for route in bench.site.routes where route.access != .everybody {
            let answer = try await Self.ask(browser, route)
            if route.method == .get {
                #expect(answer.status == 303, "\(route.path)")
                #expect(answer.location?.hasPrefix("/sign-in") == true, "\(route.path)")
            } else {
                #expect(answer.status == 401, "\(route.path)")
            }
        }
        let open = bench.site.routes.filter { $0.access == .everybody }.map(\.path)
        #expect(
            Set(open) == [
                "/health", "/sign-in", "/language/:language", "/assets/:hash/:file", "/check",
                "/check/:certificate", "/desk/worker.js", "/desk/offline",
                "/board/display/end",
            ])
    }

    @Test("WEB-66: what is no route is closed to everybody")
    func unknown() async throws {
        let bench = try WebBench()
        for role in [nil] + Role.ofPeople.map(Optional.some) {
            let browser =
                if let role { try await bench.browser(role) } else { Browser(bench.site) }
            for path in ["/no-such-page", "/board/no", "/staff/../staff", "/.env", "/assets/x"] {
                #expect(try await browser.get(path).status == 404, "\(path)")
            }
            let answer = try await browser.ask(.put, "/staff")
            #expect([404, 405].contains(answer.status))
        }
    }

    @Test("WEB-66: every page of somebody's navigation is one that they may see")
    func navigation() async throws {
        let bench = try WebBench()
        for role in Role.ofPeople {
            let browser = try await bench.browser(role)
            let page = try await browser.get("/password").body
            let nav = page.firstMatch(of: #/<nav[\s\S]*<\/nav>/#).map { String($0.0) } ?? ""
            let paths = nav.matches(of: #/href="([^"]+)"/#).map { String($0.1) }
            #expect(!paths.isEmpty)
            for path in paths {
                #expect(try await browser.get(path).status == 200, "\(role) \(path)")
            }
            let home = try await browser.get("/").location ?? ""
            #expect(try await browser.get(home).status == 200, "\(role) \(home)")
        }
    }

    private static func ask(_ browser: Browser, _ route: Route) async throws -> Browser.Seen {
        let path = route.path.split(separator: "/").map { $0.hasPrefix(":") ? "made-up" : $0 }
            .joined(separator: "/")
        return route.method == .get
            ? try await browser.get("/" + path) : try await browser.post("/" + path)
    }
}
