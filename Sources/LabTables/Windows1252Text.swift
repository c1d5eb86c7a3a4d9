/// Windows-1252, in which instruments of Western languages write: every byte is a character.
package enum Windows1252Text {
    /// Reads bytes that are known to be no UTF-8; a NUL is nil.
    ///
    /// Only for files whose words are compared with known ones: a wrong guess of the encoding
    /// would change a name.
    package static func decode(_ bytes: [UInt8]) -> DecodedText? {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            if byte == 0 { return nil }
            let scalar =
                (0x80...0x9F).contains(byte)
                ? upper[Int(byte) - 0x80] : Unicode.Scalar(byte)
            utf8.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        return DecodedText(utf8: utf8, encoding: .windows1252)
    }

    /// Whether bytes above ASCII stand alone among ASCII, as letters with accents do.
    ///
    /// Chinese characters are pairs of such bytes, but for rare ones, and stand in words.
    package static func isLikely(_ bytes: [UInt8]) -> Bool {
        var alone = 0
        var pairs = 0
        var length = 0
        for byte in bytes + [0] {
            if byte >= 0x80 {
                length += 1
                continue
            }
            if length > 2 { return false }
            if length == 1 { alone += 1 }
            if length == 2 { pairs += 1 }
            length = 0
        }
        return alone > pairs
    }

    /// 0x80 to 0x9F; the five bytes without a character become the replacement character.
    private static let upper: [Unicode.Scalar] = [
        "€", "\u{FFFD}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{FFFD}", "Ž",
        "\u{FFFD}", "\u{FFFD}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ",
        "\u{FFFD}", "ž", "Ÿ",
    ]
}
