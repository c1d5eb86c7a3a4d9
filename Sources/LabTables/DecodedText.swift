/// The encodings in which tables reach the laboratory.
package enum TextEncoding: String, Sendable, CaseIterable {
    /// UTF-8 without a byte-order mark.
    case utf8 = "UTF-8"
    /// UTF-8 that opens with a byte-order mark, as spreadsheets save it.
    case markedUTF8 = "UTF-8 with byte-order mark"
    /// GB 18030 and its subsets GBK and GB 2312, as Chinese Windows programs save text.
    case gb18030 = "GB18030"
    /// UTF-16 that opens with a byte-order mark ("Unicode text" of Excel).
    case utf16 = "UTF-16"
    /// Windows-1252, as instruments of Western languages save text; only they are read so.
    case windows1252 = "Windows-1252"
}

/// A text whose bytes are known to be sound UTF-8; only `TextDecoding` makes one.
package struct DecodedText: Sendable {
    /// The text in UTF-8, without a byte-order mark and without NUL.
    package let utf8: [UInt8]
    /// The encoding that the file was in.
    package let encoding: TextEncoding
}

/// Why bytes could not be read as text, with the place of the first bad byte.
package struct EncodingFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong with the bytes.
    package enum Kind: Equatable, Sendable {
        /// The bytes are no text in any encoding that is accepted.
        case unknownEncoding
        /// The bytes are nearly all UTF-8, so they were UTF-8 once and were damaged since.
        case damagedUTF8
        /// A UTF-16 text ends in half a character or holds half of a pair.
        case damagedUTF16
        /// A NUL byte: a binary file, or UTF-16 without its mark.
        case nul
        /// The system cannot convert GB 18030.
        case converterMissing
    }

    /// What is wrong.
    package let kind: Kind
    /// The line of the first bad byte, from 1.
    package let line: Int
    /// The column of the first bad byte in its line, in bytes, from 1.
    package let column: Int

    /// What, where and what to do, without any of the file's content.
    package var description: String {
        "line \(line), byte \(column): \(words)"
    }

    private var words: String {
        switch kind {
        case .unknownEncoding:
            "not a character in UTF-8, GB18030 or UTF-16; save the file as CSV UTF-8"
        case .damagedUTF8:
            "a damaged UTF-8 character; export the file again, a copy may have been cut"
        case .damagedUTF16:
            "half a UTF-16 character; export the file again, a copy may have been cut"
        case .nul:
            "a NUL byte; this is no text file, save it as CSV UTF-8"
        case .converterMissing:
            "this looks like GB18030, which this system cannot convert; save it as CSV UTF-8"
        }
    }
}
