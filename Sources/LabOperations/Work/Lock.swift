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
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw StoreFault.busy
        }
    }

    /// Gives the lock back and removes its file.
    func release() {
        unlink(path)
        close(descriptor)
    }
}
