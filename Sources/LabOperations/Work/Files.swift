internal import Foundation

/// Writes a file whole or not at all: under another name, to the disk, then renamed.
package func writeWhole(_ bytes: [UInt8], to path: String) throws {
    try writeWhole(to: path) { try $0(bytes) }
}

/// Writes a file piece by piece, whole or not at all; `body` is given what takes the pieces.
func writeWhole(to path: String, _ body: (([UInt8]) throws -> Void) throws -> Void) throws {
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
    try body { try file.write(contentsOf: Data($0)) }
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
