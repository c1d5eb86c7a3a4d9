import Foundation
import Glibc
import Synchronization

/// A web server of a few lines on this machine: it takes one request a connection and answers it
/// with bytes that the test makes.
final class HTTPResponder: Sendable {
    let port: Int
    private let descriptor: Int32
    private let requests = Mutex<[(head: String, body: [UInt8])]>([])
    private let isOpen = Mutex(true)

    init(_ answer: @escaping @Sendable (_ head: String, _ body: [UInt8]) -> [UInt8]) {
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
        Thread.detachNewThread { self.serve(listening, answer) }
    }

    private func serve(
        _ listening: Int32, _ answer: (_ head: String, _ body: [UInt8]) -> [UInt8]
    ) {
        while isOpen.withLock({ $0 }) {
            let peer = accept(listening, nil, nil)
            guard peer >= 0 else { return }
            let request = Self.read(peer)
            requests.withLock { $0.append(request) }
            var rest = answer(request.head, request.body)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    send(peer, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { break }
                rest = rest.dropFirst(count)
            }
            close(peer)
        }
    }

    /// What was asked so far.
    var asked: [(head: String, body: [UInt8])] { requests.withLock { $0 } }

    func stop() {
        isOpen.withLock { $0 = false }
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    static func answer(_ status: String, _ body: [UInt8] = [], headers: String = "") -> [UInt8] {
        Array(
            "HTTP/1.1 \(status)\r\nContent-Length: \(body.count)\r\n\(headers)\r\n".utf8) + body
    }

    private static func read(_ peer: Int32) -> (head: String, body: [UInt8]) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let head = String(text[..<end.lowerBound])
                let length =
                    head.split(separator: "\r\n")
                    .first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
                let body = Array(bytes.dropFirst(head.utf8.count + 4))
                if body.count >= length { return (head, body) }
            }
            let count = recv(peer, &buffer, buffer.count, 0)
            guard count > 0 else { return (text, []) }
            bytes += buffer.prefix(count)
        }
    }
}
