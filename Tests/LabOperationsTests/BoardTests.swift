import LabDomain
import LabOperations
import LabStore
import Testing

@Suite("What presses")
struct BoardTests {
    /// Three boxes, received at 10:00, 16:00 and 21:00; the first is released in part.
    private static func bench() throws -> Bench {
        var bench = try Bench()
        let rows = (1...9).map { number in
            bench.row(
                tube: number, kind: "1:1", person: number, box: "B\((number - 1) / 3 + 1)")
        }
        try bench.perform(bench.manifest(rows))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let first = try bench.perform(
            LayOutPlate(kit: .first, only: [Bench.barcode(1), Bench.barcode(2)])
        ).plate
        try bench.perform(
            ImportRun(file: try bench.run(first) { _ in Bench.negative }, plate: first))
        try bench.perform(ReviewRun(plate: first), as: Bench.supervisor)
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        bench.now = bench.now.advanced(by: .hours(6))
        try bench.perform(ReceiveBox(box: "B2", scans: nil, goodOnly: false))
        bench.now = bench.now.advanced(by: .hours(5))
        try bench.perform(ReceiveBox(box: "B3", scans: nil, goodOnly: false))
        return bench
    }

    private static func board(
        _ bench: Bench, show: Urgency? = nil, most: Int = Board.most
    ) throws -> Board {
        try bench.laboratory.board(at: bench.now, show: show, most: most, as: "plan.ner")
    }

    @Test("WEB-55: batches stand by what is left: breached, late soon, on time")
    func order() throws {
        var bench = try Self.bench()
        #expect(
            try Self.board(bench).batches.map { "\($0.open.box) \($0.urgency.rawValue)" } == [
                "B1 soon", "B2 on-time", "B3 on-time",
            ])
        bench.now = bench.now.advanced(by: .minutes(61))
        let board = try Self.board(bench)
        #expect(board.batches.map(\.urgency) == [.late, .onTime, .onTime])
        #expect(board.batches.first?.open.late == 1)
        #expect(board.batches.first?.open.awaitingDelivery == 2)
        #expect(board.counts == [.late: 1, .onTime: 2])
        #expect(try Self.board(bench, show: .onTime).batches.count == 2)
        #expect(try Self.board(bench, show: .soon).batches.isEmpty)
    }

    @Test("WEB-165: a breach shows at once, though tubes are counted once for all who look")
    func kept() throws {
        var bench = try Self.bench()
        let due = try #require(try Self.board(bench).batches.first).open.next.dueAt
        func first(_ seconds: Int) throws -> Board.Batch? {
            bench.now = due.advanced(by: .seconds(seconds))
            return try Self.board(bench).batches.first
        }
        #expect(try first(-3)?.urgency == .soon)
        #expect(try first(2)?.urgency == .late)
        // They are counted again after ten seconds, and as soon as something was done.
        #expect(try first(8)?.open.late == 1)
        #expect(try first(-3)?.open.late == 0)
        _ = try first(1)
        try bench.perform(LayOutPlate(kit: .first, only: [Bench.barcode(4)]))
        #expect(try first(1)?.open.late == 1)
    }

    @Test("WEB-55: so many batches are shown, and the rest is counted")
    func most() throws {
        let board = try Self.board(try Self.bench(), most: 2)
        #expect(board.batches.map(\.open.box.text) == ["B1", "B2"])
        #expect(board.more == 1)
    }

    @Test("WEB-56: a plate presses as its most urgent sample does, until its review")
    func plates() throws {
        var bench = try Self.bench()
        let plate = try bench.perform(
            LayOutPlate(kit: .first, only: [Bench.barcode(7), Bench.barcode(4)])
        ).plate
        var open = try #require(try Self.board(bench).plates.first)
        #expect(open.open.plate == plate && !open.open.isRead && open.open.samples == 2)
        let due = try Self.board(bench).batches.first { $0.open.box.text == "B2" }?.open.next
        #expect(open.open.next == due)
        try bench.perform(
            ImportRun(file: try bench.run(plate) { _ in Bench.negative }, plate: plate))
        open = try #require(try Self.board(bench).plates.first)
        #expect(open.open.isRead && open.open.next == due)
        bench.now = bench.now.advanced(by: .hours(12))
        #expect(try Self.board(bench, show: .late).plates.count == 1)
        try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        #expect(try Self.board(bench).plates.isEmpty)
    }

    @Test(
        "WEB-55: what the board counts is what all clocks say one by one",
        arguments: [0, 5, 11, 12, 18, 23, 40])
    func sameAsAll(hours: Int) throws {
        var bench = try Self.bench()
        bench.now = bench.now.advanced(by: .hours(hours))
        let now = bench.now
        let all = try bench.laboratory.store.read { try $0.clockBatches(at: now) }
        let open = all.filter { batch in
            (batch.counts[.due] ?? batch.counts[.late] ?? batch.counts[.awaitingDelivery]) != nil
        }
        let board = try Self.board(bench).batches
        #expect(Set(board.map(\.open.box)) == Set(open.map(\.box)))
        for batch in board {
            let same = try #require(
                open.first { $0.box == batch.open.box && $0.rule == batch.open.rule })
            #expect(batch.open.running == same.counts[.due] ?? 0)
            #expect(batch.open.late == same.counts[.late] ?? 0)
            #expect(batch.open.awaitingDelivery == same.counts[.awaitingDelivery] ?? 0)
            #expect(batch.detail.closedLate == same.counts[.closedLate] ?? 0)
            #expect(batch.detail.closedInTime == same.counts[.closedInTime] ?? 0)
            #expect(batch.open.next == same.next)
        }
    }

    @Test("WEB-57: a breach without a cause is asked for after its clocks have stopped too")
    func unexplained() throws {
        var bench = try Self.bench()
        bench.now = bench.now.advanced(by: .hours(30))
        for plate in try bench.test(cqs: { _ in Bench.negative }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        for box in ["B1", "B2", "B3"] {
            try bench.perform(ConfirmFeedback(box: box), as: Bench.supervisor)
        }
        var board = try Self.board(bench)
        #expect(board.batches.isEmpty)
        #expect(board.unexplained.map(\.box.text) == ["B1", "B2", "B3"])
        try bench.perform(
            ExplainBreach(box: "B2", rule: "feedback", cause: .retests, note: ""),
            as: Bench.supervisor)
        board = try Self.board(bench)
        #expect(board.unexplained.map(\.box.text) == ["B1", "B3"])
    }
}
