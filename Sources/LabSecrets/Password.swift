internal import CSodium

/// Passwords as they are kept: argon2id with its salt and its cost in one line of text (RFC 9106).
package enum Password {
    /// How much work one guess costs.
    package enum Effort: Sendable {
        /// For people: 64 MiB and two passes.
        case full
        /// For tests, which sign in a thousand times: 8 KiB and one pass.
        case least
    }

    /// Keeps a password so that it can be checked and not be read.
    /// - Parameters:
    ///   - password: What was typed, in UTF-8.
    ///   - effort: What one guess shall cost.
    /// - Returns: A line beginning with `$argon2id$`; empty when there is no memory for the work.
    package static func kept(_ password: [UInt8], effort: Effort = .full) -> String {
        _ = Sodium.ready
        let typed = password.map { CChar(bitPattern: $0) }
        var line = [CChar](repeating: 0, count: Int(crypto_pwhash_strbytes()))
        let (passes, memory): (Int, Int) =
            switch effort {
            case .full:
                (
                    Int(crypto_pwhash_opslimit_interactive()),
                    Int(crypto_pwhash_memlimit_interactive())
                )
            case .least: (Int(crypto_pwhash_opslimit_min()), Int(crypto_pwhash_memlimit_min()))
            }
        let code = crypto_pwhash_str_alg(
            &line, typed, UInt64(typed.count), UInt64(passes), memory,
            crypto_pwhash_alg_argon2id13())
        guard code == 0 else { return "" }
        return String(
            decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether a password is the one that was kept.
    /// - Parameters:
    ///   - password: What was typed, in UTF-8.
    ///   - line: What `kept` returned.
    /// - Returns: Whether they fit; the time it takes does not tell how nearly.
    package static func fits(_ password: [UInt8], _ line: String) -> Bool {
        _ = Sodium.ready
        let typed = password.map { CChar(bitPattern: $0) }
        return crypto_pwhash_str_verify(line, typed, UInt64(typed.count)) == 0
    }
}
