internal import Foundation
internal import LabStore

/// Keeps two programs from making the same thing at once.
struct Lock {
    private let path: String
    private let descriptor: Int32

    /// Takes the lock, or says that somebody else holds it.
    init(at path: String) throws {
        self.path = path
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
        }
        // Whoever held it may have removed the file between the two calls: then another could
        // make and hold a new one.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.isStill(descriptor, at: path) else {
            close(descriptor)
            throw StoreFault.busy
        }
    }

    private static func isStill(_ descriptor: Int32, at path: String) -> Bool {
        var (ours, named) = (stat(), stat())
        return fstat(descriptor, &ours) == 0 && stat(path, &named) == 0
            && ours.st_ino == named.st_ino && ours.st_dev == named.st_dev
    }

    /// Gives the lock back and removes its file.
    func release() {
        unlink(path)
        close(descriptor)
    }
}
