internal import Foundation
internal import LabSecrets

typealias Data = Foundation.Data

/// Whether a file stands at a path.
func isFile(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

/// An empty file that its owner alone can read and write; its journals get the same rights.
func makePrivateFile(at path: String) throws {
    let made = FileManager.default.createFile(
        atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
    guard made else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path]) }
}

/// A name for a database that nobody keeps.
func temporaryPath() -> String {
    FileManager.default.temporaryDirectory
        .appendingPathComponent("swabline-audit-\(getpid())-\(Hash.hex(randomBytes(8)))").path
}

/// Removes a database with its journals.
func removeDatabase(at path: String) {
    for file in [path, path + "-journal", path + "-wal", path + "-shm"] {
        try? FileManager.default.removeItem(atPath: file)
    }
}
