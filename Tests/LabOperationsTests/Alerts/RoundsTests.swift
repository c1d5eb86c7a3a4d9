import Foundation
import LabDomain
import LabOperations
import LabSimulation
import Synchronization
import Testing

@Suite("What the server does by itself")
struct RoundsTests {
    /// A machine whose clocks go as the test says, and a log.
    final class Machine: Sendable {
        let now: Mutex<Timestamp>
        let lines = Mutex<[String]>([])
        let start: Timestamp

        init(_ now: Timestamp) {
            start = now
            self.now = Mutex(now)
        }

        func wait(_ span: Span) { now.withLock { $0 = $0.advanced(by: span) } }

        var clock: MachineClock {
            let now = now.withLock { $0 }
            return MachineClock(wall: now, uptime: start.span(to: now), boot: "a")
        }
    }

    private static let plan = {
        var plan = ForecastPlan(
            stations: LaboratoryStations(reception: 2, extraction: 2, pcr: 4, review: 1))
        plan.futures = 20
        return plan
    }()

    private func rounds(
        _ bench: Bench, _ machine: Machine, keepsEvery: Span? = .minutes(0),
        plan: @escaping @Sendable (Laboratory) throws -> ForecastPlan = { _ in Self.plan }
    ) -> (Rounds, database: String) {
        var options = Rounds.Options()
        options.keepsEvery = keepsEvery
        let database = FileManager.default.temporaryDirectory
            .appendingPathComponent("rounds-\(UUID().uuidString)").path
        let rounds = Rounds(
            bench.laboratory, database: database, options: options,
            forecast: SharedForecast(bench.laboratory, plan: plan),
            now: { machine.now.withLock { $0 } }, machine: { machine.clock }, seed: { 1 },
            environment: { _ in nil }, log: { line in machine.lines.withLock { $0.append(line) } })
        return (rounds, database)
    }

    private func looks(_ bench: Bench) throws -> Int {
        try bench.laboratory.storedForecastScore(
            from: bench.now.advanced(by: .hours(-24)), to: bench.now.advanced(by: .hours(1_000)),
            ahead: .minutes(0), as: Bench.supervisor
        ).times
    }

