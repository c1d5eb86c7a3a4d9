import HTTPTypes
import Hummingbird
import LabDomain
import LabOperations
import NIOCore
import Synchronization
import Testing

@testable import LabWeb

@Suite("Pages that stay open")
struct ChangesTests {
    private final class Number: Sendable {
        let value = Mutex(1)
    }

    @Test(
        "WEB-58: every listener hears of a change, and one task looks for all",
        .timeLimit(.minutes(1)))
    func change() async {
        let number = Number()
        let changes = Changes(every: .milliseconds(5), beat: 1_000) {
            number.value.withLock { $0 }
        }
        var streams = (0..<3).map { _ in changes.listen().makeAsyncIterator() }
        #expect(changes.listeners == 3)
        for index in streams.indices { #expect(await streams[index].next() == 1) }
        number.value.withLock { $0 = 2 }
        for index in streams.indices { #expect(await streams[index].next() == 2) }
    }

    @Test("WEB-58: listeners hear from time to time that nothing changed", .timeLimit(.minutes(1)))
    func beat() async {
        let changes = Changes(every: .milliseconds(5), beat: 2) { 7 }
        var stream = changes.listen().makeAsyncIterator()
        for _ in 0..<3 { #expect(await stream.next() == 7) }
    }

    @Test(
        "WEB-58: who leaves is forgotten, and the end of the server ends every stream",
        .timeLimit(.minutes(1)))
    func end() async {
        let changes = Changes(every: .milliseconds(5)) { 7 }
        let listening = Task {
            var heard = 0
            for await _ in changes.listen() { heard += 1 }
            return heard
        }
        while changes.listeners == 0 { await Task.yield() }
        listening.cancel()
        _ = await listening.value
        #expect(changes.listeners == 0)
        let staying = Task { for await _ in changes.listen() {} }
        while changes.listeners == 0 { await Task.yield() }
        changes.close()
        await staying.value
        var late = changes.listen().makeAsyncIterator()
        #expect(await late.next() == nil)
        #expect(changes.listeners == 0)
    }

    @Test("WEB-58: an open board is told when somebody did something", .timeLimit(.minutes(1)))
    func events() async throws {
        let bench = try WebBench(hours: 0)
        let response = try await bench.browser(.planner).begin(.get, "/board/events")
        #expect(response.headers[.contentType] == "text/event-stream")
        let heard = Lines()
        let body = response.body
        let reading = Task { try await body.write(heard) }
        let before = try await bench.laboratory.lastChange()
        while heard.last < before { try await Task.sleep(for: .milliseconds(20)) }
        #expect(heard.last == before)
        try bench.receive(1)
        let after = try await bench.laboratory.lastChange()
        while heard.last < after { try await Task.sleep(for: .milliseconds(20)) }
        // A new forecast is news too.
        _ = try bench.site.forecast.present(at: bench.present)
        while heard.last < after + 1 { try await Task.sleep(for: .milliseconds(20)) }
        bench.site.changes.close()
        try await reading.value
        #expect(heard.isFinished)
    }

    @Test("WEB-59: what an open page asks by itself keeps no session alive")
    func noSignOfLife() async throws {
        let bench = try WebBench(hours: 0)
        let secret = try await bench.secret(.planner)
        func isSignedIn(_ minutes: Int, _ isSignOfLife: Bool) async throws -> Bool {
            try await bench.laboratory.signedIn(
                secret, at: bench.now.advanced(by: .minutes(minutes)), isSignOfLife: isSignOfLife)
                != nil
        }
        for minutes in [30, 60, 90, 119] { #expect(try await isSignedIn(minutes, false)) }
        #expect(try await isSignedIn(121, false) == false)
        #expect(try await isSignedIn(119, true))
        #expect(try await isSignedIn(121, false))
        let quiet = bench.site.routes.filter { !$0.isSignOfLife }.map(\.path)
        #expect(
            quiet == [
                "/desk/hello", "/reception/:box/tubes", "/board/rows", "/board/events",
                "/planner/jobs/:job/state",
            ])
    }
}

/// What was written so far.
private final class Lines: ResponseBodyWriter, Sendable {
    private let state = Mutex(("", false))

    var text: String { state.withLock { $0.0 } }
    /// The number that was told last.
    var last: Int {
        text.matches(of: #/data: (\d+)/#).last.flatMap { Int($0.1) } ?? 0
    }
    var isFinished: Bool { state.withLock { $0.1 } }

    func write(_ buffer: ByteBuffer) async throws {
        state.withLock { $0.0 += String(buffer: buffer) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws { state.withLock { $0.1 = true } }
}
