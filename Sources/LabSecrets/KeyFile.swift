import Glibc

/// A file that only its owner may use; SecretKey says what stands in it.
enum KeyFile {
    /// The first line of every key file, with the version of its form.
    static let header = "swabline secret key 1"
    /// No key file is longer, so that a wrong path does not read a whole disk.
    private static let longest = 256

    static func read(_ path: String) throws(SecretFault) -> [UInt8] {
        // Not blocking: a named pipe would otherwise wait here for a writer.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            throw errno == ENOENT ? .keyFileMissing(path: path) : fault("open it", path)
        }
        defer { close(file) }
        // The open file is judged, not its name: nobody can swap it in between.
        var status = stat()
        guard fstat(file, &status) == 0 else { throw fault("look at it", path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .keyFileNotRegular(path: path) }
        guard status.st_uid == geteuid() || geteuid() == 0 else { throw .keyFileOwner(path: path) }
        guard status.st_mode & 0o077 == 0 else {
            throw .keyFileOpenToOthers(path: path, mode: status.st_mode & 0o777)
        }
        var text = [UInt8](repeating: 0, count: longest)
        var count = 0
        repeat {
            count = Glibc.read(file, &text, longest)
        } while count < 0 && errno == EINTR
        guard count >= 0 else { throw fault("read it", path) }
        return Array(text.prefix(count))
    }

    static func create(_ path: String, holding text: [UInt8]) throws(SecretFault) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw errno == EEXIST ? .keyFileExists(path: path) : fault("create it", path)
        }
        do throws(SecretFault) {
            defer { close(file) }
            // The process's umask may have taken bits away; the mode is meant exactly.
            guard fchmod(file, 0o600) == 0 else { throw fault("set its mode", path) }
            try write(text, to: file, path)
            guard fsync(file) == 0 else { throw fault("store it safely", path) }
            try syncFolder(of: path)
        } catch {
            unlink(path)
            throw error
        }
    }

    private static func write(
        _ text: [UInt8], to file: Int32, _ path: String
    ) throws(SecretFault) {
        var written = 0
        while written < text.count {
            let rest = Array(text[written...])
            let count = Glibc.write(file, rest, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw fault("write it", path) }
            written += count
        }
    }

    /// A new name is on the disk only when its folder is.
    private static func syncFolder(of path: String) throws(SecretFault) {
        var folder = "."
        if let slash = path.lastIndex(of: "/") {
            folder = slash == path.startIndex ? "/" : String(path[..<slash])
        }
        let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw fault("open its folder", path) }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw fault("store its folder safely", path) }
    }

    private static func fault(_ step: String, _ path: String) -> SecretFault {
        .system(step: step, path: path, reason: String(cString: strerror(errno)))
    }
}
