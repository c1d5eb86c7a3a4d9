import LabDomain
import LabExchange
import LabOperations
import LabStore
import Testing

@Suite("The outbox")
struct OutboxTests {
    @Test("SEND-4: a release makes a message for each person and receiver that wants it")
    func made() throws {
        let bench = try Bench.released(
            3,
            receivers: [
                Bench.receiver("all-of-it"), Bench.receiver("in-xml", encoding: "xml"),
                Bench.receiver("positives", send: "results: positives"),
                Bench.receiver("elsewhere", send: "results: all, units: [Unit 9]"),
            ])
        let list = try bench.outbox()
        #expect(list.map(\.receiver).sorted() == ["all-of-it", "in-xml"].flatMap { [$0, $0, $0] })
        #expect(Set(list.map(\.message)).count == 6)
        for entry in list {
            let bytes = try bench.laboratory.messageBytes(entry.message, as: Bench.supervisor)
            let isXML = HL7Transcoder.encoding(of: bytes) == .xml
            #expect(isXML == (entry.receiver == "in-xml"))
            #expect(try bench.tree(entry.message).controlID == entry.message.text)
            #expect(try CheckedMessages(bytes).errors == 0)
        }
    }

    @Test("SEND-4: a release that fails makes no message, and a repeated one none twice")
    func oneTransaction() throws {
        let bench = try Bench()
        try bench.adopt()
        try bench.reviewed(bench.singles(2))
        let tubes = Release.Choice.tubes([Bench.barcode(1), Bench.barcode(9)])
        #expect(throws: Refusal.self) {
            try bench.perform(Release(tubes), as: Bench.supervisor)
        }
        #expect(try bench.outbox().isEmpty)
        for _ in 1...2 {
            try bench.perform(Release(.negatives), as: Bench.supervisor, key: "once")
        }
        #expect(try bench.outbox().count == 2)
    }

    @Test("SEND-4: neither a fact nor a row shows whom a message names")
    func sealed() throws {
        let bench = try Bench.released(2)
        let store = bench.laboratory.store
        for entry in try bench.outbox() {
            let name = try bench.tree(entry.message).segments("PID")[0].text(5)
            #expect(name.hasPrefix("Person "))
            let sealed = try #require(try store.read { try $0.sealedMessage(entry.message) })
            #expect(!sealed.array.contains("Person".utf8))
        }
        let story = try bench.laboratory.story(of: Bench.barcode(1), as: Bench.supervisor)
        #expect(story.contains { $0.kind == .messageMade })
        #expect(!story.contains { $0.what.contains("Person ") })
    }

    @Test("SEND-4: the outbox is what the facts add up to")
    func audited() throws {
        var bench = try Bench.released(4)
        try bench.send(
            over: ScriptedReceiver { number, id in
                .answered(.acknowledgement(["AA", "AE", "AR", "AA"][number % 4], id))
            })
        bench.now = bench.now.advanced(by: .hours(1))
        try bench.send(over: ScriptedReceiver { _, _ in .silence(.tooSlow) })
        let rejected = try #require(try bench.outbox(.rejected).first)
        try bench.perform(
            ResendMessage(message: rejected.message, isUnchanged: true), as: Bench.supervisor)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("SEND-5: what cannot be written is held with every reason, and written when it is mended")
    func held() throws {
        let shipped = try Laboratory.shippedText(settings: true)
        let lacking =
            shipped
            .replacing("laboratory_oid: 2.16.840.1.113883.19.4.6", with: "laboratory_oid: none")
            .replacing("country: CHN", with: "country: China")
        let bench = try Bench(settings: lacking)
        try bench.adopt()
        try bench.reviewed(bench.singles(2))
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        #expect(try bench.outbox().isEmpty)
        let held = try bench.laboratory.heldMessages(for: nil, limit: 9, as: Bench.supervisor)
        #expect(held.count == 2 && held.allSatisfy { $0.reasons.count == 2 })
        #expect(held[0].reasons[0].contains("laboratory (MSH-4, OBX-23)"))
        #expect(try bench.laboratory.outbox(as: Bench.supervisor)[0].held == 2)
        let still = try bench.perform(WriteHeld(receiver: nil), as: Bench.supervisor)
        #expect(still.written == 0 && still.held == 2)
        try bench.perform(AdoptSettings(text: shipped), as: Bench.administrator)
        let mended = try bench.perform(WriteHeld(receiver: nil), as: Bench.supervisor)
        #expect(mended.written == 2 && mended.held == 0)
        #expect(try bench.outbox(.made).count == 2)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("SEND-5: a target that no code names is held, and so is a result before its collection")
    func reasons() throws {
        let settings = try Laboratory.shippedText(settings: true)
            .replacing("name: ORF1ab, positive", with: "name: Unheard of, positive")
        var bench = try Bench(settings: settings)
        try bench.adopt()
        var row = bench.row(tube: 1, kind: "1:1", person: 1)
        row[.collectedAt] = Zone.china.text(bench.now.advanced(by: .minutes(30)))
        bench.now = bench.now.advanced(by: .minutes(40))
        try bench.reviewed([row, bench.row(tube: 2, kind: "1:1", person: 2)])
        bench.now = bench.now.advanced(by: .minutes(-30))
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        let held = try bench.laboratory.heldMessages(for: nil, limit: 9, as: Bench.supervisor)
        #expect(held.count == 2)
        let reasons = Dictionary(uniqueKeysWithValues: held.map { ($0.tube.text, $0.reasons) })
        let late = try #require(reasons[Bench.barcode(1)])
        #expect(late.contains { $0.contains("released before it was tested") })
        #expect(try bench.outbox().isEmpty)
    }
}
