package import LabDomain
internal import LabSecrets

/// What a password must be, and how long somebody waits who mistypes it (ACT-5, ACT-6).
package enum PasswordRules {
    /// Characters at least; length is what makes guessing hard (NIST SP 800-63B).
    package static let fewest = 10
    /// Bytes at most: argon2id works on all of them.
    package static let most = 1_000
    /// Attempts that may fail before somebody waits.
    package static let freeFailures = 5
    /// The longest wait.
    package static let longestWait = Span.minutes(15)

    /// How long nobody signs in as somebody after so many failures in a row: 15 seconds after the
    /// fifth, doubled with each further one.
    package static func wait(after failures: Int) -> Span {
        guard failures >= freeFailures else { return Span(milliseconds: 0) }
        let doublings = min(failures - freeFailures, 16)
        return min(Span(milliseconds: 15_000 << Int64(doublings)), longestWait)
    }

    /// Refuses a password that is too short, too long, or the handle itself.
    package static func check(_ password: String, of handle: String) throws {
        guard password.count >= fewest, password.utf8.count <= most,
            !password.lowercased().contains(handle)
        else {
            throw Refusal(
                .badData,
                "A password has at least \(fewest) characters and does not hold the handle.",
                remedy: "Choose another one; a few words in a row are good.")
        }
    }

    /// A password that nobody chose: 60 random bits in characters that are not mistaken for each
    /// other.
    static func oneTime() -> String {
        let alphabet = Array("23456789abcdefghjkmnpqrstuvwxyz".utf8)
        var characters: [UInt8] = []
        while characters.count < 12 {
            // 248 is the last multiple of 31 in a byte: every character is as likely as any other.
            for byte in randomBytes(32) where byte < 248 && characters.count < 12 {
                characters.append(alphabet[Int(byte) % alphabet.count])
            }
        }
        let text = String(decoding: characters, as: UTF8.self)
        return [text.prefix(4), text.dropFirst(4).prefix(4), text.suffix(4)]
            .joined(separator: "-")
    }
}
