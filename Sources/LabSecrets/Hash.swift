/// Fingerprints: BLAKE2b with 32 bytes (RFC 7693), without a key.
package enum Hash {
    /// The bytes of a fingerprint.
    package static let size = 32

    /// The fingerprint of a message.
    package static func blake2b256(_ message: [UInt8]) -> [UInt8] {
        Sodium.blake2b(message, count: size)
    }

    /// The fingerprint of several parts, so that no two lists of parts look alike.
    ///
    /// Each part is preceded by its length in eight bytes, lowest first: `["ab", "c"]` and
    /// `["a", "bc"]` differ.
    package static func blake2b256(parts: [[UInt8]]) -> [UInt8] {
        blake2b256(Framing.joined(parts))
    }

    /// Bytes as lower-case hexadecimal digits, two a byte.
    package static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            for (index, byte) in bytes.enumerated() {
                text[index * 2] = digits[Int(byte >> 4)]
                text[index * 2 + 1] = digits[Int(byte & 0x0F)]
            }
            return bytes.count * 2
        }
    }
}

/// Joins parts so that they can be told apart again.
enum Framing {
    static func joined(_ parts: [[UInt8]]) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(parts.reduce(0) { $0 + $1.count + 8 })
        for part in parts { append(part, to: &message) }
        return message
    }

    /// Two parts, without an array of arrays: sealing and tokens pass here for every person.
    static func joined(_ one: some Collection<UInt8>, _ other: [UInt8]) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(one.count + other.count + 16)
        append(one, to: &message)
        append(other, to: &message)
        return message
    }

    private static func append(_ part: some Collection<UInt8>, to message: inout [UInt8]) {
        var length = UInt64(part.count)
        for _ in 0..<8 {
            message.append(UInt8(truncatingIfNeeded: length))
            length >>= 8
        }
        message.append(contentsOf: part)
    }
}