    @Test("SERVE-1: the outbox is sent by whoever holds the lock, and trouble is told once")
    func reports() throws {
        var bench = try Bench()
        try bench.adopt(Bench.receiver().replacing("port: 2575", with: "port: 1"))
        try bench.reviewed(bench.singles(2))
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        bench.wait(.minutes(1))
        let machine = Machine(bench.now)
        let (rounds, database) = rounds(bench, machine)
        let other = try bench.laboratory.lockSending(beside: database)
        for _ in 0..<3 { rounds.sendReports() }
        #expect(machine.lines.withLock { $0 } == ["reports: Another program holds the database."])
        #expect(try bench.outbox().map(\.tries) == [0, 0])
        other.release()
        rounds.sendReports()
        // Nobody listens: nothing has left, and everything waits as before.
        #expect(machine.lines.withLock { $0.last } == "reports: well again")
        #expect(try bench.outbox().map(\.state) == [.made, .made])
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("SERVE-2: events that come together are looked at once, soon, and all is each minute")
    func coalesced() throws {
        var bench = try Bench.alerting(boxes: 1, tubes: 6)
        let machine = Machine(bench.now)
        let (rounds, _) = rounds(bench, machine)
        rounds.lookAround()
        #expect(try looks(bench) == 1)
        func tick(_ milliseconds: Int64, events: Bool) throws {
            machine.wait(Span(milliseconds: milliseconds))
            bench.now = machine.now.withLock { $0 }
            if events {
                let tube = Bench.barcode(101)
                try bench.perform(MeasureTube(scan: tube, microlitres: 500))
            }
            rounds.lookAround()
        }
        // Scans for three seconds without a pause of one: nobody looks yet.
        for _ in 0..<6 { try tick(500, events: true) }
        #expect(try looks(bench) == 1)
        try tick(500, events: false)
        try tick(500, events: false)
        #expect(try looks(bench) == 2)
        // Without an end of the scans somebody looks after three seconds.
        for _ in 0..<12 { try tick(500, events: true) }
        #expect(try looks(bench) == 3)
        for _ in 0..<10 { try tick(500, events: false) }
        let quiet = try looks(bench)
        for _ in 0..<100 { try tick(500, events: false) }
        #expect(try looks(bench) == quiet)
        for _ in 0..<20 { try tick(500, events: false) }
        #expect(try looks(bench) == quiet + 1)
    }

    @Test("SERVE-2: each forecast asks anew who works at the stations")
    func machinesOfNow() throws {
        let bench = try Bench.alerting(boxes: 1, tubes: 4)
        let machine = Machine(bench.now)
        let asked = Mutex(0)
        let (rounds, _) = rounds(bench, machine) { _ in
            asked.withLock { $0 += 1 }
            return Self.plan
        }
        for _ in 0..<3 {
            rounds.lookAround()
            machine.wait(.minutes(2))
        }
        #expect(asked.withLock { $0 } == 3)
    }

    @Test("SERVE-2: an alert is raised and told without anybody's asking")
    func alerts() throws {
        var bench = try Bench.alerting(boxes: 3, tubes: 4)
        let machine = Machine(bench.now)
        let (rounds, _) = rounds(bench, machine)
        machine.wait(.hours(6))
        bench.now = machine.now.withLock { $0 }
        rounds.lookAround()
        #expect(try bench.alerts().count == 3)
        rounds.tellChannels()
        #expect(
            machine.lines.withLock { $0 } == [
                "alerts: 3 raised, 0 escalated, 0 eased or closed",
                "alerts: 0 arrived, 1 to be sent again, 0 given up, 0 of no use any more",
            ])
        let message = try #require(
            try bench.laboratory.alertMessages(limit: 1, as: Bench.technician).first)
        #expect(message.answer == "unreachable" && message.tries == 1)
    }

    @Test("SERVE-5: what the rounds forecast is what everybody reads, until something is done")
    func shared() throws {
        var bench = try Bench.alerting(boxes: 1, tubes: 4)
        let machine = Machine(bench.now)
        let forecast = SharedForecast(bench.laboratory) { _ in Self.plan }
        #expect(forecast.last == nil && forecast.change(7) == 7)
        let first = try #require(try forecast.refresh { machine.clock })
        #expect(try forecast.refresh { machine.clock } == nil)
        #expect(forecast.last?.at == first.at && forecast.change(7) == 8)
        // A program that asks gets the same, and makes none.
        #expect(try forecast.present(at: bench.now).at == first.at && forecast.change(7) == 8)
        bench.wait(.minutes(2))
        #expect(try forecast.present(at: bench.now).at == bench.now && forecast.change(7) == 9)
        try bench.perform(MeasureTube(scan: Bench.barcode(101), microlitres: 500))
        let last = try bench.laboratory.store.read { try $0.lastFact() }
        #expect(forecast.last.map { $0.fact < last } == true)
        #expect(try forecast.present(at: bench.now).fact == last && forecast.last?.fact == last)
        // The clock on the wall was set back.
        bench.wait(.hours(-3))
        #expect(try forecast.present(at: bench.now).at == bench.now)
    }

    @Test("SERVE-3: a stored forecast has a row for each open tube, seldom, and is scored later")
    func kept() throws {
        var bench = try Bench.alerting(boxes: 2, tubes: 5)
        let machine = Machine(bench.now)
        let (rounds, _) = rounds(bench, machine, keepsEvery: .hours(1))
        for _ in 0..<180 {
            rounds.lookAround()
            machine.wait(.minutes(1))
        }
        bench.now = machine.now.withLock { $0 }
        #expect(try looks(bench) == 3)
        func score() throws -> StoredForecastScore {
            try bench.laboratory.storedForecastScore(
                from: machine.start, to: bench.now.advanced(by: .hours(1)), ahead: .hours(2),
                as: Bench.supervisor)
        }
        #expect(try score().forecasts == 0 && score().open == 30)
        #expect(try score().brier == nil)
        bench.wait(.hours(10))
        for plate in try bench.test(cqs: { _ in Bench.negative }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        // Everything was late, and was forecast to come within hours: the score says so.
        let bad = try score()
        #expect(bad.forecasts == 30 && bad.open == 0 && bad.recall == 0)
        #expect((bad.brier ?? 0) > 0.9 && (bad.maeMinutes ?? 0) > 300)
        #expect(bad.coverage80 == 0)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("SERVE-4: the rounds end when they are told to, within seconds")
    func stops() async throws {
        let bench = try Bench.alerting()
        let machine = Machine(bench.now)
        let (rounds, _) = rounds(bench, machine)
        let task = Task { await rounds.run() }
        try await Task.sleep(for: .milliseconds(300))
        task.cancel()
        let start = ContinuousClock.now
        await task.value
        #expect(ContinuousClock.now - start < .seconds(20))
        let before = machine.lines.withLock { $0.count }
        rounds.tellChannels()
        #expect(machine.lines.withLock { $0.count } == before)
    }
}
