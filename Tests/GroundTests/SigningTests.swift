import LabSecrets
import Testing

@Suite("Signatures")
struct SigningTests {
    private func vault(_ byte: UInt8) throws -> Vault {
        Vault(try #require(SecretKey(bytes: [UInt8](repeating: byte, count: SecretKey.size))))
    }

    @Test("SEC-16: what a vault signs, its public key proves, and nothing else does")
    func signed() throws {
        let (one, other) = (try vault(1), try vault(2))
        let message = Array("a result".utf8)
        let signature = one.signature(of: message)
        #expect(Signing.verifies(signature, of: message, by: one.publicKey))
        #expect(try vault(1).signature(of: message) == signature)
        #expect(!Signing.verifies(signature, of: message, by: other.publicKey))
        #expect(!Signing.verifies(signature, of: message + [0], by: one.publicKey))
        for place in signature.indices {
            var changed = signature
            changed[place] ^= 1
            #expect(!Signing.verifies(changed, of: message, by: one.publicKey))
        }
        #expect(!Signing.verifies([], of: message, by: one.publicKey))
        #expect(!Signing.verifies(signature, of: message, by: []))
    }

    @Test("SEC-16: signatures are Ed25519 as RFC 8032 has it")
    func published() throws {
        // Section 7.1, test 2: public key, message 0x72, signature.
        func bytes(_ hex: String) -> [UInt8] {
            stride(from: 0, to: hex.count, by: 2).compactMap {
                UInt8(hex.dropFirst($0).prefix(2), radix: 16)
            }
        }
        let key = bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        let signature = bytes(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
        #expect(Signing.verifies(signature, of: [0x72], by: key))
        #expect(!Signing.verifies(signature, of: [0x73], by: key))
    }
}
