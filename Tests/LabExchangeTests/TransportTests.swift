import Foundation
import LabDomain
import LabExchange
import LabStatistics
import Synchronization
import Testing

@Suite("Ways to receivers")
struct TransportTests {
    private static func message(_ id: String, note: String = "") -> [UInt8] {
        Array("MSH|^~\\&|S|L|R|F|20210803||ORU^R01^ORU_R01|\(id)|P|2.5.1\rNTE|1|L|\(note)\r".utf8)
    }

    private static func answer(_ code: String, _ id: String) -> [UInt8] {
        Array("MSH|^~\\&|R|F|S|L|20210803||ACK|A|P|2.5.1\rMSA|\(code)|\(id)\r".utf8)
    }

    private func isAbout(_ id: String) -> ([UInt8]) -> Bool {
        { SendingDecision(answer: $0, to: id) != .ignore(.otherMessage) }
    }

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("transport-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test("SEND-14: a file in the folder is whole, its owner's, and the same when it comes again")
    func folder() throws {
        try withFolder { folder in
            let transport = FolderTransport(path: folder, suffix: ".hl7")
            for _ in 1...2 {
                let delivery = transport.deliver(Self.message("M1"), id: "M1") { _ in true }
                #expect(delivery == .arrived)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["M1.hl7"])
            let file = folder + "/M1.hl7"
            #expect(FileManager.default.contents(atPath: file) == Data(Self.message("M1")))
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
            #expect(((mode as? Int) ?? 0o777) & 0o007 == 0)
            // A number that is a path stays in the folder.
            _ = transport.deliver(Self.message("M2"), id: "../M2") { _ in true }
            #expect(FileManager.default.fileExists(atPath: folder + "/M2.hl7"))
        }
        let missing = FolderTransport(path: "/nowhere/at/all", suffix: ".hl7")
        #expect(missing.deliver([65], id: "M") { _ in true } == .notSent(.folder))
    }

    @Test("SEND-14: hundreds of messages over one connection each get their own answer")
    func mllp() throws {
        let seed = UInt64.random(in: 1...1_000_000)
        let random = Mutex(SeededGenerator(seed: seed))
        let listener = try MLLPListener()
        defer { listener.stop() }
        listener.start { message in
            let id = (try? HL7Transcoder.read(message).messages.first?.controlID) ?? ""
            let answer = Self.answer("AA", id)
            return switch random.withLock({ Int.random(in: 0..<8, using: &$0) }) {
            case 0:
                // A late or doubled answer to another message comes first, and some noise.
                .raw(
                    [0x41, 0x42] + MLLPFrames.framed(Self.answer("AA", "M0"))
                        + MLLPFrames.framed(answer))
            case 1: .raw(MLLPFrames.framed(answer) + MLLPFrames.framed(answer))
            case 2: .close(after: MLLPFrames.framed(answer))
            case 3: .close(after: Array(MLLPFrames.framed(answer).prefix(20)))
            default: .answer(answer)
            }
        }
        let client = MLLPClient(host: "127.0.0.1", port: listener.port, patience: .seconds(5))
        defer { client.close() }
        var answered = 0
        for number in 1...400 {
            let id = "M\(number)"
            let note = String(repeating: "x", count: number * 50)
            switch client.deliver(
                Self.message(id, note: note), id: id, isAnswer: isAbout(id))
            {
            case .answered(let bytes):
                answered += 1
                #expect(try Acknowledgement(reading: bytes).messageID == id, "seed \(seed)")
            case .silence(.closed): continue
            case let other: Issue.record("seed \(seed): \(other)")
            }
        }
        #expect((250...399).contains(answered), "seed \(seed)")
    }

    @Test("SEND-14: over MLLP nobody waits longer, or reads more, than they were told")
    func limits() throws {
        let listener = try MLLPListener()
        defer { listener.stop() }
        listener.start { message in
            let id = (try? HL7Transcoder.read(message).messages.first?.controlID) ?? ""
            return switch id {
            case "SILENT": .nothing
            case "HUGE":
                .raw([0x0B] + [UInt8](repeating: 0x41, count: Acknowledgement.limit + 100))
            case "NOISE": .raw([UInt8](repeating: 0x41, count: 3 * Acknowledgement.limit))
            default: .close(after: [])
            }
        }
        let client = MLLPClient(
            host: "127.0.0.1", port: listener.port, patience: Span(milliseconds: 400))
        func deliver(_ id: String) -> (Delivery, Duration) {
            var delivery = Delivery.arrived
            let time = ContinuousClock().measure {
                delivery = client.deliver(Self.message(id), id: id, isAnswer: isAbout(id))
            }
            return (delivery, time)
        }
        let (silent, time) = deliver("SILENT")
        #expect(silent == .silence(.tooSlow))
        #expect(time >= .milliseconds(390) && time < .seconds(5))
        for id in ["HUGE", "NOISE"] {
            guard case .silence(let fault) = deliver(id).0 else {
                Issue.record("\(id) was taken")
                continue
            }
            #expect([.answerTooLong, .tooSlow].contains(fault))
        }
        #expect(deliver("CLOSE").0 == .silence(.closed))
        let nobody = MLLPClient(host: "127.0.0.1", port: 1, patience: .seconds(1))
        #expect(
            nobody.deliver(Self.message("M"), id: "M") { _ in true } == .notSent(.unreachable))
    }

    private func post(
        _ server: HTTPResponder, _ message: [UInt8], id: String, wantsAnswer: Bool = true,
        path: String = "/hl7", credentials: Receiver.Credentials? = nil, secret: String? = nil
    ) -> Delivery {
        let address = Receiver.HTTP(
            url: "http://127.0.0.1:\(server.port)\(path)",
            headers: [Receiver.Header(name: "client", value: "city.lab")],
            credentials: credentials)
        return HTTPTransport(
            address, patience: .seconds(3), wantsAnswer: wantsAnswer
        ) { _ in secret }.deliver(message, id: id, isAnswer: isAbout(id))
    }

    @Test("SEND-14: over HTTP an answer comes with 2xx, and any other status is a failure")
    func http() throws {
        let server = HTTPResponder { head, _ in
            let path = head.split(separator: " ")[1]
            return switch path {
            case "/hl7": HTTPResponder.answer("200 OK", Self.answer("AE", "M1"))
            case "/silent": HTTPResponder.answer("202 Accepted")
            case "/json": HTTPResponder.answer("201 Created", Array("{\"id\": 7}".utf8))
            case "/moved":
                HTTPResponder.answer(
                    "302 Found", headers: "Location: http://127.0.0.1:1/\r\n")
            case "/huge":
                HTTPResponder.answer(
                    "200 OK", [UInt8](repeating: 65, count: Acknowledgement.limit + 1))
            default: HTTPResponder.answer("503 Busy", Self.answer("AA", "M1"))
            }
        }
        defer { server.stop() }
        let message = Self.message("M1")
        #expect(post(server, message, id: "M1") == .answered(Self.answer("AE", "M1")))
        #expect(post(server, message, id: "M1", path: "/silent") == .silence(.noAnswer))
        #expect(post(server, message, id: "M1", wantsAnswer: false, path: "/json") == .arrived)
        #expect(
            post(server, message, id: "M1", wantsAnswer: false)
                == .answered(Self.answer("AE", "M1")))
        #expect(post(server, message, id: "M1", path: "/busy") == .silence(.status(503)))
        #expect(post(server, message, id: "M1", path: "/moved") == .silence(.status(302)))
        #expect(post(server, message, id: "M1", path: "/huge") == .silence(.answerTooLong))
        let first = try #require(server.asked.first)
        #expect(first.body == message)
        #expect(first.head.contains("Content-Type: application/hl7-v2+er7; charset=utf-8"))
        #expect(first.head.contains("client: city.lab") && first.head.hasPrefix("POST /hl7 "))
        #expect(server.asked.count == 7)
    }

