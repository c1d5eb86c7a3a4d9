import LabDomain
import LabOperations
import LabStore
import Testing

@Suite("Closing boxes")
struct CloseBoxTests {
    /// Three tubes in the box, none received.
    private static func bench() throws -> Bench {
        let bench = try Bench()
        try bench.perform(
            bench.manifest((1...3).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        return bench
    }

    private static func close(_ counted: Int, withMissing: Bool = false) -> CloseBox {
        CloseBox(box: "b1", counted: counted, withMissing: withMissing)
    }

    private static func summary(_ bench: Bench) throws -> BoxSummary {
        try bench.laboratory.boxes(onlyIncomplete: false, as: Bench.technician)[0]
    }

    @Test("ACC-5: a box is closed when what is on the table is what was scanned")
    func whole() throws {
        let bench = try Self.bench()
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        for handle in [Bench.collector, Bench.sendingUnit, Bench.administrator, "plan.ner"] {
            #expect(try bench.refusal(Self.close(3), as: handle)?.code == .notPermitted)
        }
        for wrong in [-1, 0, 2, 4] {
            let refusal = try bench.refusal(Self.close(wrong))
            #expect(refusal?.code == .rule && refusal?.places.isEmpty == true)
            #expect(refusal?.message.contains("\(wrong) tubes") == true)
            #expect(refusal?.message.contains("3 of B1") == true)
        }
        #expect(try Self.summary(bench).closedAt == nil)
        let answer = try bench.perform(Self.close(3), key: "k")
        #expect(answer.counted == 3 && answer.expected == 3 && answer.missing.isEmpty)
        #expect(try bench.perform(Self.close(3), key: "k").counted == 3)
        #expect(try Self.summary(bench).closedAt == bench.now)
        #expect(try Self.summary(bench).closedBy == Bench.technician)
        let unknown = CloseBox(box: "B9", counted: 0, withMissing: false)
        #expect(try bench.refusal(unknown)?.code == .unknown)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("ACC-5: missing tubes are named, and only on purpose is a box closed without them")
    func missing() throws {
        var bench = try Self.bench()
        try bench.perform(ReceiveTube(scan: Bench.barcode(1), box: nil))
        for (counted, withMissing) in [(1, false), (3, false), (3, true), (0, true)] {
            let refusal = try bench.refusal(Self.close(counted, withMissing: withMissing))
            #expect(refusal?.code == .rule)
            #expect(refusal?.places.map(\.subject) == [2, 3].map(Bench.barcode))
            #expect(refusal?.places.map(\.code) == ["missing", "missing"])
        }
        let answer = try bench.perform(Self.close(1, withMissing: true))
        #expect(answer.missing == [2, 3].map { TubeID(Bench.barcode($0)) })

        // One comes late and is received; the last closing counts.
        bench.now = bench.now.advanced(by: .hours(1))
        try bench.perform(ReceiveTube(scan: Bench.barcode(2), box: "B1"))
        #expect(try Self.summary(bench).closedBy == Bench.technician)
        let again = try bench.perform(Self.close(2, withMissing: true), as: Bench.supervisor)
        #expect(again.missing == [TubeID(Bench.barcode(3))])
        #expect(try Self.summary(bench).closedAt == bench.now)
        #expect(try Self.summary(bench).closedBy == Bench.supervisor)
        let story = try bench.laboratory.story(of: "B1", as: Bench.technician)
        #expect(story.count { $0.kind == .boxClosed } == 2)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("ACC-5: rejected tubes lie on the table too, but for those that never arrived")
    func rejected() throws {
        let bench = try Self.bench()
        try bench.perform(ReceiveTube(scan: Bench.barcode(1), box: nil))
        try bench.perform(RejectTube(scan: Bench.barcode(1), reason: .leaking))
        try bench.perform(RejectTube(scan: Bench.barcode(2), reason: .noSwab))
        try bench.perform(RejectTube(scan: Bench.barcode(3), reason: .lost))
        #expect(try bench.refusal(Self.close(3))?.code == .rule)
        #expect(try bench.perform(Self.close(2)).missing.isEmpty)
    }
}
