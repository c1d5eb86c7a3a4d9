/// Bytes that travel through JSON as base64 (RFC 4648): sealed fields, look-up tokens, hashes.
package struct Bytes: Hashable, Sendable {
    /// The bytes themselves.
    package let array: [UInt8]

    /// Wraps bytes.
    package init(_ array: [UInt8]) {
        self.array = array
    }

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()

    /// The bytes in base64, padded.
    package var base64: String {
        var text: [UInt8] = []
        text.reserveCapacity((array.count + 2) / 3 * 4)
        appendBase64(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the bytes in base64, padded, to a text.
    package func appendBase64(to text: inout [UInt8]) {
        var out = text.count
        text.append(contentsOf: repeatElement(61, count: (array.count + 2) / 3 * 4))
        text.withUnsafeMutableBufferPointer { text in
            Self.alphabet.withUnsafeBufferPointer { alphabet in
                array.withUnsafeBufferPointer { array in
                    for index in stride(from: 0, to: array.count, by: 3) {
                        let left = array.count - index
                        let first = UInt32(array[index]) << 16
                        let second = left > 1 ? UInt32(array[index + 1]) << 8 : 0
                        let group = first | second | (left > 2 ? UInt32(array[index + 2]) : 0)
                        text[out] = alphabet[Int(group >> 18)]
                        text[out + 1] = alphabet[Int(group >> 12 & 63)]
                        if left > 1 { text[out + 2] = alphabet[Int(group >> 6 & 63)] }
                        if left > 2 { text[out + 3] = alphabet[Int(group & 63)] }
                        out += 4
                    }
                }
            }
        }
    }

    /// Reads padded base64; nil when the text is not base64.
    package init?(base64: String) {
        let text = Array(base64.utf8)
        guard text.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        let padding = text.suffix(2).count { $0 == 61 }
        for start in stride(from: 0, to: text.count, by: 4) {
            var group: UInt32 = 0
            for (offset, byte) in text[start..<(start + 4)].enumerated() {
                let isPadding = start + offset >= text.count - padding
                let value = isPadding ? 0 : Self.values[Int(byte)]
                guard value != 255 else { return nil }
                group = group << 6 | UInt32(value)
            }
            bytes.append(UInt8(group >> 16 & 255))
            bytes.append(UInt8(group >> 8 & 255))
            bytes.append(UInt8(group & 255))
        }
        bytes.removeLast(padding)
        array = bytes
    }
}

extension Bytes: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let bytes = Bytes(base64: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not base64")
        }
        self = bytes
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(base64)
    }
}
