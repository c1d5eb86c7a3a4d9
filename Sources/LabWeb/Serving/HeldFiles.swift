internal import LabDomain
internal import LabSecrets
internal import Synchronization

/// Files that somebody looked at and may want to import: a browser sends a file once, and asks for
/// it again only when somebody chooses it again.
///
/// They are kept in memory alone, for whoever sent them, and not for long.
final class HeldFiles: Sendable {
    /// A file with what was told of it.
    struct Held: Sendable {
        let file: [UInt8]
        let plate: String
        let run: String?
        let map: String?
        fileprivate let handle: String
        fileprivate let token: String
        fileprivate let at: Timestamp
    }

    private static let most = 16
    private static let mostBytes = 96 << 20
    private static let longest = Span.minutes(60)
    private let files = Mutex<[Held]>([])

    /// Keeps a file; the token fetches it.
    func hold(
        _ file: [UInt8], plate: String, run: String?, map: String?, of handle: String,
        at now: Timestamp
    ) -> String {
        let token = Hash.hex(randomBytes(16))
        let held = Held(
            file: file, plate: plate, run: run, map: map, handle: handle, token: token, at: now)
        files.withLock { files in
            files.append(held)
            files.removeAll { $0.at.span(to: now) >= Self.longest }
            var bytes = files.reduce(0) { $0 + $1.file.count }
            while files.count > Self.most || bytes > Self.mostBytes, files.count > 1 {
                bytes -= files.removeFirst().file.count
            }
        }
        return token
    }

    /// The file behind a token, for whoever sent it; nil when it is held no longer.
    func file(_ token: String, of handle: String, at now: Timestamp) -> Held? {
        files.withLock { files in
            files.first {
                isSame($0.token, token) && $0.handle == handle
                    && $0.at.span(to: now) < Self.longest
            }
        }
    }
}
