internal import CSodium

/// Seals fields, opens them again and makes look-up values, all from one master key.
///
/// A sealed value is a version byte, a nonce of 24 bytes and XChaCha20-Poly1305 over the plain
/// text. The nonce is a keyed BLAKE2b of context and plain text: sealing needs no randomness, and
/// a repeated seal repeats its bytes instead of a nonce. So two values in one context can be seen
/// to be equal: give each record and field a context of its own.
package struct Vault: Sendable, CustomStringConvertible, CustomReflectable {
    /// The form of sealed values that this program writes.
    package static let version: UInt8 = 1
    /// How many bytes longer a sealed value is than its plain text.
    package static let overhead = 1 + nonceSize + 16

    /// A value of 16 bytes to store beside the data.
    ///
    /// Another key gives another one, so that a wrong key file is noticed when the database is
    /// opened and not at the first name.
    package let keyCheck: [UInt8]

    private static let nonceSize = 24
    private let sealingKey: [UInt8]
    private let nonceKey: [UInt8]
    private let indexKey: [UInt8]
    private let chainKey: [UInt8]
    private let signingKeys: SigningKeys

    /// A vault with its keys derived from the master key.
    package init(_ master: SecretKey) {
        sealingKey = Self.subkey(1, of: master)
        nonceKey = Self.subkey(2, of: master)
        indexKey = Self.subkey(3, of: master)
        chainKey = Self.subkey(5, of: master)
        signingKeys = SigningKeys(seed: Self.subkey(6, of: master))
        keyCheck = Sodium.blake2b(
            Array("key check".utf8), key: Self.subkey(4, of: master), count: 16)
    }

    /// A keyed hash of several parts: whoever lacks the key cannot make another that fits.
    /// - Parameter parts: What is hashed; the parts cannot run into each other.
    /// - Returns: `Hash.size` bytes.
    package func chain(_ parts: [[UInt8]]) -> [UInt8] {
        Sodium.blake2b(Framing.joined(parts), key: chainKey, count: Hash.size)
    }

    /// The key by which others check this vault's signatures; no secret.
    package var publicKey: [UInt8] { signingKeys.publicKey }

    /// Signs a message, so that anybody with the public key can tell that it is whole and ours.
    package func signature(of message: [UInt8]) -> [UInt8] {
        signingKeys.signature(of: message)
    }

    /// Seals a value so that only this key opens it and only in this context.
    /// - Parameters:
    ///   - plain: The value.
    ///   - context: Where the value stands, such as table, record and field; not secret.
    /// - Returns: `overhead` bytes more than the plain text.
    package func seal(_ plain: [UInt8], for context: [UInt8]) -> [UInt8] {
        let nonce = nonce(of: plain, for: context)
        return Sodium.filling(plain.count + Self.overhead) { sealed in
            sealed[0] = Self.version
            (sealed + 1).update(from: nonce, count: Self.nonceSize)
            crypto_aead_xchacha20poly1305_ietf_encrypt(
                sealed + 1 + Self.nonceSize, nil, plain, UInt64(plain.count), context,
                UInt64(context.count), nil, nonce, sealingKey)
        }
    }

    /// Opens a sealed value.
    /// - Parameters:
    ///   - sealed: What `seal` returned.
    ///   - context: The context it was sealed for.
    /// - Returns: The plain text.
    /// - Throws: `SecretFault` when the value is cut off, of another version, altered, or sealed
    ///   with another key or for another context.
    package func open(_ sealed: [UInt8], for context: [UInt8]) throws(SecretFault) -> [UInt8] {
        guard sealed.count >= Self.overhead else { throw .sealedTooShort(count: sealed.count) }
        guard sealed[0] == Self.version else { throw .sealedVersion(sealed[0]) }
        let nonce = Array(sealed[1...Self.nonceSize])
        let body = Array(sealed[(1 + Self.nonceSize)...])
        var plain = [UInt8](repeating: 0, count: sealed.count - Self.overhead)
        let code = crypto_aead_xchacha20poly1305_ietf_decrypt(
            &plain, nil, nil, body, UInt64(body.count), context, UInt64(context.count), nonce,
            sealingKey)
        // The nonce is made from the plain text: a second, independent proof of the key.
        guard code == 0,
            sodium_memcmp(nonce, self.nonce(of: plain, for: context), nonce.count) == 0
        else { throw .sealedBroken }
        return plain
    }

    /// A value by which equal texts of a field are found without opening any of them.
    /// - Parameters:
    ///   - text: The text as it is searched for: normalise it before.
    ///   - field: The name of the field; the same text in another field gives another value.
    /// - Returns: 16 bytes.
    package func index(_ text: [UInt8], field: String) -> [UInt8] {
        Sodium.blake2b(Framing.joined(field.utf8, text), key: indexKey, count: 16)
    }

    /// The same words for every vault, so that no log ever holds its keys.
    package var description: String { "Vault(hidden)" }

    /// No children: `dump` shows no key either.
    package var customMirror: Mirror { Mirror(self, children: []) }

    private func nonce(of plain: [UInt8], for context: [UInt8]) -> [UInt8] {
        Sodium.blake2b(Framing.joined(context, plain), key: nonceKey, count: Self.nonceSize)
    }

    private static func subkey(_ number: UInt64, of master: SecretKey) -> [UInt8] {
        _ = Sodium.ready
        let purpose = "swabline".utf8.map { CChar(bitPattern: $0) }  // 8 bytes, by libsodium
        return Sodium.filling(SecretKey.size) { key in
            crypto_kdf_derive_from_key(key, SecretKey.size, number, purpose, master.bytes)
        }
    }
}
