import LabDomain
import LabOperations
import LabStore
import Testing

@testable import LabExchange

@Suite("Receivers that read FHIR or codes of their own")
struct FHIRReceiverTests {
    private static func fhir(_ encoding: String = "fhir-json", _ more: String = "") -> String {
        """
        name: cdc
        encoding: \(encoding)
        transport: { http: { url: https://example.org/fhir } }
        application: { name: ELR, oid: 2.16.840.1.113883.19.5.1 }
        facility: { name: CDC, oid: 2.16.840.1.113883.19.5 }
        \(more)
        """
    }

    private func bytes(_ bench: Bench, _ id: MessageID) throws -> [UInt8] {
        try bench.laboratory.messageBytes(id, as: Bench.supervisor)
    }

    private func text(_ bench: Bench, _ id: MessageID) throws -> String {
        String(decoding: try bytes(bench, id), as: UTF8.self)
    }

    /// What a FHIR server's answer comes to.
    private static func answer(_ status: Int, _ body: String = "", _ id: String) -> Delivery {
        FHIRAnswer(status: status, body: Array(body.utf8)).delivery(of: [], id: id)
    }

    private func server(_ status: Int, _ body: String = "") -> ScriptedReceiver {
        ScriptedReceiver { _, id in Self.answer(status, body, id) }
    }

    @Test(
        "SEND-18: a release makes bundles that are sound, under the number of the message",
        arguments: ["fhir-json", "fhir-xml"])
    func made(_ encoding: String) throws {
        let bench = try Bench.released(3, receivers: [Self.fhir(encoding)])
        let list = try bench.outbox()
        #expect(list.count == 3 && Set(list.map(\.message)).count == 3)
        for entry in list {
            let bytes = try bytes(bench, entry.message)
            #expect(bytes.first == (encoding == "fhir-xml" ? 60 : 123))
            #expect(try CheckedMessages(bytes).findings.isEmpty)
            #expect(String(decoding: bytes, as: UTF8.self).contains("\"\(entry.message)\""))
        }
        #expect(try bench.laboratory.store.audit().isSound)
    }

    /// The identifier of a bundle's only resource of a type.
    private func id(_ type: String, _ text: String) throws -> String {
        let root = try #require(FHIRNode(document: Array(text.utf8)))
        let resource = root.children("entry").compactMap { $0.child("resource") }
            .first { $0.resourceType == type }
        return try #require(resource?.child("id")?.value)
    }

    @Test("SEND-18: corrections and withdrawals leave as bundles that replace what was told")
    func changed() throws {
        let bench = try Bench()
        try bench.perform(
            AddPerson(handle: "sun.li", role: .supervisor, name: nil, scope: .laboratory),
            as: Bench.administrator)
        try bench.adopt(Self.fhir())
        try bench.reviewed(bench.singles(2)) { _ in Bench.positive }
        try bench.perform(
            Release(.tubes([Bench.barcode(1), Bench.barcode(2)])), as: Bench.supervisor)
        try bench.send(over: server(200))
        let changes: [(Int, Amendment, AmendmentReason, MessageKind, String)] = [
            (1, .correction(.notDetected), .misread, .corrected, "corrected"),
            (2, .withdrawal, .wrongPerson, .withdrawn, "entered-in-error"),
        ]
        for (number, change, reason, kind, status) in changes {
            let scan = Bench.barcode(number)
            let proposed = try bench.perform(
                ProposeAmendment(scan: scan, person: nil, change: change, reason: reason),
                as: Bench.supervisor)
            try bench.perform(
                DecideAmendment(amendment: proposed.amendment, isAccepted: true),
                as: Bench.colleague)
            let versions = try bench.outbox().filter { $0.tube.text == scan }
            #expect(versions.map(\.says) == [.final, kind])
            let first = try text(bench, versions[0].message)
            let second = try text(bench, versions[1].message)
            #expect(second.contains("\"status\":\"\(status)\""))
            #expect(try CheckedMessages(Array(second.utf8)).findings.isEmpty)
            // The report keeps its identifier, and the message has another.
            #expect(try id("DiagnosticReport", first) == id("DiagnosticReport", second))
            #expect(try id("MessageHeader", first) != id("MessageHeader", second))
        }
    }

    @Test("SEND-18: people of a rejected tube are told of as cancelled")
    func cancelled() throws {
        let bench = try Bench()
        try bench.adopt(Self.fhir("fhir-json", "send: { cancellations: true }"))
        try bench.perform(bench.manifest(bench.singles(1)))
        try bench.perform(RejectTube(scan: Bench.barcode(1), reason: .leaking))
        let entry = try #require(try bench.outbox().first)
        #expect(entry.says == .cancelled)
        let text = try text(bench, entry.message)
        #expect(text.contains("\"status\":\"cancelled\"") && text.contains("unsatisfactory"))
        #expect(try CheckedMessages(Array(text.utf8)).findings.isEmpty)
    }

