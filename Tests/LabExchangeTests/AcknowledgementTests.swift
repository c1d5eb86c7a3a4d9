import LabExchange
import LabStatistics
import Testing

@Suite struct AcknowledgementTests {
    func answer(_ code: String, to id: String = "M1", _ more: String...) -> [UInt8] {
        let lines =
            ["MSH|^~\\&|||||2024||ACK^R01^ACK|A1|P|2.5.1", "MSA|\(code)|\(id)"] + more
        return Array(lines.joined(separator: "\r").utf8)
    }

    @Test(
        "HL7-7: what is accepted is done, what is wrong is parked, what is not ready comes again",
        arguments: [
            ("AA", SendingDecision.done), ("CA", .done), ("AE", .park(.contentRefused)),
            ("CE", .park(.contentRefused)), ("AR", .retry(.receiverNotReady)),
            ("CR", .retry(.receiverNotReady)),
        ])
    func decisions(_ code: String, _ decision: SendingDecision) {
        #expect(SendingDecision(answer: answer(code), to: "M1") == decision)
        #expect(SendingDecision(answer: answer(code), to: "M2") == .ignore(.otherMessage))
        #expect(
            SendingDecision(answer: answer(code), to: "M1", isSettled: true) == .ignore(.settled))
    }

    @Test("HL7-7: silence and answers that cannot be read are tried again")
    func unreadable() {
        #expect(SendingDecision(answer: nil, to: "M1") == .retry(.silence))
        let huge = Array(repeating: UInt8(0x41), count: Acknowledgement.limit + 1)
        for bytes in [
            [], Array("garbage".utf8), answer("XX"), Array(answer("AA").prefix(45)), huge,
        ] {
            guard case .retry(.unreadable) = SendingDecision(answer: bytes, to: "M1") else {
                Issue.record("an answer of \(bytes.count) bytes was understood")
                continue
            }
        }
    }

    @Test("HL7-7: the receiver's findings keep their place, code, severity and words")
    func findings() throws {
        let new = try Acknowledgement(
            reading: answer("AE", to: "M1", "ERR||PID^1^3^1^4|101^Required field missing|E|||x|No"))
        #expect(
            new.findings.map { [$0.place, $0.code, $0.severity, $0.words] }
                == [["PID-3.4", "101", "E", "No"]])
        let old = try Acknowledgement(
            reading: answer("AE", to: "M1", "ERR|OBX^2^11^103&Table value not found&HL70357"))
        #expect(old.findings.map(\.place) == ["OBX-11"])
        #expect(old.findings.map(\.code) == ["103"])
        let xml = """
            <ACK xmlns="urn:hl7-org:v2xml"><MSH><MSH.1>|</MSH.1><MSH.2>^~\\&amp;</MSH.2></MSH>\
            <MSA><MSA.1>AA</MSA.1><MSA.2>M1</MSA.2></MSA></ACK>
            """
        #expect(SendingDecision(answer: Array(xml.utf8), to: "M1") == .done)
    }

    @Test("HL7-7: pauses double from two seconds to a quarter of an hour")
    func pauses() {
        #expect((1...4).map(SendingDecision.pauseSeconds) == [2, 4, 8, 16])
        #expect(SendingDecision.pauseSeconds(after: 40) == 900)
        #expect(SendingDecision.pauseSeconds(after: 0) == 2)
    }

    @Test("HL7-8: messages come out of a stream however it is cut")
    func frames() {
        print("HL7-8: seed 8")
        var random = SeededGenerator(seed: 8)
        for _ in 0..<300 {
            let messages = (0..<4).map { _ -> [UInt8] in
                (0..<Int.random(in: 0...20, using: &random)).map { _ in
                    [UInt8(0x41), 0x0D, 0x1C, 0x20].randomElement(using: &random) ?? 0
                } + [0x41]
            }
            // 0x1C 0x0D ends a frame, wherever it stands.
            let sent = messages.filter { message in
                !zip(message, message.dropFirst()).contains { $0.0 == 0x1C && $0.1 == 0x0D }
            }
            var stream = sent.flatMap(MLLPFrames.framed)[...]
            var machine = MLLPFrames()
            var received: [[UInt8]] = []
            while !stream.isEmpty {
                let piece = stream.prefix(Int.random(in: 1...7, using: &random))
                stream = stream.dropFirst(piece.count)
                for case .message(let message) in machine.take(piece) { received.append(message) }
            }
            #expect(received == sent)
            #expect(!machine.isPartial)
        }
    }

    @Test("HL7-8: garbage, cut and huge frames are told and do not hide the next message")
    func brokenFrames() {
        var machine = MLLPFrames(limit: 8)
        #expect(machine.take([0x41, 0x42]) == [.garbage(2)])
        #expect(machine.take([0x0B, 0x41]) == [])
        #expect(machine.isPartial)
        #expect(machine.take([0x0B, 0x43, 0x1C, 0x0D, 0x0D]) == [.cutOff(1), .message([0x43])])
        let huge = [0x0B] + Array(repeating: UInt8(0x41), count: 9) + [0x1C, 0x0D]
        #expect(machine.take(huge + MLLPFrames.framed([0x44])) == [.tooLong, .message([0x44])])
        #expect(machine.take(MLLPFrames.framed([])) == [.message([])])
    }
}
