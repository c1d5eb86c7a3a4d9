/// What somebody holds of a certificate: its code, or the signed claim of its square.
package enum CertificateText: Sendable {
    case code(CertificateCode)
    case claim(CertificateClaim, bytes: [UInt8], signature: [UInt8])

    /// Reads a code as it was typed, a square's text, or the link that a square holds.
    ///
    /// The link names the code in its path and keeps the claim behind `#`, which browsers never
    /// send: a claim says more than a code does, and stands in no server's log.
    /// - Returns: nil for a text that is none of them.
    package init?(_ text: String) {
        let parts = text.split(separator: "#", maxSplits: 1)
        if let read = parts.last.flatMap({ CertificateClaim.read(String($0)) }) {
            self = .claim(read.claim, bytes: read.bytes, signature: read.signature)
            return
        }
        let typed = parts.first?.split(separator: "/").last.map(String.init) ?? ""
        guard let code = try? CertificateCode(typed: typed) else { return nil }
        self = .code(code)
    }

    /// The certificate's code.
    package var code: CertificateCode {
        switch self {
        case .code(let code): code
        case .claim(let claim, _, _): claim.code
        }
    }

    /// The link under which a certificate is checked: `page` is where others reach the page of
    /// checks, such as `https://lab.example.org/check`, and `claim` the signed claim as
    /// `CertificateClaim.text` writes it.
    package static func link(to page: String, of code: CertificateCode, claim: String) -> String {
        "\(page)/\(code.text)#\(claim)"
    }
}
