import LabDomain
import LabExchange
import LabOperations
import LabStatistics
import LabStore
import Testing

@Suite("Sampling desks")
struct DeskTests {
    /// A device that numbers what it sends.
    struct Device {
        var bench: Bench
        var desk = "desk-0000-0000-0001"
        var sequence = 0
        var who = Bench.collector
        var offset = Span.seconds(0)

        mutating func send(_ tube: Int, _ act: DeskEntry.Act, key: String? = nil) throws
            -> TakeDeskEntry.Answer
        {
            sequence += 1
            return try resend(tube, act, key: key)
        }

        func resend(_ tube: Int, _ act: DeskEntry.Act, key: String? = nil) throws
            -> TakeDeskEntry.Answer
        {
            let entry = DeskEntry(
                desk: desk, sequence: sequence, by: who,
                device: bench.now.advanced(by: Span(milliseconds: -offset.milliseconds)),
                tube: Bench.barcode(tube), act: act)
            return try bench.perform(
                TakeDeskEntry(entry, offset: offset), as: who,
                key: key ?? "desk:\(desk):\(sequence)")
        }

        mutating func fill(_ tube: Int, _ people: Range<Int>, ratio: Int = 10) throws {
            for person in people { _ = try send(tube, DeskTests.bind(person, ratio: ratio)) }
        }
    }

    static func bind(
        _ person: Int, ratio: Int = 10, name: String? = nil, document: String? = nil,
        site: String = "Gate 1"
    ) -> DeskEntry.Act {
        .bind(
            .init(
                ratio: ratio, risk: .low, unit: "Unit 1", site: site, box: "",
                person: DeskPerson(
                    name: name ?? "Person \(person)",
                    documentNumber: document ?? Bench.number(of: person))))
    }

    static func close(_ people: Int, _ reason: DeskCloseReason? = nil) -> DeskEntry.Act {
        .close(counted: people, reason: reason)
    }

    private func members(_ tube: Int, _ bench: Bench) throws -> [PersonID] {
        try bench.laboratory.store.read {
            try $0.tube(TubeID(Bench.barcode(tube)))?.tube.people ?? []
        }
    }

