import Foundation
import Glibc
import Synchronization

/// A mail server of a few lines on this machine: it takes one session a connection and keeps what
/// it was handed.
final class SMTPResponder: Sendable {
    /// How it treats those who come.
    enum Mood: Sendable {
        case willing
        /// Refuses each recipient with a reply.
        case refusing(String)
        /// Says nothing after the greeting.
        case silent
        /// Takes the mail and closes before it says so.
        case closing
    }

    let port: Int
    private let descriptor: Int32
    private let kept = Mutex<[(envelope: [String], mail: String)]>([])

    init(_ mood: Mood = .willing) {
        let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(listening, $0, size)
                _ = listen(listening, 8)
                _ = getsockname(listening, $0, &size)
            }
        }
        descriptor = listening
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { self.serve(listening, mood) }
    }

    /// The mails so far, with the lines of their envelopes.
    var mails: [(envelope: [String], mail: String)] { kept.withLock { $0 } }

    func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    private func serve(_ listening: Int32, _ mood: Mood) {
        while true {
            let peer = accept(listening, nil, nil)
            guard peer >= 0 else { return }
            session(peer, mood)
            close(peer)
        }
    }

    private func session(_ peer: Int32, _ mood: Mood) {
        var reader = Reader(peer: peer)
        var envelope: [String] = []
        reader.say("220 test")
        while let line = reader.line() {
            if case .silent = mood { continue }
            switch line.prefix(4).uppercased() {
            case "EHLO", "HELO": reader.say("250 test")
            case "MAIL":
                envelope.append(line)
                reader.say("250 ok")
            case "RCPT":
                envelope.append(line)
                if case .refusing(let reply) = mood {
                    reader.say(reply)
                } else {
                    reader.say("250 ok")
                }
            case "DATA":
                reader.say("354 go on")
                var mail: [String] = []
                while let line = reader.line(), line != "." { mail.append(line) }
                let whole = (envelope, mail.joined(separator: "\n"))
                kept.withLock { $0.append(whole) }
                if case .closing = mood { return }
                reader.say("250 taken")
            case "QUIT":
                reader.say("221 bye")
                return
            default: reader.say("502 no")
            }
        }
    }

    private struct Reader {
        let peer: Int32
        var bytes: [UInt8] = []

        mutating func line() -> String? {
            while true {
                if let end = bytes.firstIndex(of: 10) {
                    let line = bytes[..<end].filter { $0 != 13 }
                    bytes.removeFirst(end + 1)
                    return String(decoding: line, as: UTF8.self)
                }
                var buffer = [UInt8](repeating: 0, count: 4_096)
                let count = recv(peer, &buffer, buffer.count, 0)
                guard count > 0 else { return nil }
                bytes += buffer.prefix(count)
            }
        }

        func say(_ text: String) {
            let line = Array((text + "\r\n").utf8)
            _ = send(peer, line, line.count, Int32(MSG_NOSIGNAL))
        }
    }
}
