/// Finds the encoding of a file and turns it into UTF-8: refuses what it is not sure of.
package enum TextDecoding {
    /// Reads bytes as UTF-8 with or without a mark, as UTF-16 with a mark, or as GB 18030.
    ///
    /// A text that is not UTF-8 but nearly is counts as damaged UTF-8, never as GB 18030: most of
    /// its bytes would convert into wrong characters, and a wrong name is a wrong person.
    /// - Parameter bytes: The whole file.
    /// - Returns: The text in UTF-8 and the encoding it came in.
    /// - Throws: `EncodingFault` with the place of the first byte that cannot be read.
    package static func decode(_ bytes: [UInt8]) throws(EncodingFault) -> DecodedText {
        if bytes.starts(with: [0xFF, 0xFE]) {
            return try UTF16Text.decode(bytes, lowByteFirst: true)
        }
        if bytes.starts(with: [0xFE, 0xFF]) {
            return try UTF16Text.decode(bytes, lowByteFirst: false)
        }
        if let nul = bytes.firstIndex(of: 0) { throw fault(.nul, at: nul, in: bytes) }

        let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        guard let badUTF8 = UTF8Text.firstFault(in: bytes) else {
            return DecodedText(
                utf8: isMarked ? Array(bytes.dropFirst(3)) : bytes,
                encoding: isMarked ? .markedUTF8 : .utf8)
        }
        if isMarked || UTF8Text.isMostlySound(bytes) {
            throw fault(.damagedUTF8, at: badUTF8, in: bytes)
        }
        switch GB18030Text.convert(bytes) {
        case .text(let utf8):
            return DecodedText(utf8: utf8, encoding: .gb18030)
        case .broken(let offset):
            // Whichever encoding got further is the likelier one, so its fault is the true one.
            throw fault(.unknownEncoding, at: max(badUTF8, offset), in: bytes)
        case .noConverter:
            throw fault(.converterMissing, at: badUTF8, in: bytes)
        }
    }

    static func fault(_ kind: EncodingFault.Kind, at offset: Int, in bytes: [UInt8])
        -> EncodingFault
    {
        let place = LineCounter.place(of: offset, in: bytes)
        return EncodingFault(kind: kind, line: place.line, column: place.column)
    }
}
