@testable import LabInstruments

/// A zip archive without compression, written by hand so that its headers can lie.
struct StoredZip {
    struct Entry {
        var name: String
        var content: [UInt8]
        var isEncrypted = false
        /// The length that the headers state; the true one else.
        var stated: UInt32?
    }

    var entries: [Entry] = []

    init(_ entries: [(String, [UInt8])]) {
        self.entries = entries.map { Entry(name: $0.0, content: $0.1) }
    }

    /// The entries of an archive, unpacked.
    init(unpacking bytes: [UInt8]) throws {
        let archive = try ZipArchive(bytes)
        for name in archive.names where !name.hasSuffix("/") {
            entries.append(Entry(name: name, content: try archive.entry(name) ?? []))
        }
    }

    var bytes: [UInt8] {
        var zip: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let offset = UInt32(zip.count)
            let name = Array(entry.name.utf8)
            let size = UInt32(entry.content.count)
            let common =
                [20, 0, entry.isEncrypted ? 1 : 0, 0, 0, 0, 0, 0, 0x21, 0]
                + little(Self.check(entry.content), 4) + little(size, 4)
                + little(entry.stated ?? size, 4) + little(UInt32(name.count), 2) + [0, 0]
            zip += [0x50, 0x4B, 3, 4] + common + name + entry.content
            directory += [0x50, 0x4B, 1, 2, 20, 0] + common
            directory += [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + little(offset, 4) + name
        }
        let start = UInt32(zip.count)
        let count = little(UInt32(entries.count), 2)
        zip += directory
        zip += [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count
        return zip + little(UInt32(directory.count), 4) + little(start, 4) + [0, 0]
    }

    private func little(_ number: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
    }

    /// CRC-32 (ISO 3309).
    private static func check(_ bytes: [UInt8]) -> UInt32 {
        var check = UInt32.max
        for byte in bytes { check = table[Int((check ^ UInt32(byte)) & 255)] ^ (check >> 8) }
        return ~check
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in
            value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
        }
    }
}
