import Foundation
import LabDomain
import LabOperations
import LabStore
import Testing

@Suite("Clocks")
struct ClockTests {
    private func lines(_ bench: Bench, _ rule: String) throws -> [ClockLine] {
        try bench.laboratory.clocks(at: bench.now, openOnly: false, as: Bench.technician)
            .batches.filter { $0.rule == rule }
    }

    @Test("CLK-2, CLK-3: the feedback clock runs from receipt, rests at release, stops at delivery")
    func feedback() throws {
        var bench = try Bench()
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        #expect(try lines(bench, "feedback").isEmpty)
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let received = bench.now
        bench.now = bench.now.advanced(by: .hours(11))
        var line = try lines(bench, "feedback")[0]
        #expect(line.running == 1 && line.late == 0 && line.minutesLeft == 60)
        #expect(line.started == received)

        let plate = try bench.test { _ in Bench.negative }[0]
        try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        bench.now = bench.now.advanced(by: .minutes(30))
        line = try lines(bench, "feedback")[0]
        #expect(line.running == 0 && line.awaitingDelivery == 1)
        try bench.perform(ConfirmFeedback(box: "B1"), as: Bench.supervisor)
        #expect(try lines(bench, "feedback")[0].closedInTime == 1)
        #expect(try bench.refusal(ConfirmFeedback(box: "B1"), as: Bench.supervisor) != nil)
    }

    @Test(
        "CLK-1: a delivery after the limit closes the clock late, and a breach shows while it runs")
    func late() throws {
        var bench = try Bench()
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        bench.now = bench.now.advanced(by: .hours(13))
        #expect(try lines(bench, "feedback")[0].late == 1)
        let plate = try bench.test { _ in Bench.negative }[0]
        try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        #expect(try lines(bench, "feedback")[0].late == 1)
        try bench.perform(ConfirmFeedback(box: "B1"), as: Bench.supervisor)
        #expect(try lines(bench, "feedback")[0].closedLate == 1)
    }

    @Test("CLK-2: a retest keeps its tube's first clock; a recollection has its own")
    func retestAndRecollection() throws {
        var bench = try Bench()
        try bench.perform(
            bench.manifest(
                (1...2).map { bench.row(tube: $0, kind: "1:1", person: $0) }
                    + (3...4).map { bench.row(tube: 3, kind: "5:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let received = bench.now
        try bench.perform(FormPools(.proposed(PoolWishes(scheme: PoolScheme(size: 5)))))
        bench.now = bench.now.advanced(by: .hours(2))
        try bench.test {
            $0.hasPrefix("LP") || $0 == Bench.barcode(3) ? Bench.positive : Bench.negative
        }
        let feedback = try lines(bench, "feedback")[0]
        #expect(feedback.started == received)
        for tube in 1...3 {
            let clocks = try bench.laboratory.store.read {
                try $0.runningClocks(of: [.tube(TubeID(Bench.barcode(tube)))])
            }
            #expect(clocks.map(\.clock.startedAt) == [received], "tube \(tube)")
        }
        let recollection = try lines(bench, "recollection")[0]
        #expect(recollection.running == 2 && recollection.started == bench.now)
        // The mixed tube's own part is done: its unit can be told that its people come again.
        #expect(feedback.awaitingDelivery == 1)
        #expect(feedback.running == 2)
    }

    @Test("CLK-2: a positive must be reported within two hours of being found")
    func positiveReport() throws {
        var bench = try Bench()
        try bench.perform(
            bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1, risk: "key")]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        try bench.test { _ in Bench.positive }
        #expect(try lines(bench, "positive-report").isEmpty)
        try bench.test(.second) { _ in Bench.positive }
        #expect(try lines(bench, "positive-report")[0].minutesLeft == 120)
        bench.now = bench.now.advanced(by: .minutes(121))
        #expect(try lines(bench, "positive-report")[0].late == 1)
    }

    @Test("CLK-2: every moment of the journey can start and stop a clock")
    func moments() throws {
        let pairs: [(Moment, Moment)] = [
            (.collected, .received), (.received, .released), (.released, .delivered),
            (.released, .reported), (.foundPositive, .released),
            (.recollectionOpened, .recollectionClosed),
        ]
        let clocks = pairs.map {
            "  - { name: \($0.rawValue)-\($1.rawValue), starts: \($0.rawValue), "
                + "stops: \($1.rawValue), limit: 1h, source: test }"
        }
        let shipped = try Laboratory.shippedText(settings: false)
        let start = try #require(shipped.range(of: "clocks:\n"))
        let end = try #require(shipped.range(of: "# People in one mixed tube"))
        let programme =
            shipped[..<start.upperBound] + clocks.joined(separator: "\n") + "\n"
            + shipped[end.lowerBound...]
        var bench = try Bench(programme: String(programme))
        try bench.perform(
            bench.manifest([
                bench.row(tube: 1, kind: "1:1", person: 1, risk: "key"),
                bench.row(tube: 2, kind: "10:1", person: 2),
            ]))
        bench.now = bench.now.advanced(by: .minutes(5))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let first = try bench.testPlate { _ in Bench.positive }
        let second = try bench.testPlate(.second) { _ in Bench.positive }
        for plate in [first, second] {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        try bench.perform(Release(.tubes([Bench.barcode(1)])), as: Bench.supervisor)
        bench.now = bench.now.advanced(by: .minutes(5))
        try bench.perform(
            bench.manifest([bench.row(tube: 3, kind: "1:1", person: 2, box: "B2")]))
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("moments-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try bench.laboratory.exportReports(to: folder, as: Bench.supervisor, at: bench.now)
        try bench.perform(ConfirmFeedback(box: "B1"), as: Bench.supervisor)
        for (starts, stops) in pairs {
            let line = try #require(
                try lines(bench, "\(starts.rawValue)-\(stops.rawValue)")
                    .first { $0.box == BoxID("B1") }, "\(starts) to \(stops) never started")
            #expect(line.closedInTime > 0, "\(starts) to \(stops): \(line)")
        }
    }

    @Test("CLK-2: a tube keeps its first clock of a rule when a new programme starts it elsewhere")
    func newProgramme() throws {
        let shipped = try Laboratory.shippedText(settings: false)
        let bench = try Bench(
            programme: shipped.replacing("starts: received\n", with: "starts: collected\n"))
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        try bench.perform(AdoptProgramme(text: shipped), as: Bench.administrator)
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        #expect(try lines(bench, "feedback").map(\.running) == [1])
        #expect(try bench.laboratory.store.audit().isSound)
    }
}
