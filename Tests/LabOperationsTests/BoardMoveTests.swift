import LabDomain
import LabSimulation
import Testing

@testable import LabOperations

@Suite("What helps, on the board")
struct BoardMoveTests {
    private static var plan: ForecastPlan {
        ForecastPlan(
            stations: LaboratoryStations(reception: 1, extraction: 1, pcr: 2, review: 1))
    }

    private func board(_ bench: Bench) throws -> TurnaroundBoard {
        try bench.laboratory.turnaroundBoard(Self.plan, at: bench.now, as: Bench.technician)
    }

    /// A box on a plate, and one that waits.
    private func bench() throws -> (Bench, PlateID) {
        let bench = try Bench()
        try bench.perform(
            bench.manifest(
                (1...4).map {
                    bench.row(
                        tube: $0, kind: "1:1", person: $0, risk: "high", box: $0 < 4 ? "B1" : "B2")
                }))
        for box in ["B1", "B2"] {
            try bench.perform(ReceiveBox(box: box, scans: nil, goodOnly: false))
        }
        let plate = try bench.perform(
            LayOutPlate(kit: .first, only: (1...3).map(Bench.barcode))
        ).plate
        return (bench, plate)
    }

    @Test("TAT-10: at every hour what is late or may be has a move, or says why nothing helps")
    func everyHour() throws {
        var (bench, plate) = try bench()
        var seen: Set<TurnaroundBoard.Status> = []
        for _ in 0..<30 {
            for line in try board(bench).lines {
                seen.insert(line.status)
                if line.status == .onTime {
                    #expect(line.move == nil && line.noMove == nil)
                } else {
                    #expect((line.move == nil) != (line.noMove == nil), "\(line.reason.text)")
                }
                #expect((line.move == nil) == (line.avoided == nil))
                #expect((line.move == nil) == (line.earlierMinutes == nil))
                #expect(line.plate == nil || line.plate == plate)
            }
            bench.wait(.minutes(30))
        }
        #expect(seen.isSuperset(of: [.onTime, .willBreach, .breached]))
    }

    @Test("TAT-10: an overdue plate is seen to, what waits is laid out, what is reviewed released")
    func moves() throws {
        var (bench, plate) = try bench()
        func line(_ box: String) throws -> TurnaroundBoard.Line {
            try #require(try board(bench).lines.first { $0.box.text == box })
        }
        bench.wait(.minutes(11 * 60 + 15))
        let silent = try line("B1")
        #expect(silent.reason == "overdue at PCR: it may stand still")
        #expect(silent.status == .willBreach)
        #expect(silent.move == "see to plate \(plate), which is overdue, and let it go on")
        #expect(try #require(silent.avoided) >= 1)
        // Three quarters of an hour are too short for what is on no plate; half an hour is won.
        let waiting = try line("B2")
        #expect(waiting.status == .willBreach)
        #expect(waiting.move == "lay out the next plate now, without waiting for more tubes")
        #expect(try #require(waiting.earlierMinutes) > 20 && waiting.avoided == 0)
        try bench.perform(
            ImportRun(file: try bench.run(plate) { _ in Bench.negative }, plate: plate))
        try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        bench.wait(.minutes(40))
        let reviewed = try line("B1")
        #expect(reviewed.reason == "reviewed: waits for its release")
        #expect(reviewed.status != .onTime)
        #expect(reviewed.move == "release the results of plate \(plate)")
    }

    @Test("FORE-22: a forecast takes a third of one core at most, and follows an event in seconds")
    func spacing() {
        for took in [10, 300, 1_140, 4_000] as [Int64] {
            var watch = EventWatch()
            var looks: [Int64] = []
            var now: Int64 = 0
            // Something happens ten times a second for two minutes.
            for fact in 0..<1_200 {
                now = max(now, Int64(fact) * 100)
                guard watch.isDue(last: fact, at: Span(milliseconds: now)) else { continue }
                looks.append(now)
                watch.looked(
                    from: Span(milliseconds: now), to: Span(milliseconds: now + took), last: fact)
                now += took
            }
            let share = Double(took) * Double(looks.count - 1) / Double(now)
            #expect(share <= 1 / 3.0 + 0.01, "\(took)")
            let longest = zip(looks.dropFirst(), looks).map { $0 - $1 }.max() ?? .max
            #expect(longest <= took + max(2 * took, 3_000) + 200, "\(took): \(longest)")
        }
    }
}
