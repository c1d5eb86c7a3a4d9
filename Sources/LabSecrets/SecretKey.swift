internal import CSodium

/// The laboratory's master key: 32 bytes that its names and numbers are sealed with.
package struct SecretKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// The length of a key in bytes.
    package static let size = 32

    let bytes: [UInt8]

    /// A key of known bytes, for tests and rehearsals that must repeat; nil unless it is 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.size else { return nil }
        self.bytes = bytes
    }

    private init(random: Void) { bytes = randomBytes(Self.size) }

    /// A new key from the system's randomness.
    package static func generate() -> SecretKey { SecretKey(random: ()) }

    /// Reads a key file.
    ///
    /// A link is followed and the file behind it is judged. Root may read anyone's file.
    /// - Parameter path: The key file.
    /// - Returns: The key.
    /// - Throws: `SecretFault` when the file is missing, belongs to another user, lets group or
    ///   others in, or does not hold a key.
    package static func load(from path: String) throws(SecretFault) -> SecretKey {
        let text = try KeyFile.read(path)
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard let first = lines.first, first.elementsEqual(KeyFile.header.utf8) else {
            throw .keyFileHeader(path: path)
        }
        guard lines.count == 2 || lines.count == 3 && lines[2].isEmpty,
            let bytes = unhex(lines[1]), let key = SecretKey(bytes: bytes)
        else { throw .keyFileKey(path: path) }
        return key
    }

    /// Writes the key to a new file with mode 0600, and returns when it is on the disk.
    /// - Parameter path: A name that is not taken, in a folder that exists.
    /// - Throws: `SecretFault.keyFileExists`, or `.system` with the step that failed; then no
    ///   file is left behind.
    package func create(at path: String) throws(SecretFault) {
        let text = "\(KeyFile.header)\n\(Hash.hex(bytes))\n"
        try KeyFile.create(path, holding: Array(text.utf8))
    }

    /// The same words for every key, so that no log ever holds one.
    package var description: String { "SecretKey(hidden)" }

    /// No children: `dump` and string interpolation of a surrounding value show no key either.
    package var customMirror: Mirror { Mirror(self, children: []) }

    private static func unhex(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        let text = digits.map { CChar(bitPattern: $0) }
        guard text.count == size * 2 else { return nil }
        var bytes = [UInt8](repeating: 0, count: size)
        var count = 0
        let code = sodium_hex2bin(&bytes, size, text, text.count, nil, &count, nil)
        return code == 0 && count == size ? bytes : nil
    }
}