    @Test("SEND-3: credentials are shown to the receiver, and without them nothing leaves")
    func credentials() throws {
        let server = HTTPResponder { _, _ in HTTPResponder.answer("204 No Content") }
        defer { server.stop() }
        func send(_ credentials: Receiver.Credentials, _ secret: String?) -> Delivery {
            post(
                server, Self.message("M1"), id: "M1", wantsAnswer: false,
                credentials: credentials, secret: secret)
        }
        let bearer = Receiver.Credentials(scheme: .bearer, place: .environment("TOKEN"))
        #expect(send(bearer, "abc123\n") == .arrived)
        #expect(server.asked.last?.head.contains("Authorization: Bearer abc123\r\n") == true)
        try withFolder { folder in
            let file = folder + "/secret"
            try Data("me:pass".utf8).write(to: URL(fileURLWithPath: file))
            let basic = Receiver.Credentials(scheme: .basic, place: .file(file))
            #expect(send(basic, nil) == .arrived)
            #expect(server.asked.last?.head.contains("Authorization: Basic bWU6cGFzcw==") == true)
            let missing = Receiver.Credentials(scheme: .basic, place: .file(file + "x"))
            #expect(send(missing, nil) == .notSent(.credentials))
        }
        #expect(send(bearer, nil) == .notSent(.credentials))
        #expect(send(bearer, "two\nlines") == .notSent(.credentials))
        #expect(server.asked.count == 2)
    }

