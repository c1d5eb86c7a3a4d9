import Glibc

/// GB 18030 by the system's converter.
enum GB18030Text {
    enum Conversion {
        case text([UInt8])
        /// The offset of the first byte that is no character.
        case broken(at: Int)
        case noConverter
    }

    static func convert(_ bytes: [UInt8]) -> Conversion {
        let failure = iconv_t(bitPattern: -1)
        guard let converter = iconv_open("UTF-8", "GB18030"), converter != failure else {
            return .noConverter
        }
        defer { iconv_close(converter) }
        // Two bytes become at most three and four at most four, so one call always has room.
        let room = bytes.count + bytes.count / 2 + 16
        var input = bytes
        var isWhole = false
        var consumed = 0
        let utf8 = [UInt8](unsafeUninitializedCapacity: room) { output, filled in
            input.withUnsafeMutableBytes { raw in
                var from = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
                var left = raw.count
                let start = UnsafeMutableRawPointer(output.baseAddress)
                var to = start?.assumingMemoryBound(to: CChar.self)
                var free = room
                isWhole = iconv(converter, &from, &left, &to, &free) != -1
                consumed = raw.count - left
                filled = room - free
            }
        }
        return isWhole && consumed == bytes.count ? .text(utf8) : .broken(at: consumed)
    }
}
