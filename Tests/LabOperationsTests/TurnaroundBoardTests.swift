import LabDomain
import LabOperations
import LabSimulation
import Testing

@Suite("Turnaround of a stored laboratory")
struct TurnaroundBoardTests {
    private static var plan: ForecastPlan {
        var plan = ForecastPlan(
            stations: LaboratoryStations(reception: 1, extraction: 1, pcr: 1, review: 1))
        plan.futures = 50
        return plan
    }

    private func board(
        _ bench: Bench, _ plan: ForecastPlan = TurnaroundBoardTests.plan
    ) throws -> TurnaroundBoard {
        try bench.laboratory.turnaroundBoard(plan, at: bench.now, as: Bench.technician)
    }

    private func report(
        _ bench: Bench, _ change: (inout TurnaroundQuestion) -> Void = { _ in }
    ) throws -> TurnaroundReport {
        var question = TurnaroundQuestion(
            from: Timestamp(milliseconds: 0), to: bench.now.advanced(by: .hours(1)))
        change(&question)
        return try bench.laboratory.turnaround(question, at: bench.now, as: Bench.technician)
    }

    @Test("TAT-4: what is open stands on the board with its finish, and turns from on time to late")
    func open() throws {
        var bench = try Bench()
        try bench.perform(
            bench.manifest(
                (1...3).map { bench.row(tube: $0, kind: "1:1", person: $0, risk: "high") }
                    + [bench.row(tube: 4, kind: "1:1", person: 4, risk: "high", box: "B2")]))
        #expect(try board(bench).lines.isEmpty)
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        try bench.perform(ReceiveBox(box: "B2", scans: nil, goodOnly: false))
        let plate = try bench.perform(
            LayOutPlate(kit: .first, only: (1...3).map(Bench.barcode))
        ).plate
        let early = try board(bench)
        #expect(early.tubes == 4 && early.lines.count == 2 && !early.isLearned)
        let laid = try #require(early.lines.first { $0.box.text == "B1" })
        #expect(laid.plate == plate && laid.tubes == 3 && laid.stage == .extraction)
        #expect(laid.reason == "at extraction" && laid.status == .onTime)
        #expect(laid.low <= laid.predicted && laid.predicted <= laid.high)
        // Extraction 30 to 70, PCR 90 to 150, review 5 to 20 minutes: the defaults.
        let takes = early.at.span(to: laid.predicted).milliseconds / 60_000
        #expect((125...240).contains(takes), "\(takes)")
        #expect(
            laid.slackMinutes
                == Int(
                    (Double(laid.predicted.span(to: laid.deadline).milliseconds) / 60_000)
                        .rounded(.down)))
        let waiting = try #require(early.lines.first { $0.box.text == "B2" })
        #expect(waiting.plate == nil && waiting.stage == .noPlate)
        #expect(waiting.predicted > laid.predicted)
        #expect(early.lines.map(\.slackMinutes) == early.lines.map(\.slackMinutes).sorted())

