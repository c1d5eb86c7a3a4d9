import Foundation
import LabDomain
import LabExchange
import Testing

@Suite("Channels of alerts")
struct ChannelTests {
    private static let message = ChannelMessage(
        id: "AM0123456789X", title: "Swabline alert: 1 × 将超时", text: "Box B1: 迟到\nsecond line",
        alerts: ["AL1", "AL2"], madeAt: Timestamp(milliseconds: 1_627_963_200_000), zone: .china)

    private static func chat(_ port: Int, scheme: String = "http", ca: String? = nil)
        -> Alerting.Channel
    {
        Alerting.Channel(
            name: "chat",
            way: .webhook(
                Receiver.HTTP(url: "\(scheme)://127.0.0.1:\(port)/hook", certificates: ca)))
    }

    private static func mail(_ port: Int, scheme: String = "smtp", ca: String? = nil)
        -> Alerting.Channel
    {
        Alerting.Channel(
            name: "mail",
            way: .mail(
                MailServer(
                    url: "\(scheme)://127.0.0.1:\(port)", from: "lab@example.org",
                    to: ["a@example.org", "b@example.org"], certificates: ca)))
    }

    private func deliver(_ channel: Alerting.Channel, seconds: Int = 5) -> Delivery {
        channel.deliver(Self.message, patience: .seconds(seconds)) { _ in nil }
    }

    @Test("ALERT-11: a webhook gets JSON with the identifier as its idempotency key")
    func webhook() throws {
        let server = HTTPResponder { _, _ in HTTPResponder.answer("204 No Content") }
        defer { server.stop() }
        #expect(deliver(Self.chat(server.port)) == .arrived)
        let asked = try #require(server.asked.first)
        #expect(asked.head.hasPrefix("POST /hook "))
        #expect(asked.head.contains("\r\nIdempotency-Key: AM0123456789X"))
        #expect(asked.head.contains("\r\nContent-Type: application/json"))
        let body = try JSONSerialization.jsonObject(with: Data(asked.body)) as? [String: Any]
        #expect(body?["id"] as? String == "AM0123456789X")
        #expect(body?["alerts"] as? [String] == ["AL1", "AL2"])
        #expect((body?["text"] as? String)?.contains("迟到\nsecond line") == true)
    }

    @Test("ALERT-11: a mail goes to every recipient with Message-ID, in UTF-8")
    func mail() throws {
        let server = SMTPResponder()
        defer { server.stop() }
        #expect(deliver(Self.mail(server.port)) == .arrived)
        let (envelope, mail) = try #require(server.mails.first)
        #expect(envelope.count == 3 && envelope[0].contains("<lab@example.org>"))
        #expect(envelope.dropFirst().contains { $0.contains("<b@example.org>") })
        let parts = mail.components(separatedBy: "\n\n")
        #expect(parts.count == 2)
        #expect(parts[0].contains("Message-ID: <AM0123456789X@example.org>"))
        #expect(parts[0].contains("Date: Tue, 3 Aug 2021 12:00:00 +0800"))
        #expect(parts[0].utf8.allSatisfy { $0 < 0x80 } && parts[0].contains("=?utf-8?B?"))
        let text = parts[1].components(separatedBy: "\n").joined()
        let decoded = Data(base64Encoded: text).map { String(decoding: $0, as: UTF8.self) }
        #expect(decoded == "Box B1: 迟到\r\nsecond line")
    }

    @Test(
        "ALERT-11: a refusal, silence and a closed line are told from each other, within the time")
    func troubles() throws {
        let refusing = SMTPResponder(.refusing("550 no such user"))
        let closing = SMTPResponder(.closing)
        let silent = SMTPResponder(.silent)
        let angry = HTTPResponder { _, _ in HTTPResponder.answer("503 Service Unavailable") }
        defer { for stop in [refusing.stop, closing.stop, silent.stop, angry.stop] { stop() } }
        #expect(deliver(Self.mail(refusing.port)) == .silence(.refused(550)))
        #expect(refusing.mails.isEmpty)
        if case .arrived = deliver(Self.mail(closing.port)) {
            Issue.record("a mail that nobody said was taken counts as arrived")
        }
        let start = ContinuousClock.now
        #expect(deliver(Self.mail(silent.port), seconds: 1) == .silence(.tooSlow))
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(deliver(Self.chat(angry.port)) == .silence(.status(503)))
        let gone = HTTPResponder { _, _ in [] }
        gone.stop()
        #expect(deliver(Self.chat(gone.port)) == .notSent(.unreachable))
        #expect(deliver(Self.mail(gone.port)) == .notSent(.unreachable))
    }

    @Test("ALERT-11: a certificate that nobody trusts gets nothing, a trusted one does")
    func certificates() throws {
        let openssl = ["/usr/bin/openssl", "/bin/openssl"]
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let openssl else { return }
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("channel-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (key, certificate) = (folder.path + "/key.pem", folder.path + "/cert.pem")
        let making = Process()
        making.executableURL = URL(fileURLWithPath: openssl)
        making.standardError = Pipe()
        making.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-keyout", key,
            "-out", certificate, "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1",
        ]
        try making.run()
        making.waitUntilExit()
        try #require(making.terminationStatus == 0)
        // A port that was free a moment ago.
        let probe = HTTPResponder { _, _ in [] }
        let port = probe.port
        probe.stop()
        let server = Process()
        server.executableURL = URL(fileURLWithPath: openssl)
        server.arguments = [
            "s_server", "-accept", "127.0.0.1:\(port)", "-key", key, "-cert", certificate, "-quiet",
        ]
        server.standardInput = Pipe()
        server.standardOutput = Pipe()
        server.standardError = Pipe()
        try server.run()
        defer { server.terminate() }
        var first = Delivery.notSent(.unreachable)
        for _ in 0..<50 where first == .notSent(.unreachable) {
            Thread.sleep(forTimeInterval: 0.1)
            first = deliver(Self.chat(port, scheme: "https"), seconds: 2)
        }
        #expect(first == .notSent(.certificate))
        #expect(deliver(Self.mail(port, scheme: "smtps"), seconds: 2) == .notSent(.certificate))
        // With it trusted the line stands, and the server that never answers is too slow.
        let trusted = deliver(Self.chat(port, scheme: "https", ca: certificate), seconds: 2)
        #expect(trusted == .silence(.tooSlow))
    }
}
