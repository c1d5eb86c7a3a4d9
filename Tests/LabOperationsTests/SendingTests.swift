import LabDomain
import LabExchange
import LabOperations
import LabStatistics
import LabStore
import Testing

@Suite("Sending what is in the outbox")
struct SendingTests {
    private func answers(_ code: String) -> ScriptedReceiver {
        ScriptedReceiver { _, id in .answered(.acknowledgement(code, id)) }
    }

    @Test("SEND-7: an accepted message is settled, and its clock of reporting stops")
    func accepted() throws {
        let bench = try Bench()
        try bench.adopt()
        try bench.reviewed(bench.singles(1)) { _ in Bench.positive }
        try bench.perform(Release(.tubes([Bench.barcode(1)])), as: Bench.supervisor)
        func open() throws -> Bool {
            try bench.laboratory.clocks(at: bench.now, openOnly: true, as: Bench.supervisor)
                .batches.contains { $0.rule == "positive-report" }
        }
        #expect(try open())
        let sent = try bench.send(over: answers("AA"))
        #expect(sent.accepted == 1 && sent.stoppedBy == nil)
        #expect(try bench.outbox().map(\.state) == [.accepted])
        #expect(try !open())
        let second = answers("AA")
        try bench.send(over: second, after: .hours(48))
        #expect(second.received.isEmpty)
    }

    @Test("SEND-7: a refused message is parked with the receiver's words and the field they mean")
    func parked() throws {
        let bench = try Bench.released(2)
        let sent = try bench.send(over: answers("AE"))
        #expect(sent.rejected == 2 && sent.retried == 0)
        let rejects = try bench.laboratory.rejects(of: nil, limit: 9, as: Bench.supervisor)
        #expect(rejects.count == 2)
        let words = try #require(rejects[0].words)
        #expect(words.findings.map(\.place) == ["PID-5"])
        #expect(words.findings[0].field == "person's name")
        #expect(words.findings[0].words == "no such person")
        // The words may quote a value: neither a row nor a fact shows them.
        let stored = try bench.laboratory.store.read { try $0.rejectedMessages(of: nil, limit: 1) }
        #expect(stored[0].place == "PID-5")
        #expect(try #require(stored[0].words).array.contains("person".utf8) == false)
        let again = answers("AA")
        try bench.send(over: again, after: .hours(48))
        #expect(again.received.isEmpty)
    }

    @Test("SEND-7: what is not about the content goes out again, the same bytes, ever later")
    func retried() throws {
        var bench = try Bench.released(1)
        let deliveries: [Delivery] = [
            .silence(.tooSlow), .silence(.status(503)), .answered(Array("nonsense".utf8)),
        ]
        let receiver = ScriptedReceiver { number, id in
            deliveries.indices.contains(number)
                ? deliveries[number] : .answered(.acknowledgement(number < 5 ? "AR" : "AA", id))
        }
        var pauses: [Int64] = []
        for _ in 0..<6 {
            try bench.send(over: receiver)
            let entry = try #require(try bench.outbox().first)
            guard let next = entry.nextAt else { break }
            pauses.append(bench.now.span(to: next).milliseconds)
            // Too early, and nothing leaves.
            let before = receiver.received.count
            try bench.send(over: receiver, after: Span(milliseconds: pauses[pauses.count - 1] - 1))
            #expect(receiver.received.count == before)
            bench.now = next
        }
        for (place, pause) in pauses.enumerated() {
            let usual = Double(2_000 << place)
            #expect((0.75 * usual...1.25 * usual).contains(Double(pause)))
        }
        #expect(pauses.count == 5)
        #expect(receiver.received.count == 6)
        #expect(Set(receiver.received.map(\.bytes)).count == 1)
        #expect(try bench.outbox().map(\.state) == [.accepted])
    }

