import LabDomain
import LabOperations
import LabStore
import Testing

@Suite("One scan at the reception")
struct ReceptionTests {
    /// Three tubes in the box B1 and one in B2.
    private static func bench() throws -> Bench {
        let bench = try Bench()
        try bench.perform(
            bench.manifest(
                (1...3).map { bench.row(tube: $0, kind: "1:1", person: $0) }
                    + [bench.row(tube: 4, kind: "1:1", person: 4, box: "B2")]))
        return bench
    }

    private static func scan(_ number: Int, box: String? = nil) -> ReceiveTube {
        ReceiveTube(scan: Bench.barcode(number), box: box)
    }

    @Test("ACC-3: each scan is answered with the tube, its box and what of the box is missing")
    func counts() throws {
        let bench = try Self.bench()
        try bench.perform(RejectTube(scan: Bench.barcode(3), reason: .leaking))
        let first = try bench.perform(Self.scan(1), key: "k")
        #expect(first.tube == TubeID(Bench.barcode(1)) && first.box == BoxID("B1"))
        #expect(first.received == 1 && first.expected == 3)
        #expect(first.missing == 1 && first.rejected == 1)
        #expect(try bench.perform(Self.scan(1), key: "k").received == 1)
        let second = try bench.perform(Self.scan(2, box: " b1 "))
        #expect(second.received == 2 && second.missing == 0)
        #expect(try bench.perform(Self.scan(4)).box == BoxID("B2"))
        let waiting = try bench.laboratory.waitingTests(onlyRetests: false, as: Bench.technician)
        #expect(waiting.map(\.subject).sorted() == [1, 2, 4].map(Bench.barcode))
        #expect(waiting.allSatisfy { $0.due == bench.now.advanced(by: .hours(12)) })
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test(
        "ACC-3: a refused scan has one place with its cause, and says when, by whom and which box")
    func refusals() throws {
        var bench = try Self.bench()
        try bench.perform(Self.scan(1))
        try bench.perform(RejectTube(scan: Bench.barcode(2), reason: .noSwab), as: Bench.supervisor)
        bench.now = bench.now.advanced(by: .hours(1))
        let good = Bench.barcode(3)
        let wrongCheck = good.dropLast() + (good.last == "A" ? "B" : "A")
        for (scan, box, code, words) in [
            ("", nil, "barcode-missing", []), ("SW_1", nil, "barcode-character", []),
            ("SWT1", nil, "barcode-format", []), (String(wrongCheck), nil, "barcode-check", []),
            (Bench.barcode(9), nil, "unknown", []), (Bench.barcode(9), "B1", "unknown", []),
            (
                Bench.barcode(1), "B2", "already-received",
                ["2021-08-03 10:00", Bench.technician, "B1"]
            ),
            (
                Bench.barcode(2), "B2", "rejected",
                ["2021-08-03 10:00", Bench.supervisor, RejectReason.noSwab.meaning.text]
            ),
            (good, "B2", "other-box", ["B1"]), (good, "B9", "other-box", ["B1"]),
        ] as [(String, String?, String, [String])] {
            let refusal = try #require(try bench.refusal(ReceiveTube(scan: scan, box: box)))
            #expect(refusal.places.map(\.code) == [code])
            let message = refusal.places.first?.message ?? ""
            #expect(refusal.message == message)
            for word in words { #expect(message.contains(word), "\(code): \(message)") }
        }
        #expect(try bench.laboratory.status(as: Bench.technician).tubesReceived == 1)
    }

    @Test("ACC-3: who may not receive boxes may not receive tubes")
    func rights() throws {
        let bench = try Self.bench()
        for handle in [Bench.collector, Bench.sendingUnit, Bench.administrator, "plan.ner"] {
            #expect(try bench.refusal(Self.scan(1), as: handle)?.code == .notPermitted)
        }
        #expect(try bench.refusal(Self.scan(1), as: Bench.supervisor) == nil)
    }

    @Test("ACC-3: a box received scan by scan is as one received whole")
    func sameAsWhole() throws {
        let one = try Self.bench()
        for tube in 1...3 { try one.perform(Self.scan(tube, box: "B1")) }
        let whole = try Self.bench()
        try whole.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        func waiting(_ bench: Bench) throws -> [String] {
            try bench.laboratory.waitingTests(onlyRetests: false, as: Bench.technician)
                .map { "\($0.request) \($0.since.milliseconds) \($0.due?.milliseconds ?? 0)" }
        }
        #expect(try waiting(one) == waiting(whole))
        #expect(try !waiting(one).isEmpty)
    }
}
