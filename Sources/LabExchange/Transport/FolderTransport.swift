internal import Glibc

/// Puts each message into a folder as a file that is whole as soon as it has its name.
package final class FolderTransport: MessageTransport {
    private let path: String
    private let suffix: String

    /// A folder that exists, and the ending of its files' names, such as `.hl7`.
    package init(path: String, suffix: String) {
        self.path = path
        self.suffix = suffix
    }

    /// Puts the message into the folder; whatever has its name is on disk.
    package func deliver(
        _ message: [UInt8], id: String, isAnswer: ([UInt8]) -> Bool
    ) -> Delivery {
        let name = id.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        let part = "\(path)/.\(name).part"
        guard write(message, to: part), rename(part, "\(path)/\(name)\(suffix)") == 0 else {
            unlink(part)
            return .notSent(.folder)
        }
        // Without this the name may be gone after a power cut, while the outbox says that it
        // arrived. The same name with the same bytes comes again then.
        return syncFolder() ? .arrived : .silence(.folder)
    }

    /// There is nothing to end.
    package func close() {}

    private func write(_ bytes: [UInt8], to file: String) -> Bool {
        // Messages name people: their owner alone may read them, unless the folder says otherwise.
        let descriptor = open(file, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard descriptor >= 0 else { return false }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        let isSafe = rest.isEmpty && fsync(descriptor) == 0
        return Glibc.close(descriptor) == 0 && isSafe
    }

    private func syncFolder() -> Bool {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return false }
        defer { Glibc.close(folder) }
        return fsync(folder) == 0
    }
}
