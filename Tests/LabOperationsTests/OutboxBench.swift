import Foundation
import LabDomain
import LabExchange
import LabOperations
import LabStatistics
import LabStore
import Testing

/// A receiver inside the test: it remembers what came and answers as it is told.
final class ScriptedReceiver: MessageTransport {
    /// What came, in its order.
    private(set) var received: [(id: String, bytes: [UInt8])] = []
    private let reply: (Int, [UInt8], String) -> Delivery

    private init(byContent reply: @escaping (Int, [UInt8], String) -> Delivery) {
        self.reply = reply
    }

    /// A receiver whose reply follows from the message and MSH-10.
    static func reading(_ reply: @escaping ([UInt8], String) -> Delivery) -> ScriptedReceiver {
        ScriptedReceiver(byContent: { _, bytes, id in reply(bytes, id) })
    }

    /// A receiver whose reply follows from the number of the attempt and MSH-10.
    convenience init(
        _ reply: @escaping (Int, String) -> Delivery = { .answered(.acknowledgement("AA", $1)) }
    ) {
        self.init(byContent: { number, _, id in reply(number, id) })
    }

    func deliver(_ message: [UInt8], id: String, isAnswer: ([UInt8]) -> Bool) -> Delivery {
        let delivery = reply(received.count, message, id)
        if case .notSent = delivery { return delivery }
        received.append((id, message))
        // As on a wire: what is not about the message is passed over until the time is over.
        if case .answered(let bytes) = delivery, !isAnswer(bytes) { return .silence(.tooSlow) }
        return delivery
    }

    func close() {}
}

extension [UInt8] {
    /// An answer with MSA and, for an error, one ERR.
    static func acknowledgement(
        _ code: String, _ id: String, place: String = "PID^1^5", words: String = "no such person"
    ) -> [UInt8] {
        var lines = [
            "MSH|^~\\&|ELR|CDC|Swabline|Lab|20210803100000||ACK^R01^ACK|A\(id)|P|2.5.1",
            "MSA|\(code)|\(id)",
        ]
        if code == "AE" { lines.append("ERR||\(place)|101^Required field missing|E||||\(words)") }
        return Array(lines.map { $0 + "\r" }.joined().utf8)
    }
}

extension Bench {
    /// A receiver's settings.
    static func receiver(
        _ name: String = "cdc", schedule: String = "at_once: true", send: String = "results: all",
        encoding: String = "er7"
    ) -> String {
        """
        name: \(name)
        profile: PHLabReport-Ack
        encoding: \(encoding)
        transport: { mllp: { host: 127.0.0.1, port: 2575 } }
        application: { name: ELR, oid: 2.16.840.1.113883.19.5.1 }
        facility: { name: CDC, oid: 2.16.840.1.113883.19.5 }
        schedule: { \(schedule) }
        send: { \(send) }
        """
    }

    func adopt(_ settings: String = Bench.receiver()) throws {
        try perform(AdoptReceiver(text: settings), as: Self.administrator)
    }

    /// Sends what is due to one receiver of the test.
    @discardableResult
    func send(
        over receiver: ScriptedReceiver, to name: String? = nil, after wait: Span = .minutes(0),
        seed: UInt64 = 1
    ) throws -> SentReports {
        var random = SeededGenerator(seed: seed)
        let at = now.advanced(by: wait)
        let sent = try laboratory.sendReports(
            to: name, as: Self.supervisor, clock: { at }, using: &random,
            connect: { _ in receiver })
        return try #require(sent.first)
    }

    /// Every message of the outbox, the oldest first.
    func outbox(_ state: MessageState? = nil) throws -> [OutboxEntry] {
        try laboratory.messages(in: state, limit: 100_000, as: Self.supervisor)
            .sorted { ($0.madeAt, $0.version) < ($1.madeAt, $1.version) }
    }

    /// A message as a tree.
    func tree(_ id: MessageID) throws -> HL7Message {
        let bytes = try laboratory.messageBytes(id, as: Self.supervisor)
        return try #require(try HL7Transcoder.read(bytes).messages.first)
    }

    /// Registers, receives and tests the tubes until every answer is reviewed.
    func reviewed(
        _ rows: [[ManifestColumn: String]], box: String = "B1",
        cqs: @escaping (String) -> [Double?] = { _ in Bench.negative }
    ) throws {
        try perform(manifest(rows))
        try perform(ReceiveBox(box: box, scans: nil, goodOnly: false))
        for kit in [KitRole.first, .second] {
            for plate in try test(kit, cqs: cqs) {
                try perform(ReviewRun(plate: plate), as: Self.supervisor)
            }
        }
    }

    /// Single tubes from 1 on, one person each.
    func singles(_ count: Int) -> [[ManifestColumn: String]] {
        (1...count).map { row(tube: $0, kind: "1:1", person: $0) }
    }

    /// Mixed tubes of ten people each.
    func mixed(_ tubes: Int) -> [[ManifestColumn: String]] {
        (1...tubes).flatMap { tube in
            (0..<10).map { row(tube: tube, kind: "10:1", person: tube * 10 + $0) }
        }
    }

    /// Negatives that are released after the receivers were adopted.
    static func released(
        _ count: Int, receivers: [String] = [Bench.receiver()]
    ) throws -> Bench {
        let bench = try Bench()
        for receiver in receivers { try bench.adopt(receiver) }
        try bench.reviewed(bench.singles(count))
        try bench.perform(Release(.negatives), as: supervisor)
        return bench
    }
}
