import LabDomain
import LabOperations
import LabStore
import Testing

@Suite("Slips at the reception")
struct UndoScanTests {
    private static let tube = Bench.barcode(1)
    private static let undo = UndoScan(tube: tube)

    /// A mixed tube of three, two single tubes and one of the environment, none received.
    private static func bench(programme: String? = nil) throws -> Bench {
        let bench = try Bench(programme: programme)
        try bench.perform(
            bench.manifest(
                (1...3).map { bench.row(tube: 1, kind: "5:1", person: $0) } + [
                    bench.row(tube: 2, kind: "1:1", person: 4),
                    bench.row(tube: 3, kind: "1:1", person: 5),
                    bench.row(tube: 4, kind: "environment", person: 0, place: "door"),
                ]))
        return bench
    }

    private static func receive(_ number: Int) -> ReceiveTube {
        ReceiveTube(scan: Bench.barcode(number), box: nil)
    }

    /// What waits, what is open and what runs: all that a slip could change.
    private static func picture(_ bench: Bench) throws -> [String] {
        let waiting = try bench.laboratory.waitingTests(onlyRetests: false, as: Bench.technician)
            .map {
                "\($0.subject) \($0.purpose) \($0.kit) \($0.since) \(String(describing: $0.due))"
            }
        let open = try bench.laboratory.recollections(onlyOpen: true, as: Bench.technician)
            .map { "\($0.person) \(String(describing: $0.due))" }
        let tasks = try bench.laboratory.tasks(onlyOpen: true, as: Bench.technician)
            .map { "\($0.kind) \($0.about)" }
        let clocks = try bench.laboratory.clocks(
            at: bench.now, openOnly: false, as: Bench.technician
        ).batches.map(String.init(describing:))
        let boxes = try bench.laboratory.boxes(onlyIncomplete: false, as: Bench.technician)
            .map(String.init(describing:))
        return waiting.sorted() + open + tasks + clocks + boxes
    }

