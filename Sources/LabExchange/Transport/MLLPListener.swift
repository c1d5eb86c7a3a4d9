internal import Dispatch
internal import Glibc
internal import Synchronization

/// A small receiver of MLLP on this machine: for trying the sender, and for answers that come over
/// a connection of the receiver's own.
package final class MLLPListener: Sendable {
    /// What is done with a message that came.
    package enum Reply: Hashable, Sendable {
        /// Framed and sent back.
        case answer([UInt8])
        /// Sent back as it is.
        case raw([UInt8])
        case nothing
        /// The connection is closed, without a word or after these bytes.
        case close(after: [UInt8])
    }

    /// The port it listens on.
    package let port: Int
    private let descriptor: Int32
    private let isOpen = Mutex(true)
    private let limit: Int

    /// Listens on the loopback address.
    /// - Parameters:
    ///   - port: The port; 0 takes a free one.
    ///   - limit: The longest message that is taken, in bytes.
    /// - Throws: `TransportFault.unreachable` when the port is taken.
    package init(port: Int = 0, limit: Int = 16 << 20) throws(TransportFault) {
        let socket = Glibc.socket(
            AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw .unreachable }
        var isOn: Int32 = 1
        setsockopt(
            socket, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(clamping: port)).bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && listen(socket, 16) == 0
                    && getsockname(socket, $0, &size) == 0
            }
        }
        guard isBound else {
            Glibc.close(socket)
            throw .unreachable
        }
        descriptor = socket
        self.port = Int(UInt16(bigEndian: address.sin_port))
        self.limit = limit
    }

    deinit { Glibc.close(descriptor) }

    /// Takes connections one after the other on a thread of its own until `stop`.
    /// - Parameter reply: What is done with each message.
    package func start(_ reply: @escaping @Sendable ([UInt8]) -> Reply) {
        DispatchQueue(label: "swabline.mllp").async {
            while self.isOpen.withLock({ $0 }) {
                guard
                    Connection.wait(
                        self.descriptor, for: POLLIN, until: Deadline(milliseconds: 50))
                else { continue }
                let peer = accept(self.descriptor, nil, nil)
                if peer >= 0 { self.serve(Connection(peer), reply) }
            }
        }
    }

    /// Takes no more connections and ends the one that is open.
    package func stop() {
        isOpen.withLock { $0 = false }
    }

    private func serve(_ connection: consuming Connection, _ reply: ([UInt8]) -> Reply) {
        var frames = MLLPFrames(limit: limit)
        while isOpen.withLock({ $0 }) {
            switch connection.read(until: Deadline(milliseconds: 50)) {
            case .tooSlow: continue
            case .closed: return
            case .bytes(let bytes):
                for case .message(let message) in frames.take(bytes) {
                    let wait = Deadline(milliseconds: 5_000)
                    switch reply(message) {
                    case .answer(let answer):
                        _ = connection.write(MLLPFrames.framed(answer), until: wait)
                    case .raw(let bytes): _ = connection.write(bytes, until: wait)
                    case .nothing: continue
                    case .close(let bytes):
                        _ = connection.write(bytes, until: wait)
                        return
                    }
                }
            }
        }
    }
}
