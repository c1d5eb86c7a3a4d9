/// A UUID that follows from what it names: version 5 of RFC 9562, SHA-1 over a name in a namespace.
///
/// The same thing has the same UUID in every message and on every day, and nobody has to keep one.
struct ContentUUID: Hashable, Sendable, CustomStringConvertible {
    /// The sixteen bytes.
    let bytes: [UInt8]

    /// The namespace of ISO object identifiers (RFC 9562, section 6.6).
    static let ofOIDs = ContentUUID(bytes: [
        0x6B, 0xA7, 0xB8, 0x12, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30,
        0xC8,
    ])

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The UUID of a name.
    init(_ name: String, in namespace: ContentUUID) {
        var hash = SHA1.hash(namespace.bytes + Array(name.utf8))
        hash[6] = hash[6] & 0x0F | 0x50
        hash[8] = hash[8] & 0x3F | 0x80
        bytes = Array(hash.prefix(16))
    }

    /// The usual form, in small letters.
    var description: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (place, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(place) { text.append(UInt8(ascii: "-")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0x0F)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// SHA-1 (FIPS 180-4), for names only: it protects nothing.
enum SHA1 {
    /// The twenty bytes of a message's hash.
    static func hash(_ message: [UInt8]) -> [UInt8] {
        var padded = message
        padded.append(0x80)
        while padded.count % 64 != 56 { padded.append(0) }
        let bits = UInt64(message.count) * 8
        for shift in stride(from: 56, through: 0, by: -8) {
            padded.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        var words = [UInt32](repeating: 0, count: 80)
        for block in stride(from: 0, to: padded.count, by: 64) {
            expand(padded[block..<(block + 64)], into: &words)
            mix(words, into: &state)
        }
        return state.flatMap { word in
            stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
        }
    }

    private static func expand(_ block: ArraySlice<UInt8>, into words: inout [UInt32]) {
        let start = block.startIndex
        for number in 0..<16 {
            words[number] = (0..<4).reduce(0) { $0 << 8 | UInt32(block[start + number * 4 + $1]) }
        }
        for number in 16..<80 {
            words[number] = rotated(
                words[number - 3] ^ words[number - 8] ^ words[number - 14] ^ words[number - 16], 1)
        }
    }

    private static func mix(_ words: [UInt32], into state: inout [UInt32]) {
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for number in 0..<80 {
            let (f, k): (UInt32, UInt32) =
                switch number {
                case ..<20: (b & c | ~b & d, 0x5A82_7999)
                case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                case ..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            let next = rotated(a, 5) &+ f &+ e &+ k &+ words[number]
            (a, b, c, d, e) = (next, a, rotated(b, 30), c, d)
        }
        for (place, value) in [a, b, c, d, e].enumerated() { state[place] &+= value }
    }

    private static func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 {
        word << bits | word >> (32 - bits)
    }
}
