/// Strict checks of UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing past U+10FFFF.
enum UTF8Text {
    /// The offset of the first byte that is not UTF-8, or nil when all of it is.
    static func firstFault(in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            var at = 0
            while at < buffer.count {
                if buffer[at] < 0x80 {
                    at += 1
                } else if let length = characterLength(in: buffer, at: at) {
                    at += length
                } else {
                    return at
                }
            }
            return nil
        }
    }

    /// Whether most bytes above ASCII stand in sound characters of three or four bytes.
    ///
    /// Two-byte characters do not count: many pairs of GB 18030 look like them.
    static func isMostlySound(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            var high = 0
            var sound = 0
            var at = 0
            while at < buffer.count {
                guard buffer[at] >= 0x80 else {
                    at += 1
                    continue
                }
                let length = characterLength(in: buffer, at: at) ?? 1
                if length >= 3 { sound += length }
                high += length
                at += length
            }
            return sound * 2 > high
        }
    }

    /// The length of the character above ASCII that begins here, or nil when none does.
    private static func characterLength(
        in buffer: UnsafeBufferPointer<UInt8>, at start: Int
    ) -> Int? {
        let lead = buffer[start]
        let length: Int
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return nil
        }
        guard start + length <= buffer.count else { return nil }
        let second = buffer[start + 1]
        switch lead {
        case 0xE0 where second < 0xA0, 0xED where second > 0x9F: return nil
        case 0xF0 where second < 0x90, 0xF4 where second > 0x8F: return nil
        default: break
        }
        for offset in 1..<length where buffer[start + offset] & 0xC0 != 0x80 { return nil }
        return length
    }
}
