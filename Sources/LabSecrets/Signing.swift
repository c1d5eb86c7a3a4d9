internal import CSodium

/// Signatures of the laboratory that anybody with its public key can check: Ed25519 (RFC 8032).
package enum Signing {
    /// The bytes of a signature.
    package static let size = 64
    /// The bytes of a public key.
    package static let publicKeySize = 32

    /// Whether a signature of a message was made with the key behind `publicKey`.
    /// - Returns: False also for a signature or key of another length.
    package static func verifies(
        _ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]
    ) -> Bool {
        guard signature.count == size, publicKey.count == publicKeySize else { return false }
        _ = Sodium.ready
        return crypto_sign_verify_detached(
            signature, message, UInt64(message.count), publicKey) == 0
    }
}

/// The pair of keys that a vault signs with.
struct SigningKeys: Sendable {
    let publicKey: [UInt8]
    private let secretKey: [UInt8]

    /// The keys that follow from a seed of 32 bytes.
    init(seed: [UInt8]) {
        _ = Sodium.ready
        var publicKey = [UInt8](repeating: 0, count: Signing.publicKeySize)
        var secretKey = [UInt8](repeating: 0, count: 64)
        crypto_sign_seed_keypair(&publicKey, &secretKey, seed)
        self.publicKey = publicKey
        self.secretKey = secretKey
    }

    func signature(of message: [UInt8]) -> [UInt8] {
        Sodium.filling(Signing.size) { signature in
            crypto_sign_detached(signature, nil, message, UInt64(message.count), secretKey)
        }
    }
}
