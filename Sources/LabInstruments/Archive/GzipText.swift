internal import LabDomain

/// A gzip file (RFC 1952) of one member, unpacked by libzip like everything else.
///
/// Its body is the same deflate stream that a zip's entry holds, so it is given a zip's headers.
enum GzipText {
    static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B, 0x08]) }

    static func unpack(_ bytes: [UInt8]) throws(InstrumentFaults) -> [UInt8] {
        guard let start = bodyStart(bytes), bytes.count >= start + 8 else { throw broken }
        let body = bytes[start..<bytes.count - 8]
        let check = Array(bytes[(bytes.count - 8)...])
        // Checksum, packed length, length: the same twelve bytes in both of a zip's headers.
        let sizes = Array(check[0..<4]) + little(UInt32(body.count), 4) + Array(check[4..<8])
        let name: [UInt8] = [0x78]
        let common = [20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0] + sizes + [1, 0, 0, 0]
        var zip = [0x50, 0x4B, 3, 4] + common + name + body
        let directory = UInt32(zip.count)
        zip += [0x50, 0x4B, 1, 2, 20, 0] + common + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + little(0, 4)
        zip += name
        zip += [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0]
        zip += little(UInt32(zip.count - 12) - directory, 4) + little(directory, 4) + [0, 0]
        guard let text = try ZipArchive(zip).entry("x") else { throw broken }
        return text
    }

    private static var broken: InstrumentFaults {
        InstrumentFaults(
            "the archive is broken or cut off; copy the file again from the instrument")
    }

    /// Where the deflate stream begins, behind the optional name and comment.
    private static func bodyStart(_ bytes: [UInt8]) -> Int? {
        guard bytes.count > 18 else { return nil }
        let flags = bytes[3]
        var at = 10
        if flags & 4 != 0 { at += 2 + Int(bytes[10]) + Int(bytes[11]) << 8 }
        for flag: UInt8 in [8, 16] where flags & flag != 0 {
            guard at < bytes.count, let end = bytes[at...].firstIndex(of: 0) else { return nil }
            at = end + 1
        }
        return flags & 2 != 0 ? at + 2 : at
    }

    private static func little(_ number: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
    }
}
