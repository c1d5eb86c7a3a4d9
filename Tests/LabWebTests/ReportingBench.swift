import LabDomain
import LabExchange
import LabOperations
import LabSecrets
import LabStatistics
import LabStore

/// A receiver inside the test that refuses everything.
final class RefusingReceiver: MessageTransport {
    func deliver(_ message: [UInt8], id: String, isAnswer: ([UInt8]) -> Bool) -> Delivery {
        let lines = [
            "MSH|^~\\&|ELR|CDC|Swabline|Lab|20210803100000||ACK^R01^ACK|A\(id)|P|2.5.1",
            "MSA|AE|\(id)|not taken",
            "ERR||PID^1^5|101^Required field missing|E||||<no> such name",
        ]
        return .answered(Array(lines.map { $0 + "\r" }.joined().utf8))
    }

    func close() {}
}

/// A receiver inside the test that takes everything.
final class TakingReceiver: MessageTransport {
    func deliver(_ message: [UInt8], id: String, isAnswer: ([UInt8]) -> Bool) -> Delivery {
        let lines = [
            "MSH|^~\\&|ELR|CDC|Swabline|Lab|20210803100000||ACK^R01^ACK|A\(id)|P|2.5.1",
            "MSA|AA|\(id)",
        ]
        return .answered(Array(lines.map { $0 + "\r" }.joined().utf8))
    }

    func close() {}
}

extension RunBench {
    /// A receiver's settings.
    static func receiver(_ name: String) -> String {
        """
        name: \(name)
        profile: PHLabReport-Ack
        encoding: er7
        transport: { mllp: { host: 127.0.0.1, port: 2575 } }
        application: { name: ELR, oid: 2.16.840.1.113883.19.5.1 }
        facility: { name: CDC, oid: 2.16.840.1.113883.19.5 }
        schedule: { at_once: true }
        send: { results: all }
        """
    }

    func adoptReceiver(_ name: String = "cdc") throws {
        try perform(AdoptReceiver(text: Self.receiver(name)), as: Role.administrator.rawValue)
    }

    /// Receives, tests and releases one negative tube of its own box.
    func release(tube: Int, box: String, unit: String = "Unit 3") throws {
        try receive([("1:1", 1)], box: box, unit: unit, first: tube)
        let barcode = WebBench.barcode(tube)
        let plate = try perform(LayOutPlate(kit: .first, only: [barcode])).plate
        let text = try file(plate) { _ in Self.negative }
        try perform(ImportRun(file: Array(text.utf8), plate: plate))
        try review(plate)
        try perform(Release(.tubes([barcode])), as: Self.supervisor)
    }

    /// Releases a tube under settings with which its message cannot be written.
    func hold(tube: Int, box: String) throws {
        let shipped = try Laboratory.shippedText(settings: true)
        let lacking = shipped.replacing(
            "laboratory_oid: 2.16.840.1.113883.19.4.6", with: "laboratory_oid: none")
        try perform(AdoptSettings(text: lacking), as: Role.administrator.rawValue)
        try release(tube: tube, box: box)
        try perform(AdoptSettings(text: shipped), as: Role.administrator.rawValue)
    }

    /// Sends what is due.
    func send(over receiver: any MessageTransport) throws {
        var random = SeededGenerator(seed: 1)
        _ = try laboratory.sendReports(
            as: Self.supervisor, clock: { web.present }, using: &random, connect: { _ in receiver })
    }

    /// Every message, the newest first.
    func messages() throws -> [StoredMessage] {
        try laboratory.messages(OutboxFilter(), after: "", as: Self.supervisor).rows
    }
}