        bench.now = bench.now.advanced(by: .hours(11))
        let late = try board(bench)
        #expect(late.lines.first { $0.box.text == "B2" }?.status == .willBreach)
        #expect(late.expectedBreaches > 0.5)
        bench.now = bench.now.advanced(by: .hours(2))
        #expect(try board(bench).lines.allSatisfy { $0.status == .breached })
        try bench.perform(
            ImportRun(file: try bench.run(plate) { _ in Bench.negative }, plate: plate))
        let read = try board(bench).lines.first { $0.box.text == "B1" }
        #expect(read?.stage == .review && read?.plate == plate)
        try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        #expect(try board(bench).lines.map(\.box.text) == ["B2"])
    }

    @Test("TAT-4, FORE-7: the move that helps stands beside what it helps")
    func move() throws {
        var bench = try Bench()
        try bench.perform(
            bench.manifest(
                (1...9).map {
                    bench.row(tube: $0, kind: "1:1", person: $0, risk: "high", box: "B\($0)")
                }))
        for box in 1...9 {
            try bench.perform(ReceiveBox(box: "B\(box)", scans: nil, goodOnly: false))
            try bench.perform(LayOutPlate(kit: .first, only: [Bench.barcode(box)]))
        }
        bench.now = bench.now.advanced(by: .minutes(30))
        var plan = Self.plan
        #expect(try board(bench, plan).moves.allSatisfy { !$0.move.contains("PCR") })
        plan.reserve = [.pcr]
        let found = try board(bench, plan)
        let best = try #require(found.moves.first)
        #expect(best.move == "run on one more at PCR" && best.avoided >= 1)
        let pressing = found.lines.filter { $0.status != .onTime }
        #expect(!pressing.isEmpty && pressing.allSatisfy { $0.move != nil })
    }

    @Test("TAT-2: seven segments of the stored tubes, whole and by group, missing ones as missing")
    func segments() throws {
        var bench = try Bench()
        let start = bench.now
        try bench.perform(
            bench.manifest(
                (1...2).map { bench.row(tube: $0, kind: "1:1", person: $0, risk: "high") }
                    + [bench.row(tube: 3, kind: "1:1", person: 3, box: "B2", unit: "Unit 2")]))
        bench.now = start.advanced(by: .hours(2))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        bench.now = start.advanced(by: .hours(12))
        try bench.perform(ReceiveBox(box: "B2", scans: nil, goodOnly: false))
        let plate = try bench.perform(
            LayOutPlate(kit: .first, only: (1...2).map(Bench.barcode))
        ).plate
        bench.now = start.advanced(by: .hours(14))
        try bench.perform(
            ImportRun(file: try bench.run(plate) { _ in Bench.negative }, plate: plate))
        bench.now = start.advanced(by: .hours(15))
        try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)

        let whole = try report(bench)
        func figures(
            _ segment: TurnaroundSegment, _ group: String = "", of report: TurnaroundReport
        ) -> TurnaroundReport.Figures? {
            report.lines.first { $0.segment == segment && $0.group == group }?.all
        }
        #expect(whole.tubes == 3 && whole.odd.isEmpty && whole.lines.count == 7)
        let expected: [(TurnaroundSegment, Int, Double)] = [
            (.collectionToReceipt, 3, 2), (.receiptToTest, 2, 10), (.receiptToResult, 2, 12),
            (.receiptToValidation, 2, 13), (.resultToValidation, 2, 1), (.overall, 2, 15),
        ]
        for (segment, n, median) in expected {
            let found = try #require(figures(segment, of: whole))
            #expect(found.n == n && found.missing == 3 - n, "\(segment)")
            #expect(abs(try #require(found.median) - median) < 1e-9, "\(segment)")
            #expect(found.histogram.reduce(0, +) == n)
        }
        let receipt = try #require(figures(.collectionToReceipt, of: whole))
        #expect(abs(try #require(receipt.mean) - 16.0 / 3) < 1e-9 && receipt.max == 12)

        let units = try report(bench) { $0.split = .unit }
        #expect(figures(.collectionToReceipt, "Unit 2", of: units)?.median == 12)
        // Ten in the morning is day, ten at night is not.
        let shifts = try report(bench) { $0.split = .shift }
        #expect(figures(.receiptToTest, "day", of: shifts)?.n == 2)
        #expect(figures(.receiptToTest, "night", of: shifts)?.missing == 1)
        // From noon to ten at night eight hours are staffed.
        let staffed = try report(bench) {
            $0.hours = StaffedHours(opens: 480, closes: 1_200)
            $0.listed = .receiptToTest
        }
        #expect(figures(.receiptToTest, of: staffed)?.median == 8)
        #expect(staffed.rows.map(\.hours) == [8, 8, nil])
    }

    @Test("TAT-3: durations that cannot be right are named; figures stand with and without them")
    func odd() throws {
        var bench = try Bench()
        try bench.perform(
            bench.manifest(
                (1...2).map { bench.row(tube: $0, kind: "1:1", person: $0, box: "B\($0)") }))
        bench.now = bench.now.advanced(by: .hours(1))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        bench.now = bench.now.advanced(by: .hours(24 * 365 * 7))
        try bench.perform(ReceiveBox(box: "B2", scans: nil, goodOnly: false))
        let found = try report(bench)
        #expect(found.odd.map(\.tube.text) == [Bench.barcode(2)])
        #expect(found.odd.first?.reason == .tooLong)
        #expect(found.odd.first?.segment == .collectionToReceipt)
        let line = try #require(found.lines.first { $0.segment == .collectionToReceipt })
        #expect(line.all.n == 2 && line.clean.n == 1 && line.clean.max == 1)
    }

    @Test("TAT-2: hours are staffed or not, and read only as they are written")
    func hours() {
        #expect(StaffedHours(text: "08:00-20:00") == StaffedHours(opens: 480, closes: 1_200))
        for text in ["", "8-20", "20:00-08:00", "08:00-24:30", "a:b-c:d", "08:00"] {
            #expect(StaffedHours(text: text) == nil, "\(text)")
        }
    }

    @Test("TAT-5: tubes that were scanned one by one stand together under the first limit")
    func together() throws {
        var bench = try Bench()
        try bench.perform(
            bench.manifest((1...6).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        let first = bench.now
        for tube in 1...6 {
            try bench.perform(ReceiveTube(scan: Bench.barcode(tube), box: "B1"))
            bench.now = bench.now.advanced(by: .minutes(tube == 3 ? 60 : 1))
        }
        let lines = try board(bench).lines.sorted { $0.deadline < $1.deadline }
        #expect(lines.reduce(0) { $0 + $1.tubes } == 6)
        #expect((2...4).contains(lines.count))
        #expect(lines.first?.deadline == first.advanced(by: .hours(12)))
    }

    @Test("FORE-9: the settings say who works at each station, and what stands by")
    func stations() throws {
        let bench = try Bench()
        let plan = try bench.laboratory.forecastPlan()
        #expect(plan.stations == LaboratoryStations(reception: 2, extraction: 2, pcr: 4, review: 1))
        #expect(plan.order == .firstCome && plan.reserve.isEmpty && plan.elsewhere == nil)
    }
}
