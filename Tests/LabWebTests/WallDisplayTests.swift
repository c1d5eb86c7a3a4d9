import LabDomain
import LabOperations
import LabSecrets
import LabWeb
import Logging
import Synchronization
import Testing

@Suite("The board on a wall")
struct WallDisplayTests {
    /// A laboratory whose clock a test turns.
    private struct Wall {
        let bench: WebBench
        let site: Site
        let clock: Clock

        final class Clock: Sendable {
            private let kept: Mutex<Timestamp>
            init(_ now: Timestamp) { kept = Mutex(now) }
            var now: Timestamp { kept.withLock { $0 } }
            func turn(_ span: Span) { kept.withLock { $0 = $0.advanced(by: span) } }
        }

        init() throws {
            bench = try WebBench()
            let clock = Clock(bench.now)
            self.clock = clock
            site = try Site(
                bench.laboratory, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ) { clock.now }
        }

        /// A browser on which a supervisor left the board.
        func display() async throws -> Browser {
            let browser = Browser(site, secret: try await bench.secret(.supervisor))
            let left = try await browser.post("/board/display", ["back": "/board"])
            #expect(left.location == "/board")
            return browser
        }
    }

    @Test("WEB-158: a wall shows the board for weeks, and nobody is signed in there")
    func lasts() async throws {
        let wall = try Wall()
        let browser = try await wall.display()
        for _ in 0..<40 {
            wall.clock.turn(.hours(13))
            let page = try await browser.get("/board")
            #expect(page.status == 200 && page.body.contains("nobody is signed in"))
            #expect(!page.body.contains("sign-out") && !page.body.contains("class=\"who\""))
            #expect(!page.body.contains("name=\"cause\""))
            #expect(try await browser.get("/board/rows").status == 200)
            #expect(try await browser.get("/board/events").status == 200)
        }
        // Dark over a holiday, it must be left there anew.
        wall.clock.turn(.hours(24 * 7 + 1))
        #expect(try await browser.get("/board").location?.hasPrefix("/sign-in") == true)
    }

    @Test("WEB-158: a wall opens no other page and does nothing")
    func boardAlone() async throws {
        let wall = try Wall()
        let browser = try await wall.display()
        for route in wall.site.routes where route.method == .get && !route.isForDisplays {
            guard route.access != .everybody else { continue }
            let seen = try await browser.get(route.path)
            #expect(
                seen.status == 303 && seen.location?.hasPrefix("/sign-in") == true,
                "\(route.path): \(seen.status)")
        }
        #expect(wall.site.routes.count(where: \.isForDisplays) == 3)
        let cause = ["box": "B1", "rule": "feedback", "cause": "retests", "csrf": ""]
        #expect(try await browser.post("/board/causes", cause).status == 401)
        #expect(try await browser.post("/board/display", ["csrf": ""]).status == 401)
    }

    @Test("WEB-158: a wall ends by itself when its owner's password changes or their rights end")
    func ends() async throws {
        let wall = try Wall()
        let first = try await wall.display()
        // The helper gives the supervisor another password.
        let second = try await wall.display()
        #expect(try await first.get("/board").status == 303)
        #expect(try await second.get("/board").status == 200)
        let ended = try await second.post("/board/display/end", ["csrf": ""])
        #expect(ended.location == "/sign-in")
        #expect(try await second.get("/board").status == 303)
        let third = try await wall.display()
        _ = try wall.bench.laboratory.perform(
            RetirePerson(handle: "supervisor"), as: "administrator", at: wall.clock.now)
        #expect(try await third.get("/board").status == 303)
    }

    @Test("WEB-158: a token of another, of another time or without the key opens nothing")
    func forged() async throws {
        let wall = try Wall()
        _ = try await wall.bench.secret(.supervisor)
        _ = try await wall.bench.secret(.technician)
        let laboratory = wall.bench.laboratory
        let now = wall.clock.now
        let token = try await laboratory.displayToken(for: "supervisor", at: now)
        #expect(try await laboratory.display(token, at: now)?.actor.handle == "supervisor")
        let parts = token.split(separator: ".", maxSplits: 2).map(String.init)
        let forgeries = [
            "\(parts[0]).\(parts[1]).technician",
            "\(now.milliseconds + 1).\(parts[1]).supervisor",
            "\(parts[0]).\(String(repeating: "0", count: 64)).supervisor",
            "\(parts[0])..supervisor", "", "..", "x.\(parts[1]).supervisor",
        ]
        for forgery in forgeries {
            #expect(try await laboratory.display(forgery, at: now) == nil)
        }
        let later = now.advanced(by: .hours(24))
        #expect(
            try await laboratory.display(
                try await laboratory.displayToken(for: "supervisor", at: later), at: now) == nil)
        _ = try await wall.bench.secret(.sendingUnit)
        let unit = try await laboratory.displayToken(for: "sending-unit", at: now)
        #expect(try await laboratory.display(unit, at: now) == nil)
    }
}