    @Test("SEND-6: after a crash between send and answer the same message goes out again")
    func crash() throws {
        let bench = try Bench.released(3)
        // The transaction that marks is durable; the program dies before it records an answer.
        var random = SeededGenerator(seed: 1)
        let at = bench.now
        let dying = ScriptedReceiver { number, id in
            if number == 1 {
                // Nobody may send from here on: the record of the answers is refused.
                _ = try? bench.perform(
                    RetirePerson(handle: Bench.supervisor), as: Bench.administrator)
            }
            return .answered(.acknowledgement("AA", id))
        }
        #expect(throws: (any Error).self) {
            try bench.laboratory.sendReports(
                as: Bench.supervisor, clock: { at }, using: &random, connect: { _ in dying })
        }
        let marked = try bench.laboratory.messages(limit: 9, as: Bench.colleague)
        #expect(marked.allSatisfy { $0.state == .sent && $0.tries == 1 })
        let second = ScriptedReceiver()
        _ = try bench.laboratory.sendReports(
            as: Bench.colleague, clock: { at }, using: &random, connect: { _ in second })
        #expect(Set(second.received.map(\.id)) == Set(marked.map(\.message.text)))
        for (id, bytes) in second.received {
            #expect(
                try bench.laboratory.messageBytes(MessageID(id), as: Bench.colleague) == bytes)
        }
        #expect(
            try bench.laboratory.messages(in: .accepted, limit: 9, as: Bench.colleague).count == 3)
    }

    @Test("SEND-8: a receiver that was down for a day is caught up with in order")
    func catchesUp() throws {
        var bench = try Bench()
        try bench.adopt()
        var order: [String] = []
        for number in 1...6 {
            bench.now = bench.now.advanced(by: .hours(4))
            let row = bench.row(
                tube: number, kind: "1:1", person: number, box: "B\(number)")
            try bench.reviewed([row], box: "B\(number)")
            try bench.perform(Release(.negatives), as: Bench.supervisor)
            order.append(try #require(try bench.outbox().last).message.text)
            // Half of the time nobody listens, half of the time nobody answers.
            let receiver = ScriptedReceiver { _, _ in
                number.isMultiple(of: 2) ? .notSent(.unreachable) : .silence(.tooSlow)
            }
            #expect(try bench.send(over: receiver).stoppedBy != nil || number == 1)
        }
        #expect(try bench.outbox().allSatisfy { $0.state == .made || $0.state == .sent })
        bench.now = bench.now.advanced(by: .hours(1))
        let back = ScriptedReceiver()
        try bench.send(over: back)
        #expect(back.received.map(\.id) == order)
    }

    @Test("SEND-8: positives leave before the negatives that wait, and these at their time")
    func urgent() throws {
        var bench = try Bench()
        try bench.adopt(Bench.receiver(schedule: "at: [\"20:00\"]"))
        try bench.reviewed(bench.singles(3)) {
            $0 == Bench.barcode(2) ? Bench.positive : Bench.negative
        }
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        try bench.perform(Release(.tubes([Bench.barcode(2)])), as: Bench.supervisor)
        let receiver = ScriptedReceiver()
        try bench.send(over: receiver)
        #expect(receiver.received.count == 1)
        let first = try bench.tree(MessageID(receiver.received[0].id))
        #expect(first.segments("OBX")[0].text(5) == "260373001")
        // 10:00 in China; the others leave at 20:00.
        bench.now = bench.now.advanced(by: Span.minutes(599))
        try bench.send(over: receiver)
        #expect(receiver.received.count == 1)
        try bench.send(over: receiver, after: .minutes(1))
        #expect(receiver.received.count == 3)
    }

    @Test(
        "SEND-8: an answer to another message, in no form or without end settles nothing",
        arguments: ["foreign", "malformed", "huge", "empty"])
    func strange(_ kind: String) throws {
        let bench = try Bench.released(1)
        let receiver = ScriptedReceiver { _, _ in
            switch kind {
            case "foreign": .answered(.acknowledgement("AA", "M0000000000000000"))
            case "malformed": .answered(Array("MSH|^~\\&|x\rMSA|AA".utf8))
            case "huge":
                .answered([UInt8](repeating: 65, count: Acknowledgement.limit + 1))
            default: .answered([])
            }
        }
        let sent = try bench.send(over: receiver)
        #expect(sent.accepted == 0 && sent.rejected == 0 && sent.retried == 1)
        #expect(try bench.outbox().map(\.state) == [.sent])
    }

    @Test("SEND-8: a clock that is set back by a year makes no message wait for that year")
    func clockSetBack() throws {
        var bench = try Bench.released(2)
        try bench.send(over: ScriptedReceiver { _, _ in .silence(.tooSlow) })
        bench.now = bench.now.advanced(by: .hours(-24 * 365))
        let receiver = ScriptedReceiver()
        try bench.send(over: receiver)
        #expect(receiver.received.count == 2)
    }

    @Test("SEND-9: a refused message is written anew after mending, with a number of its own")
    func mended() throws {
        let bench = try Bench.released(1)
        try bench.send(over: answers("AE"))
        let refused = try #require(try bench.outbox(.rejected).first).message
        let resend = ResendMessage(message: refused, isUnchanged: false)
        #expect(try bench.refusal(resend, as: Bench.supervisor)?.code == .rule)
        let settings = try Laboratory.shippedText(settings: true)
            .replacing("street: 1 Cidu Avenue", with: "street: 2 Cidu Avenue")
        try bench.perform(AdoptSettings(text: settings), as: Bench.administrator)
        let answer = try bench.perform(resend, as: Bench.supervisor)
        let new = try #require(answer.message)
        #expect(new != refused)
        #expect(try bench.tree(new).segments("OBR")[0].text(25) == "F")
        let receiver = ScriptedReceiver()
        try bench.send(over: receiver)
        #expect(receiver.received.map(\.id) == [new.text])
        #expect(try bench.outbox().map(\.state) == [.superseded, .accepted])
        #expect(try bench.refusal(resend, as: Bench.supervisor)?.code == .rule)
    }

    @Test("SEND-9: a refused message is sent as it is when the receiver has mended its side")
    func unchanged() throws {
        let bench = try Bench.released(1)
        let first = answers("AE")
        try bench.send(over: first)
        let refused = try #require(try bench.outbox(.rejected).first).message
        let resend = ResendMessage(message: refused, isUnchanged: true)
        try bench.perform(resend, as: Bench.supervisor)
        let second = ScriptedReceiver()
        try bench.send(over: second)
        #expect(second.received.map(\.bytes) == first.received.map(\.bytes))
        #expect(try bench.refusal(resend, as: Bench.supervisor)?.code == .rule)
    }

    @Test("SEND-15: a technician neither sends nor resends, and a supervisor adopts no receiver")
    func rights() throws {
        let bench = try Bench.released(1)
        var random = SeededGenerator(seed: 1)
        #expect(throws: Refusal.self) {
            try bench.laboratory.sendReports(
                as: Bench.technician, clock: { bench.now }, using: &random,
                connect: { _ in ScriptedReceiver() })
        }
        let resend = ResendMessage(message: MessageID("M"), isUnchanged: true)
        #expect(try bench.refusal(resend)?.code == .notPermitted)
        let adopt = AdoptReceiver(text: Bench.receiver())
        #expect(try bench.refusal(adopt, as: Bench.supervisor)?.code == .notPermitted)
        #expect(Role.device.may(.sendReports) && !Role.device.may(.amendResult))
        let retire = RetireReceiver(name: "cdc")
        #expect(try bench.perform(retire, as: Bench.administrator).waiting == 1)
        let receiver = ScriptedReceiver()
        let sent = try bench.laboratory.sendReports(
            as: Bench.supervisor, clock: { bench.now }, using: &random, connect: { _ in receiver })
        #expect(sent.isEmpty && receiver.received.isEmpty)
    }
}
