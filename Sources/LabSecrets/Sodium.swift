internal import CSodium

/// The library behind all secrets, made ready once.
enum Sodium {
    /// Touch this before the first call of libsodium in any path.
    static let ready: Void = {
        // A library that cannot start has no safe answer to anything, so the program ends.
        precondition(sodium_init() >= 0, "libsodium could not start; reinstall libsodium23")
    }()

    /// BLAKE2b of a message, keyed when a key is given.
    static func blake2b(_ message: [UInt8], key: [UInt8] = [], count: Int) -> [UInt8] {
        _ = ready
        return filling(count) { digest in
            crypto_generichash(digest, count, message, UInt64(message.count), key, key.count)
        }
    }

    /// An array that a C function fills completely.
    static func filling(_ count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            guard let start = buffer.baseAddress else { return }
            fill(start)
            filled = count
        }
    }
}

/// Bytes that nobody can foretell, for keys and tokens.
/// - Parameter count: How many; 0 or more.
/// - Returns: As many bytes.
package func randomBytes(_ count: Int) -> [UInt8] {
    _ = Sodium.ready
    return Sodium.filling(count) { randombytes_buf($0, count) }
}
