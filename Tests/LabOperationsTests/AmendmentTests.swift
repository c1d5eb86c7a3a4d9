import LabDomain
import LabExchange
import LabOperations
import LabStore
import Testing

@Suite("Changes of what was reported")
struct AmendmentTests {
    private let correction = ProposeAmendment(
        scan: Bench.barcode(1), person: nil, change: .correction(.notDetected), reason: .misread)
    private let withdrawal = ProposeAmendment(
        scan: Bench.barcode(1), person: nil, change: .withdrawal, reason: .wrongPerson)

    /// A positive tube that was released; the third supervisor has touched nothing.
    private func positive() throws -> Bench {
        let bench = try Bench()
        try bench.perform(
            AddPerson(handle: "sun.li", role: .supervisor, name: nil, scope: .laboratory),
            as: Bench.administrator)
        try bench.adopt()
        try bench.reviewed(bench.singles(1)) { _ in Bench.positive }
        try bench.perform(Release(.tubes([Bench.barcode(1)])), as: Bench.supervisor)
        return bench
    }

    private func sign(_ id: AmendmentID) -> DecideAmendment {
        DecideAmendment(amendment: id, isAccepted: true)
    }

    @Test("SEND-12: a correction goes to who was told, under a new number and later")
    func corrected() throws {
        let bench = try positive()
        try bench.send(over: ScriptedReceiver())
        let proposed = try bench.perform(correction, as: Bench.supervisor)
        #expect(try bench.outbox().count == 1)
        try bench.perform(sign(proposed.amendment), as: Bench.colleague)
        let list = try bench.outbox()
        #expect(list.map(\.says) == [.final, .corrected])
        #expect(list.map(\.state) == [.corrected, .made] && list[1].isUrgent)
        let (first, second) = (try bench.tree(list[0].message), try bench.tree(list[1].message))
        #expect(first.controlID != second.controlID)
        let (before, after) = (first.segments("OBR")[0], second.segments("OBR")[0])
        #expect(before[3] == after[3] && before[4] == after[4])
        #expect(before.text(22) < after.text(22))
        #expect(after.text(25) == "C")
        let results = second.segments("OBX")
        #expect(results[0].text(5) == "260415000" && results[0].text(11) == "C")
        // What the well said contradicts the correction: it is taken back, each by its number.
        let targets = results.dropFirst().filter { !$0.text(5).isEmpty }
        #expect(!targets.isEmpty && targets.allSatisfy { $0.text(11) == "W" })
        #expect(
            first.segments("OBX").map { [$0[3], $0[4]] } == results.map { [$0[3], $0[4]] })
        let bytes = try bench.laboratory.messageBytes(list[1].message, as: Bench.supervisor)
        #expect(try CheckedMessages(bytes).errors == 0)
        #expect(try bench.laboratory.status(as: Bench.supervisor).peopleDetected == 0)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("SEND-12: a result of another person is withdrawn where it was told, and not exported")
    func withdrawn() throws {
        let bench = try positive()
        try bench.send(over: ScriptedReceiver { _, _ in .silence(.tooSlow) })
        let proposed = try bench.perform(withdrawal, as: Bench.supervisor)
        try bench.perform(sign(proposed.amendment), as: Bench.colleague)
        // The receiver may have it, so it is told; what it was told is not sent any more.
        #expect(try bench.outbox().map(\.state) == [.superseded, .made])
        let message = try bench.tree(try #require(try bench.outbox().last).message)
        #expect(message.segments("OBR")[0].text(25) == "C")
        #expect(message.segments("OBX").allSatisfy { $0.text(11) == "W" })
        #expect(try bench.laboratory.store.audit().isSound)
        let again = try bench.refusal(withdrawal, as: Bench.supervisor)
        #expect(again?.message.text == "The result was withdrawn before.")
    }

    @Test("SEND-12: what nobody was told of is not taken back; the right result goes out as first")
    func untold() throws {
        let bench = try positive()
        let proposed = try bench.perform(correction, as: Bench.supervisor)
        try bench.perform(sign(proposed.amendment), as: Bench.colleague)
        let list = try bench.outbox()
        #expect(list.map(\.state) == [.superseded, .made])
        #expect(list.map(\.says) == [.final, .final])
        let second = try bench.perform(withdrawal, as: Bench.supervisor)
        try bench.perform(sign(second.amendment), as: Bench.colleague)
        #expect(try bench.outbox().map(\.state) == [.superseded, .superseded])
        let receiver = ScriptedReceiver()
        try bench.send(over: receiver, after: .hours(1))
        #expect(receiver.received.isEmpty)
    }

    @Test("SEND-12: a result that is corrected and corrected back goes out under three numbers")
    func backAgain() throws {
        let bench = try positive()
        for outcome in [Outcome.notDetected, .detected] {
            let proposed = try bench.perform(
                ProposeAmendment(
                    scan: Bench.barcode(1), person: nil, change: .correction(outcome),
                    reason: .enteredInError), as: Bench.supervisor)
            try bench.perform(sign(proposed.amendment), as: Bench.colleague)
        }
        let list = try bench.outbox()
        #expect(list.map(\.state) == [.superseded, .superseded, .made])
        #expect(Set(list.map(\.message)).count == 3)
        let (first, last) = (try bench.tree(list[0].message), try bench.tree(list[2].message))
        #expect(Array(first.segments.dropFirst()) == Array(last.segments.dropFirst()))
    }

    @Test("SEND-12: one signature is not enough, nor that of whoever entered the run")
    func twoSignatures() throws {
        let bench = try positive()
        #expect(try bench.refusal(correction)?.code == .notPermitted)
        let proposed = try bench.perform(correction, as: Bench.supervisor)
        let own = try bench.refusal(sign(proposed.amendment), as: Bench.supervisor)
        #expect(own?.message.text == "You proposed this change; somebody else must sign it.")
        let second = try bench.refusal(withdrawal, as: Bench.colleague)
        #expect(second?.message.text == "Another change of this result awaits a signature.")
        #expect(try bench.laboratory.amendments(as: Bench.supervisor).count == 1)
        try bench.perform(
            DecideAmendment(amendment: proposed.amendment, isAccepted: false), as: "sun.li")
        #expect(try bench.laboratory.amendments(as: Bench.supervisor).isEmpty)
        #expect(try bench.outbox().count == 1)
        #expect(
            try bench.refusal(sign(proposed.amendment), as: Bench.colleague)?.code == .unknown)
    }

