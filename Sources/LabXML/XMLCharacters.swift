/// The characters that a document may hold (XML 1.0, production 2).
package enum XMLCharacters {
    /// Whether a text holds no other character.
    ///
    /// Strings have no surrogates: what remains are control characters, U+FFFE and U+FFFF.
    package static func areAll(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            for index in bytes.indices {
                let byte = bytes[index]
                if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return false }
                if byte == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBF,
                    bytes[index + 2] >= 0xBE
                {
                    return false
                }
            }
            return true
        }
    }
}
