import LabSecrets
import Testing

@Suite("Fingerprints")
struct HashTests {
    /// Computed by Python's hashlib.blake2b(digest_size=32).
    @Test(
        "SEC-1: a fingerprint is BLAKE2b with 32 bytes",
        arguments: [
            ([], "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"),
            (Array("abc".utf8), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"),
            (
                Array(repeating: Array(0...255), count: 3).flatMap(\.self),
                "b8007121274217790e2923e0ad7027986e5a99d5531ef6ae7d294140fc81615d"
            ),
        ] as [([UInt8], String)])
    func vectors(_ message: [UInt8], _ digest: String) {
        #expect(Hash.hex(Hash.blake2b256(message)) == digest)
    }

    @Test("SEC-2: the same bytes cut into other parts have another fingerprint")
    func parts() {
        let parts = [Array("ab".utf8), Array("c".utf8)]
        #expect(
            Hash.hex(Hash.blake2b256(parts: parts))
                == "20263e794775e4edf2b306c0f306af9e50175c831c857604b481e847f790bf95")
        #expect(Hash.blake2b256(parts: parts) != Hash.blake2b256(parts: [[0x61], [0x62, 0x63]]))
        #expect(Hash.blake2b256(parts: [[], []]) != Hash.blake2b256(parts: [[]]))
    }

    @Test("SEC-3: random bytes are as many as asked for and never twice the same")
    func random() {
        #expect(randomBytes(0).isEmpty)
        #expect(randomBytes(32).count == 32)
        #expect(randomBytes(32) != randomBytes(32))
    }
}
