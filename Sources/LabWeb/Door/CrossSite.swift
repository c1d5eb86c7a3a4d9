internal import LabSecrets

/// The token by which a form proves that it comes from one of our pages.
enum CrossSite {
    /// It follows from the session's secret, which no other site can read.
    static func token(for secret: String) -> String {
        Hash.hex(
            Array(
                Hash.blake2b256(parts: [Array("form".utf8), Array(secret.utf8)]).prefix(16)))
    }
}
