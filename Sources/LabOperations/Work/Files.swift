internal import Foundation
internal import LabStore

/// Writes a file whole or not at all: under another name, to the disk, then renamed.
package func writeWhole(_ bytes: [UInt8], to path: String) throws {
    let url = URL(fileURLWithPath: path)
    let beside = url.deletingLastPathComponent()
        .appendingPathComponent(".\(url.lastPathComponent).part")
    // Reports and lists name people: their owner alone may read them.
    guard
        FileManager.default.createFile(
            atPath: beside.path, contents: nil, attributes: [.posixPermissions: 0o600])
    else {
        throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
    }
    let file = try FileHandle(forWritingTo: beside)
    try file.write(contentsOf: Data(bytes))
    try file.synchronize()
    try file.close()
    guard rename(beside.path, path) == 0 else {
        throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
    }
}

/// Puts a folder's names on the disk.
func syncFolder(_ path: String) throws {
    let folder = open(path, O_RDONLY)
    guard folder >= 0 else {
        throw CocoaError(.fileReadUnknown, userInfo: [NSFilePathErrorKey: path])
    }
    defer { close(folder) }
    guard fsync(folder) == 0 else {
        throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
    }
}

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
