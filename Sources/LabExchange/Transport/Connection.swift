internal import Glibc

/// A TCP connection that never blocks longer than it is told to.
struct Connection: ~Copyable {
    private let descriptor: Int32

    /// Takes over a connected socket.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
        // A message is one write: waiting for more of it would only cost time.
        var isOn: Int32 = 1
        setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { Glibc.close(descriptor) }

    /// Connects to a host's first address that answers; nil when none does in time.
    static func connect(to host: String, port: Int, until deadline: Deadline) -> Connection? {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &hints, &found) == 0 else { return nil }
        defer { freeaddrinfo(found) }
        var next = found
        while let address = next?.pointee {
            if let socket = connected(to: address, until: deadline) { return Connection(socket) }
            next = address.ai_next
        }
        return nil
    }

    private static func connected(to address: addrinfo, until deadline: Deadline) -> Int32? {
        let descriptor = socket(
            address.ai_family,
            address.ai_socktype | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue),
            address.ai_protocol)
        guard descriptor >= 0 else { return nil }
        if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 {
            return descriptor
        }
        var error: Int32 = errno
        if error == EINPROGRESS, wait(descriptor, for: POLLOUT, until: deadline) {
            var size = socklen_t(MemoryLayout<Int32>.size)
            getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size)
            if error == 0 { return descriptor }
        }
        Glibc.close(descriptor)
        return nil
    }

    /// How far a write came.
    enum Written {
        case all
        case nothing
        case some
    }

    /// Writes all bytes, or as many as the other side takes in time.
    func write(_ bytes: [UInt8], until deadline: Deadline) -> Written {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN || errno == EINTR {
                guard Self.wait(descriptor, for: POLLOUT, until: deadline) else { break }
            } else {
                break
            }
        }
        if rest.isEmpty { return .all }
        return rest.count == bytes.count ? .nothing : .some
    }

    /// What reading came to.
    enum Read {
        case bytes([UInt8])
        case closed
        case tooSlow
    }

    /// Reads whatever comes next.
    func read(until deadline: Deadline) -> Read {
        while true {
            guard Self.wait(descriptor, for: POLLIN, until: deadline) else { return .tooSlow }
            var buffer = [UInt8](repeating: 0, count: 16_384)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 { return .bytes(Array(buffer.prefix(count))) }
            if count < 0, errno == EAGAIN || errno == EINTR { continue }
            return .closed
        }
    }

    /// Whether the other side has closed, or sent what nobody asked for.
    var isStale: Bool {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return count >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK)
    }

    /// Waits until a socket is ready; false when the time is over.
    static func wait(_ descriptor: Int32, for events: Int32, until deadline: Deadline) -> Bool {
        while true {
            var waiting = pollfd(fd: descriptor, events: Int16(events), revents: 0)
            let left = deadline.millisecondsLeft
            let count = poll(&waiting, 1, Int32(clamping: left))
            if count > 0 { return true }
            if count < 0, errno == EINTR { continue }
            if left <= 0 || count < 0 { return false }
        }
    }
}

/// A moment by a clock that nobody can set.
struct Deadline: Sendable {
    private let end: ContinuousClock.Instant

    /// So many milliseconds from now.
    init(milliseconds: Int64) {
        end = ContinuousClock.now.advanced(by: .milliseconds(milliseconds))
    }

    /// What is left, never under nothing.
    var millisecondsLeft: Int64 {
        max(0, Int64(ContinuousClock.now.duration(to: end) / .milliseconds(1)))
    }
}