    @Test("SEND-19: refused bundles are parked with element and words, and sent when mended there")
    func parked() throws {
        let bench = try Bench.released(1, receivers: [Self.fhir()])
        let entry = try #require(try bench.outbox().first)
        let outcome = """
            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"value",
            "diagnostics":"no such person","expression":["Patient.name.where(use='official')"]}]}
            """
        let first = server(422, outcome)
        #expect(try bench.send(over: first).rejected == 1)
        let reject = try #require(
            try bench.laboratory.rejects(of: nil, limit: 9, as: Bench.supervisor).first)
        #expect(reject.answer == "AE" && reject.words?.words == "HTTP 422")
        let finding = try #require(reject.words?.findings.first)
        #expect(finding.field == "person's name" && finding.words == "no such person")
        let stored = try bench.laboratory.store.read { try $0.rejectedMessages(of: nil, limit: 1) }
        #expect(stored[0].place == "Patient.name")
        // The same content is not sent as something new, and as it is only when somebody says so.
        #expect(throws: Refusal.self) {
            try bench.perform(
                ResendMessage(message: entry.message, isUnchanged: false), as: Bench.supervisor)
        }
        try bench.perform(
            ResendMessage(message: entry.message, isUnchanged: true), as: Bench.supervisor)
        let second = server(201)
        #expect(try bench.send(over: second).accepted == 1)
        #expect(second.received.map(\.bytes) == first.received.map(\.bytes))
        #expect(try bench.outbox().map(\.state) == [.accepted])
    }

    @Test("SEND-19: a server that is down gets the same bytes again")
    func again() throws {
        var bench = try Bench.released(1, receivers: [Self.fhir("fhir-xml")])
        let receiver = ScriptedReceiver { number, id in
            switch number {
            case 0: Self.answer(503, "", id)
            case 1: Self.answer(401, "", id)
            case 2: .silence(.closed)
            default: Self.answer(200, "", id)
            }
        }
        for _ in 0..<4 {
            try bench.send(over: receiver)
            bench.now = try #require(try bench.outbox().first).nextAt ?? bench.now
        }
        #expect(receiver.received.count == 4)
        #expect(Set(receiver.received.map(\.bytes)).count == 1)
        #expect(try bench.outbox().map(\.state) == [.accepted])
    }

    private static let table = """
        # Source: the city's CDC. Licence: for reports to it.
        kind,name,code,text,system,uri
        test,SARS-CoV-2,NCOV,Novel coronavirus RNA,99CITY,1.2.156.9
        target,ORF1ab,O,ORF1ab,99CITY,1.2.156.9
        target,N,N,N gene,99CITY,1.2.156.9
        result,detected,1,found,99CITY,1.2.156.9
        result,not-detected,0,not found,99CITY,1.2.156.9

        """

    private static let named = fhir("fhir-json", "codes: city.csv")

    private func settings(_ table: String) throws -> String {
        try CodeFileBeside.settings(
            Self.named, holding: Array(table.utf8), named: "city.csv")
    }

    @Test("CODE-4: without a code a result is held, and written when the table has it")
    func held() throws {
        let bench = try Bench.released(2, receivers: [try settings(Self.table)])
        #expect(try bench.outbox().isEmpty)
        let held = try bench.laboratory.heldMessages(for: nil, limit: 9, as: Bench.supervisor)
        #expect(held.count == 2)
        #expect(held[0].reasons.count == 1 && held[0].reasons[0].contains("SPM-4"))
        #expect(held[0].reasons[0].contains("throat-swab"))
        try bench.adopt(
            try settings(Self.table + "specimen,throat-swab,YS,swab,99CITY,1.2.156.9\n"))
        let written = try bench.perform(WriteHeld(receiver: nil), as: Bench.supervisor)
        #expect(written.written == 2 && written.held == 0)
        let entry = try #require(try bench.outbox().first)
        let text = try text(bench, entry.message)
        #expect(text.contains("\"NCOV\"") && text.contains("\"94500-6\""))
        #expect(
            try bench.laboratory.receivers(as: Bench.supervisor).map(\.codes) == ["city.csv"])
    }

    private func place(_ body: () throws -> Void) throws -> Refusal.Place? {
        do {
            try body()
            return nil
        } catch let refusal as Refusal {
            return refusal.places.first
        }
    }

    @Test("SEND-17: a faulty table is refused with its lines, beside the settings and in them")
    func faulty() throws {
        let bench = try Bench()
        let bad = Self.table.replacing("target,N,N,", with: "target,N,,")
        let beside = try place { _ = try settings(bad) }
        #expect(beside?.line == 5 && beside?.subject == "city.csv")
        let sound = try settings(Self.table)
        let spoiled = sound.replacing("target,N,N,", with: "target,N,,")
        let lines = spoiled.split(separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(lines.firstIndex { $0.contains("target,N,,") }) + 1
        let inside = try place { try bench.adopt(spoiled) }
        #expect(inside?.subject == "code_table" && inside?.line == line)
        // Whoever adopts from afar has no file beside the settings.
        let named = try place { try bench.adopt(Self.named) }
        #expect(named?.subject == "codes")
        #expect(throws: Refusal.self) {
            try CodeFileBeside.settings(
                Self.named, holding: [0x6B, 0x00, 0x69], named: "city.csv")
        }
        try bench.adopt(sound)
    }
}
