/// UTF-16 with a byte-order mark.
enum UTF16Text {
    static func decode(_ bytes: [UInt8], lowByteFirst: Bool) throws(EncodingFault) -> DecodedText {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(bytes.count)
        var at = 2
        func unit(_ offset: Int) -> UInt32 {
            let first = UInt32(bytes[offset])
            let second = UInt32(bytes[offset + 1])
            return lowByteFirst ? second << 8 | first : first << 8 | second
        }
        while at < bytes.count {
            guard at + 1 < bytes.count else { throw fault(.damagedUTF16, after: utf8) }
            var value = unit(at)
            at += 2
            if value == 0 { throw fault(.nul, after: utf8) }
            if 0xD800...0xDBFF ~= value, at + 1 < bytes.count, 0xDC00...0xDFFF ~= unit(at) {
                value = 0x10000 + (value - 0xD800) << 10 + (unit(at) - 0xDC00)
                at += 2
            }
            guard let scalar = Unicode.Scalar(value) else {
                throw fault(.damagedUTF16, after: utf8)
            }
            utf8.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        return DecodedText(utf8: utf8, encoding: .utf16)
    }

    /// The place is counted in what was read so far; a byte is half a UTF-16 unit of that line.
    private static func fault(_ kind: EncodingFault.Kind, after utf8: [UInt8]) -> EncodingFault {
        let place = LineCounter.place(of: utf8.count, in: utf8)
        let line = utf8.suffix(place.column - 1)
        let units = String(decoding: line, as: UTF8.self).utf16.count
        let mark = place.line == 1 ? 2 : 0
        return EncodingFault(kind: kind, line: place.line, column: mark + units * 2 + 1)
    }
}