    @Test(
        "SEND-12: the checks come in their order",
        arguments: [
            (false, "li.na", true, true, Outcome.detected, false, AmendmentFault.notReleased),
            (true, "me", true, true, .detected, false, .ownEntry),
            (true, "li.na", true, true, .detected, false, .alreadyWithdrawn),
            (true, "li.na", false, true, .detected, false, .alreadyProposed),
            (true, "li.na", false, false, .notDetected, false, .sameOutcome),
            (true, "li.na", false, false, .detected, false, .shared),
        ])
    func order(
        _ isReleased: Bool, _ enteredBy: String, _ isWithdrawn: Bool, _ isProposed: Bool,
        _ outcome: Outcome, _ isAlone: Bool, _ fault: AmendmentFault
    ) {
        let candidate = AmendmentCandidate(
            outcome: outcome, isReleased: isReleased, enteredBy: enteredBy, isAlone: isAlone,
            isWithdrawn: isWithdrawn, isProposed: isProposed)
        #expect(throws: fault) {
            try candidate.amend(.correction(.notDetected), by: "me", isSecond: false)
        }
    }

    @Test(
        "SEND-12: a person of a mixed tube is withdrawn alone, and the tube is corrected for none")
    func mixedTube() throws {
        let bench = try Bench()
        try bench.adopt()
        try bench.reviewed(bench.mixed(1))
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        try bench.send(over: ScriptedReceiver())
        let several = try bench.refusal(withdrawal, as: Bench.supervisor)
        #expect(several?.message.text.hasPrefix("10 people are in the tube") == true)
        let person = try #require(try bench.outbox().first).person
        let toPositive = ProposeAmendment(
            scan: Bench.barcode(1), person: person, change: .correction(.detected),
            reason: .misread)
        #expect(try bench.refusal(toPositive, as: Bench.supervisor)?.code == .rule)
        let proposed = try bench.perform(
            ProposeAmendment(
                scan: Bench.barcode(1), person: person, change: .withdrawal, reason: .wrongPerson),
            as: Bench.supervisor)
        try bench.perform(sign(proposed.amendment), as: Bench.colleague)
        let waiting = try bench.outbox(.made)
        #expect(waiting.map(\.person) == [person] && waiting.map(\.says) == [.withdrawn])
    }

    @Test("SEND-11: members of a positive pool are told of early where it is wanted, and once")
    func preliminary() throws {
        let bench = try Bench()
        try bench.adopt(
            Bench.receiver("early", send: "results: all, preliminary_pools: true"))
        try bench.adopt(Bench.receiver("late"))
        try bench.perform(bench.manifest(bench.singles(5)))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        try bench.perform(FormPools(.proposed(PoolWishes(scheme: PoolScheme(size: 5)))))
        let plate = try bench.testPlate { $0.hasPrefix("SW") ? Bench.negative : Bench.positive }
        #expect(try bench.outbox().isEmpty)
        try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        let early = try bench.outbox()
        #expect(early.count == 5)
        #expect(early.allSatisfy { $0.receiver == "early" && $0.says == .preliminary })
        let told = try bench.tree(early[0].message)
        #expect(told.segments("OBR")[0].text(25) == "P")
        #expect(told.segments("SPM")[0].text(13) == "5")
        let others = early.dropFirst().map(\.tube.text)
        let text = String(
            decoding: try bench.laboratory.messageBytes(early[0].message, as: Bench.supervisor),
            as: UTF8.self)
        #expect(!others.contains { text.contains($0) })
        try bench.send(over: ScriptedReceiver(), to: "early")
        for plate in try bench.test(cqs: { _ in Bench.negative }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        let own = try bench.outbox(.made)
        #expect(own.count == 10 && own.allSatisfy { $0.says == .final })
        for entry in own {
            let orders = try bench.tree(entry.message).segments("OBR")
            #expect(orders.count == (entry.receiver == "early" ? 2 : 1))
            #expect(orders.last?.text(25) == "F")
        }
        #expect(try bench.outbox(.corrected).count == 5)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("SEND-13: a rejected tube is told of when it can be taken back no more")
    func cancelled() throws {
        let bench = try Bench()
        try bench.adopt(Bench.receiver("wants", send: "results: all, cancellations: true"))
        try bench.adopt(Bench.receiver("does-not"))
        try bench.perform(bench.manifest(bench.singles(2)))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        for tube in [1, 2] {
            try bench.perform(RejectTube(scan: Bench.barcode(tube), reason: .leaking))
        }
        #expect(try bench.outbox().map(\.receiver) == ["wants", "wants"])
        try bench.perform(UndoScan(tube: Bench.barcode(2)))
        let receiver = ScriptedReceiver()
        try bench.send(over: receiver, to: "wants", after: .minutes(29))
        #expect(receiver.received.isEmpty)
        try bench.send(over: receiver, to: "wants", after: .minutes(30))
        #expect(receiver.received.count == 1)
        let message = try bench.tree(MessageID(receiver.received[0].id))
        #expect(message.segments("OBR")[0].text(25) == "X")
        #expect(message.segments("OBX")[0].text(11) == "X")
        #expect(message.segments("OBX")[0][5].isEmpty)
        #expect(message.segments("SPM")[0].text(21) == "RB")
        #expect(message.segments("SPM")[0].text(2, 2) == Bench.barcode(1))
        #expect(try CheckedMessages(receiver.received[0].bytes).errors == 0)
        #expect(try bench.laboratory.store.audit().isSound)
    }
}