    private static let openssl = ["/usr/bin/openssl", "/usr/local/bin/openssl"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    @Test(
        "SEND-14: a certificate that nobody vouches for is refused before anything leaves",
        .enabled(if: openssl != nil))
    func certificate() throws {
        let openssl = try #require(Self.openssl)
        try withFolder { folder in
            func run(_ arguments: [String]) throws -> Process {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: openssl)
                process.arguments = arguments
                process.standardOutput = FileHandle.nullDevice
                process.standardError = FileHandle.nullDevice
                process.standardInput = FileHandle.nullDevice
                try process.run()
                return process
            }
            let (key, certificate) = ("\(folder)/key.pem", "\(folder)/cert.pem")
            let made = try run([
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out",
                certificate, "-days", "2", "-subj", "/CN=localhost", "-addext",
                "subjectAltName=DNS:localhost",
            ])
            made.waitUntilExit()
            try #require(made.terminationStatus == 0)
            let port = try freePort()
            let server = try run([
                "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key", key,
                "-quiet", "-www",
            ])
            defer {
                // It may have been started with other signals blocked.
                kill(server.processIdentifier, SIGKILL)
                server.waitUntilExit()
            }
            func send(_ certificates: String?, host: String = "localhost") -> Delivery {
                let address = Receiver.HTTP(
                    url: "https://\(host):\(port)/", certificates: certificates)
                var delivery = Delivery.notSent(.unreachable)
                for _ in 0..<50 where delivery == .notSent(.unreachable) {
                    delivery = HTTPTransport(
                        address, patience: .seconds(2), wantsAnswer: false
                    ) { _ in nil }.deliver(Self.message("M"), id: "M") { _ in true }
                    if delivery == .notSent(.unreachable) { Thread.sleep(forTimeInterval: 0.1) }
                }
                return delivery
            }
            #expect(send(nil) == .notSent(.certificate))
            #expect(send(certificate, host: "127.0.0.1") == .notSent(.certificate))
            // The test's server answers no POST; that the handshake was made is what counts.
            let trusted = send(certificate)
            #expect(trusted != .notSent(.certificate) && trusted != .notSent(.unreachable))
        }
    }

    private func freePort() throws -> Int {
        let listener = try MLLPListener()
        return listener.port
    }
}