    @Test("ACC-4: a receipt is taken back, and the tube can be received again")
    func receipt() throws {
        var bench = try Self.bench()
        let before = try Self.picture(bench)
        #expect(try bench.refusal(Self.undo)?.code == .nothingToDo)
        try bench.perform(Self.receive(1))
        bench.now = bench.now.advanced(by: .minutes(30))
        for handle in [Bench.collector, Bench.administrator, Bench.sendingUnit, "plan.ner"] {
            #expect(try bench.refusal(Self.undo, as: handle)?.code == .notPermitted)
        }
        let answer = try bench.perform(Self.undo, as: Bench.supervisor, key: "k")
        #expect(answer.undone == .receipt && answer.state == .expected)
        #expect(answer.box == BoxID("B1") && answer.recollections == 0)
        #expect(try Self.picture(bench) == before)
        #expect(try bench.perform(Self.undo, as: Bench.supervisor, key: "k").undone == .receipt)
        #expect(try bench.refusal(Self.undo)?.code == .nothingToDo)

        #expect(try bench.perform(Self.receive(1)).missing == 3)
        let waiting = try bench.laboratory.waitingTests(onlyRetests: false, as: Bench.technician)
        #expect(waiting.map(\.ordinal) == [2])
        #expect(waiting.first?.due == bench.now.advanced(by: .hours(12)))
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test(
        "ACC-4: a rejection is taken back, and everything is as before it",
        arguments: [1, 2, 4], [true, false])
    func rejection(_ number: Int, isReceived: Bool) throws {
        var bench = try Self.bench()
        if isReceived { try bench.perform(Self.receive(number)) }
        bench.now = bench.now.advanced(by: .minutes(7))
        let before = try Self.picture(bench)
        let undo = UndoScan(tube: Bench.barcode(number))
        for _ in 0..<2 {
            let rejected = try bench.perform(
                RejectTube(scan: Bench.barcode(number), reason: .leaking))
            #expect(try Self.picture(bench) != before)
            let answer = try bench.perform(undo)
            #expect(answer.undone == .rejection)
            #expect(answer.state == (isReceived ? .received : .expected))
            #expect(answer.recollections == rejected.recollections.count)
            #expect(answer.task == rejected.task)
            #expect(try Self.picture(bench) == before)
            #expect(try bench.violations.isEmpty)
        }
        // The receipt before it is the last thing that stands now.
        #expect(try bench.refusal(undo)?.code == (isReceived ? nil : .nothingToDo))
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("ACC-4: after thirty minutes what was done stands")
    func tooLate() throws {
        var bench = try Self.bench()
        try bench.perform(Self.receive(1))
        try bench.perform(Self.receive(2))
        try bench.perform(RejectTube(scan: Bench.barcode(2), reason: .lost))
        bench.now = bench.now.advanced(by: Span(milliseconds: 30 * 60_000 + 1))
        for number in [1, 2] {
            let refusal = try bench.refusal(UndoScan(tube: Bench.barcode(number)))
            #expect(refusal?.code == .rule)
            #expect(refusal?.message.contains("2021-08-03 10:00") == true)
        }
        #expect(try bench.refusal(UndoScan(tube: Bench.barcode(9)))?.code == .unknown)
        #expect(try bench.refusal(UndoScan(tube: "?"))?.code == .badData)
    }

    @Test("ACC-4: a receipt stands once its test is pooled, plated, read, or another one")
    func receiptMovedOn() throws {
        var bench = try Self.bench()
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let undo = UndoScan(tube: Bench.barcode(2))
        func stands() throws -> Bool { try bench.refusal(undo)?.code == .rule }
        try bench.perform(FormPools(.proposed(PoolWishes(scheme: PoolScheme(size: 5)))))
        #expect(try stands())
        bench.now = bench.now.advanced(by: .minutes(1))
        try bench.testPlate { $0.hasPrefix("LP") ? Bench.positive : Bench.negative }
        // The retest waits: it is not the test that the receipt asked for.
        #expect(try stands())
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        #expect(try stands())
        try bench.perform(AbandonPlate(plate: plate))
        #expect(try stands())
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("ACC-4: a rejection stands once a search or the task has ended, or the unit was told")
    func rejectionMovedOn() throws {
        let bench = try Self.bench()
        func refused(_ number: Int) throws -> Refusal.Code? {
            try bench.refusal(UndoScan(tube: Bench.barcode(number)))?.code
        }
        let mixed = try bench.perform(RejectTube(scan: Self.tube, reason: .leaking))
        try bench.perform(
            CloseRecollection(recollection: mixed.recollections[1], outcome: .refused))
        #expect(try refused(1) == .rule)
        try bench.perform(RejectTube(scan: Bench.barcode(2), reason: .leaking))
        try bench.perform(bench.manifest([bench.row(tube: 9, kind: "1:1", person: 4, box: "B9")]))
        #expect(try refused(2) == .rule)
        let place = try bench.perform(RejectTube(scan: Bench.barcode(4), reason: .leaking))
        try bench.perform(CloseTask(task: try #require(place.task), done: "sampled again"))
        #expect(try refused(4) == .rule)
        try bench.perform(RejectTube(scan: Bench.barcode(3), reason: .leaking))
        try bench.perform(ConfirmFeedback(box: "B1"), as: Bench.sendingUnit)
        #expect(try refused(3) == .rule)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test(
        "ACC-4: a pool's member is taken back into the pool while that is open, and no longer",
        arguments: [true, false])
    func poolMember(isOpen: Bool) throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest((1...3).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        try bench.perform(FormPools(.proposed(PoolWishes(scheme: PoolScheme(size: 5)))))
        try bench.testPlate { _ in Bench.positive }
        let before = try Self.picture(bench)
        try bench.perform(RejectTube(scan: Self.tube, reason: .insufficient))
        if isOpen {
            #expect(try bench.perform(Self.undo).state == .received)
            #expect(try Self.picture(bench) == before)
        } else {
            try bench.test { _ in Bench.negative }
            #expect(
                try bench.laboratory.pools(onlyOpen: false, as: Bench.technician)
                    .allSatisfy { $0.state == .unconfirmed })
            #expect(try bench.refusal(Self.undo)?.code == .rule)
        }
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("ACC-4: clocks that receipt or rejection stopped run on after it is taken back")
    func stoppedClocks() throws {
        let shipped = try Laboratory.shippedText(settings: false)
        let transport = """
            clocks:
              - { name: transport, starts: collected, stops: received, limit: 6h, source: test }
              - { name: call, starts: received, stops: recollection-opened, limit: 6h, source: t }

            """
        var bench = try Self.bench(programme: shipped.replacing("clocks:\n", with: transport))
        func running() throws -> [String] {
            try bench.laboratory.store.read { view in
                try view.runningClocks(of: [.tube(TubeID(Self.tube))]).map {
                    "\($0.rule) \($0.clock.startedAt.milliseconds) \($0.clock.pausedAt == nil)"
                }
            }.sorted()
        }
        let expected = try running()
        #expect(expected.count == 1)
        bench.now = bench.now.advanced(by: .minutes(5))
        try bench.perform(Self.receive(1))
        let received = try running()
        #expect(received.count == 2 && Set(received).isDisjoint(with: expected))
        bench.now = bench.now.advanced(by: .minutes(5))
        try bench.perform(RejectTube(scan: Self.tube, reason: .leaking))
        #expect(try running() != received)
        try bench.perform(Self.undo)
        #expect(try running() == received)
        try bench.perform(Self.undo)
        #expect(try running() == expected)
        #expect(try bench.laboratory.store.audit().isSound)
    }
}