    @Test("DESK-1: each entry is done once, however often and by whomever it is sent")
    func once() throws {
        var device = Device(bench: try Bench())
        for person in 1...10 {
            let first = try device.send(1, Self.bind(person))
            #expect(first.people == person)
            let again = try device.resend(1, Self.bind(person))
            #expect(again.people == person)
        }
        let closed = try device.send(1, Self.close(10))
        #expect(closed.outcome == .registered)
        // A colleague signed in meanwhile and sends what was not answered.
        var other = device
        other.who = Bench.technician
        #expect(
            try other.bench.refusal(
                TakeDeskEntry(
                    DeskEntry(
                        desk: other.desk, sequence: other.sequence, by: Bench.collector,
                        device: other.bench.now, tube: Bench.barcode(1), act: Self.close(10)),
                    offset: .seconds(0)), as: Bench.technician,
                key: "desk:\(other.desk):\(other.sequence)") == nil)
        #expect(try members(1, device.bench).count == 10)
        #expect(try device.bench.violations == [])
        #expect(try device.bench.laboratory.store.audit().isSound)
    }

    @Test("DESK-2: an entry before its time is refused with the number that is due; none is lost")
    func order() throws {
        var device = Device(bench: try Bench())
        _ = try device.send(1, Self.bind(1))
        device.sequence = 4
        do {
            _ = try device.resend(1, Self.bind(4))
            Issue.record("an entry out of its order was taken")
        } catch let refusal as Refusal {
            #expect(refusal.places.first?.code == "desk-order")
            #expect(refusal.places.first?.line == 2)
        }
        device.sequence = 1
        for person in 2...4 { _ = try device.send(1, Self.bind(person)) }
        #expect(try device.send(1, Self.close(4, .nobodyWaits)).outcome == .registered)
        let identifiers = try members(1, device.bench)
        let expected = try (1...4).map { person in
            try device.bench.laboratory.vault.seal(
                PersonDetails(
                    name: "x",
                    document: IdentityDocument(
                        type: .residentID, number: Bench.number(of: person)),
                    sex: .unknown, birthDate: nil, telephone: "", address: "")
            ).id
        }
        #expect(identifiers == expected)
    }

    @Test("DESK-3: the last person can be taken back; a spoiled tube registers nobody")
    func undo() throws {
        var device = Device(bench: try Bench())
        try device.fill(1, 1..<3)
        #expect(try device.send(1, .undo(of: 2)).people == 1)
        #expect(try device.send(1, .undo(of: 2)).passed == .notThere)
        #expect(try device.send(1, Self.bind(3)).people == 2)
        #expect(try device.send(1, Self.bind(3)).passed == .twice)
        #expect(try device.send(1, Self.close(2, .groupEnds)).outcome == .registered)
        try device.fill(2, 5..<7)
        #expect(try device.send(2, Self.close(2, .spoiled)).outcome == .discarded)
        #expect(try members(2, device.bench) == [])
        #expect(try device.send(2, Self.close(2)).passed == .notOpen)
        // Nobody of the spoiled tube counts as swabbed.
        #expect(try device.send(3, Self.bind(5)).again == nil)
        #expect(try device.bench.laboratory.store.audit().isSound)
    }

    @Test(
        "DESK-4: a tube filled at two desks waits for a decision; together or apart, all are kept")
    func twoDesks() throws {
        var one = Device(bench: try Bench())
        var two = Device(bench: one.bench, desk: "desk-0000-0000-0002")
        try one.fill(1, 1..<5)
        #expect(try two.send(1, Self.bind(11)).cause == .otherDesk)
        try two.fill(1, 12..<14)
        #expect(try one.send(1, Self.close(4)).cause == .otherDesk)
        #expect(try two.send(1, Self.close(3)).outcome == .held)
        let waiting = try one.bench.laboratory.deskTubesToSettle(
            as: Bench.technician, at: one.bench.now)
        let first = try #require(waiting.first { $0.people.count == 4 })
        let second = try #require(waiting.first { $0.people.count == 3 })
        #expect(first.others.map(\.id) == [second.tube.id])
        #expect(
            try one.bench.refusal(SettleDeskTube(first.tube.id, .register, note: ""))?.code
                == .rule)
        #expect(
            try one.bench.refusal(
                SettleDeskTube(first.tube.id, .discard, note: ""), as: Bench.collector)?.code
                == .notPermitted)
        try one.bench.perform(
            SettleDeskTube(second.tube.id, .merge(into: first.tube.id), note: "one tube"))
        try one.bench.perform(SettleDeskTube(first.tube.id, .register, note: ""))
        #expect(try members(1, one.bench).count == 7)
        #expect(
            try one.bench.refusal(SettleDeskTube(first.tube.id, .discard, note: "")) != nil)
        #expect(try one.bench.violations == [])
        #expect(try one.bench.laboratory.store.audit().isSound)
    }

    @Test("DESK-4: a barcode that is registered already is held until it is read again")
    func registered() throws {
        var device = Device(bench: try Bench())
        try device.bench.perform(
            device.bench.manifest([device.bench.row(tube: 1, kind: "1:1", person: 50)]))
        try device.bench.perform(
            ReceiveTube(scan: Bench.barcode(1), box: "B1"), as: Bench.technician)
        #expect(try device.send(1, Self.bind(1)).cause == .registered)
        #expect(try device.send(1, Self.close(1)).outcome == .held)
        let held = try #require(
            try device.bench.laboratory.deskTubesToSettle(
                as: Bench.technician, at: device.bench.now
            ).first)
        try device.bench.perform(
            SettleDeskTube(held.tube.id, .barcode(Bench.barcode(2)), note: "misread"))
        #expect(try members(2, device.bench).count == 1)
        #expect(try members(1, device.bench).count == 1)
        #expect(try device.bench.laboratory.store.audit().isSound)
    }

    @Test("DESK-4: a person under another name, a miscount and an unreadable card hold the tube")
    func held() throws {
        var device = Device(bench: try Bench())
        try device.fill(1, 1..<2)
        #expect(try device.send(1, Self.close(1)).outcome == .registered)
        device.bench.now = device.bench.now.advanced(by: .hours(48))
        #expect(try device.send(2, Self.bind(1, name: "Somebody Else")).cause == nil)
        #expect(try device.send(2, Self.close(1)).cause == .otherName)
        device.bench.now = device.bench.now.advanced(by: .minutes(1))
        #expect(try device.send(3, Self.bind(7)).cause == nil)
        #expect(try device.send(3, Self.close(2)).cause == .count)
        device.bench.now = device.bench.now.advanced(by: .minutes(1))
        #expect(try device.send(4, Self.bind(8, document: "123")).cause == .unreadable)
        #expect(try device.send(4, Self.close(1)).cause == .unreadable)
        let held = try device.bench.laboratory.deskTubesToSettle(
            as: Bench.supervisor, at: device.bench.now)
        #expect(held.map(\.tube.cause) == [.otherName, .count, .unreadable])
        #expect(held.first?.people.first?.knownAs == "Person 1")
        for (tube, decision) in zip(held, [SettleDeskTube.Decision.correctNames, .register]) {
            try device.bench.perform(SettleDeskTube(tube.tube.id, decision, note: ""))
        }
        let last = try #require(held.last)
        #expect(
            try device.bench.refusal(SettleDeskTube(last.tube.id, .register, note: "")) != nil)
        try device.bench.perform(SettleDeskTube(last.tube.id, .discard, note: "comes again"))
        #expect(try device.bench.violations == [])
        #expect(try device.bench.laboratory.store.audit().isSound)
    }

    @Test("DESK-7: who is swabbed into two tubes within half a day is told of, and is in both")
    func again() throws {
        var device = Device(bench: try Bench())
        try device.fill(1, 1..<3)
        _ = try device.send(1, Self.close(2))
        let answer = try device.send(2, Self.bind(1))
        #expect(answer.again == TubeID(Bench.barcode(1)))
        #expect(answer.outcome == .bound)
        device.bench.now = device.bench.now.advanced(by: .hours(13))
        #expect(try device.send(2, Self.bind(2)).again == nil)
    }

    @Test("DESK-8: a collector sends what was swabbed at their site, and nothing of another")
    func scope() throws {
        var device = Device(bench: try Bench())
        #expect(throws: Refusal.self) { try device.send(1, Self.bind(1, site: "Gate 2")) }
        device.sequence = 0
        #expect(try device.send(1, Self.bind(1)).people == 1)
        device.who = "plan.ner"
        #expect(throws: Refusal.self) { try device.send(1, Self.bind(2)) }
    }

    @Test("DESK-2: any mix of lost answers, doublings and wrong order leaves each entry once")
    func weather() throws {
        for seed in UInt64(1)...6 {
            var random = SeededGenerator(seed: seed)
            let device = Device(bench: try Bench())
            var acts: [(Int, DeskEntry.Act)] = []
            for tube in 1...6 {
                let people = 1 + Int(random.next() % 5)
                for person in 0..<people {
                    acts.append((tube, Self.bind(tube * 10 + person, ratio: 5)))
                }
                acts.append((tube, Self.close(people, .nobodyWaits)))
            }
            var stored = 0
            var tries = 0
            while stored < acts.count, tries < 5_000 {
                tries += 1
                let number = min(acts.count, max(1, stored + Int(random.next() % 4) - 1))
                var sending = device
                sending.sequence = number
                let isTaken = (try? sending.resend(acts[number - 1].0, acts[number - 1].1)) != nil
                #expect(isTaken == (number <= stored + 1), "seed \(seed)")
                if isTaken { stored = max(stored, number) }
            }
            let tubes = try (1...6).map { try members($0, device.bench).count }
            let closed = acts.compactMap { if case .close(let n, _) = $0.1 { n } else { nil } }
            #expect(tubes == closed, "seed \(seed)")
            #expect(try device.bench.laboratory.store.audit().isSound, "seed \(seed)")
        }
    }
}
