import LabSecrets
import Testing

@Suite("Sealed values")
struct VaultTests {
    private static let key = SecretKey(bytes: Array(0..<32)) ?? .generate()
    private let vault = Vault(key)
    private let name = Array("张三".utf8)
    private let context = Array("person/1/name".utf8)

    @Test("SEC-9: keys and look-up values are the ones that Python computes from the same key")
    func vectors() {
        #expect(Hash.hex(vault.keyCheck) == "d02c8e5e5fa71eec963f40b0201c9dce")
        #expect(Hash.hex(vault.index(name, field: "name")) == "51257cc5dda9b3accebef3b353d3c779")
        let sealed = vault.seal(name, for: context)
        #expect(
            Hash.hex(Array(sealed[1..<25])) == "55aaae5a5cb7fb6c83ab66fed2d201af1300d11dae1fd826")
    }

    @Test("SEC-10: what was sealed opens again, of any length, and grows by the overhead")
    func roundTrip() throws {
        var random = Seeded(10, for: "SEC-10")
        for length in [0, 1, 2, 15, 16, 17, 30, 63, 64, 65, 127, 128, 129, 5_000] {
            let plain = random.bytes(length)
            let place = random.bytes(Int.random(in: 0...40, using: &random))
            let sealed = vault.seal(plain, for: place)
            #expect(sealed.count == length + Vault.overhead)
            #expect(try vault.open(sealed, for: place) == plain)
        }
    }

    @Test("SEC-11: sealing twice gives the same bytes; another text or context shares nothing")
    func synthetic() {
        let sealed = vault.seal(name, for: context)
        #expect(vault.seal(name, for: context) == sealed)
        let other = vault.seal(name, for: Array("person/2/name".utf8))
        #expect(other[1..<25] != sealed[1..<25])
        #expect(other[25...] != sealed[25...])
        // The same bytes cut elsewhere between context and text.
        let cut = vault.seal(Array("e张三".utf8), for: Array("person/1/nam".utf8))
        #expect(cut[1..<25] != sealed[1..<25])
    }

    @Test("SEC-12: a change of any bit, a cut and an addition are noticed")
    func tampering() {
        let sealed = vault.seal(name, for: context)
        for index in sealed.indices {
            for bit in 0..<8 {
                var altered = sealed
                altered[index] ^= 1 << bit
                let fault =
                    index == 0 ? SecretFault.sealedVersion(altered[0]) : SecretFault.sealedBroken
                #expect(throws: fault) { try vault.open(altered, for: context) }
            }
            #expect(throws: SecretFault.self) {
                try vault.open(Array(sealed[..<index]), for: context)
            }
        }
        #expect(throws: SecretFault.sealedBroken) { try vault.open(sealed + [0], for: context) }
        #expect(throws: SecretFault.sealedTooShort(count: 0)) { try vault.open([], for: context) }
    }

    @Test("SEC-13: a value opens only with its key and in its context")
    func elsewhere() {
        let sealed = vault.seal(name, for: context)
        for place in [[], context + [0], Array(context.dropLast()), Array("person/2/name".utf8)] {
            #expect(throws: SecretFault.sealedBroken) { try vault.open(sealed, for: place) }
        }
        let stranger = Vault(.generate())
        #expect(throws: SecretFault.sealedBroken) { try stranger.open(sealed, for: context) }
        #expect(stranger.keyCheck != vault.keyCheck)
    }

    @Test("SEC-14: look-up values are equal for equal texts of one field and one key only")
    func index() {
        let value = vault.index(name, field: "name")
        #expect(value.count == 16)
        #expect(vault.index(name, field: "name") == value)
        #expect(vault.index(name, field: "phone") != value)
        #expect(vault.index(Array("张四".utf8), field: "name") != value)
        #expect(Vault(.generate()).index(name, field: "name") != value)
    }

    @Test("SEC-8: a vault never shows its keys")
    func hidden() {
        var dumped = ""
        dump(vault, to: &dumped)
        for shown in ["\(vault)", String(reflecting: vault), dumped] {
            #expect(shown.count < 40)
        }
    }
}
