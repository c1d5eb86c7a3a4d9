import LabSecrets
import Testing

@Suite("Passwords as they are kept")
struct PasswordTests {
    private static let password = Array("混样 pool 5>1".utf8)

    @Test("SEC-15: a kept password is argon2id with salt and cost, and only itself fits it")
    func fits() {
        let kept = Password.kept(Self.password, effort: .least)
        #expect(kept.hasPrefix("$argon2id$v=19$m="))
        #expect(Password.fits(Self.password, kept))
        for other in [[], Self.password.dropLast(), Self.password + [0x20]] {
            #expect(!Password.fits(Array(other), kept))
        }
        #expect(Password.kept(Self.password, effort: .least) != kept, "each has a salt of its own")
    }

    @Test("SEC-15: people's passwords cost 64 MiB and two passes a guess")
    func cost() {
        let kept = Password.kept(Self.password)
        #expect(kept.hasPrefix("$argon2id$v=19$m=65536,t=2,p=1$"))
        #expect(Password.fits(Self.password, kept))
    }

    @Test("SEC-15: what is no kept password fits nothing")
    func broken() {
        for line in ["", "$argon2id$", "swab pool plate run"] {
            #expect(!Password.fits(Self.password, line))
        }
    }
}
