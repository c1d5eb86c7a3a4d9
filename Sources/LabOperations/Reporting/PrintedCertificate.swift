package import LabDomain
internal import LabSecrets
internal import LabStore

/// A certificate with all that stands on the paper.
package struct PrintedCertificate: Sendable {
    package let code: CertificateCode
    /// What the square code holds: the signed claim.
    package let claim: String
    /// The result with the person in clear.
    package let report: Report
}

/// What became of a certificate.
package enum CertificateStanding: String, CaseIterable, Codable, Hashable, Sendable {
    /// It says what the laboratory says today.
    case valid
    /// The result was corrected or withdrawn since.
    case outdated
    /// The laboratory never gave it out, or somebody changed it.
    case unknown
    /// The signature is the laboratory's; whether the result still stands, only it can tell.
    case signed
}

/// What a third party learns of a certificate; nothing of the person.
package struct CheckedCertificate: Codable, Sendable {
    package let standing: CertificateStanding
    /// What is certified; nil unless it is valid or signed.
    package let outcome: Outcome?
    package let collectedAt: Timestamp?
    package let releasedAt: Timestamp?
    /// Whether it is the person's whose name and digits were given; nil when none were.
    package let isHolder: Bool?

    init(_ standing: CertificateStanding, _ claim: CertificateClaim? = nil, isHolder: Bool? = nil) {
        self.standing = standing
        outcome = claim?.outcome
        collectedAt = claim?.collectedAt
        releasedAt = claim?.releasedAt
        self.isHolder = isHolder
    }
}

/// Who shows a certificate: the name, and the last four characters of the document's number.
package struct CertificateHolder: Sendable {
    /// How many characters of the number are compared.
    package static let digits = 4

    private let name: String
    private let digits: String

    /// A holder as somebody reads them from the paper and the document.
    package init(name: String, digits: String) {
        // Blanks and the width of letters are not what tells people apart.
        self.name = normalised(name).filter { !$0.isWhitespace }
        self.digits = String(normalised(digits).filter { !$0.isWhitespace }.suffix(Self.digits))
    }

    /// A document's number with nothing but its last characters, by which holders are compared.
    package static func masked(_ number: String) -> String {
        let shown = min(digits, number.count / 2)
        return String(repeating: "*", count: number.count - shown) + number.suffix(shown)
    }

    /// The digest that a claim carries; each certificate has its own, so that equal people do not
    /// show.
    func digest(for code: CertificateCode) -> [UInt8] {
        let parts = [Array("holder".utf8), code.bytes, Array(name.utf8), Array(digits.utf8)]
        return Array(Hash.blake2b256(parts: parts).prefix(CertificateClaim.holderSize))
    }
}

/// A released answer with its person in clear, as far as a certificate speaks of them.
struct CertifiedResult {
    let answer: ReleasedAnswer
    let details: PersonDetails

    init(_ answer: ReleasedAnswer, _ details: PersonDetails) {
        self.answer = answer
        self.details = details
    }

    init(_ answer: ReleasedAnswer, opening vault: IdentityVault) throws {
        self.init(answer, try vault.open(answer.details, of: answer.person))
    }

    /// The code of the result: a keyed digest of what is certified, so that another result has
    /// another code and nobody else can make one.
    ///
    /// Name and document are in it, telephone and address are not: those may change.
    func code(by vault: IdentityVault) -> CertificateCode {
        let parts = [
            answer.tube.text, answer.person.text, details.name, details.document.canonical,
            answer.outcome.rawValue, answer.unit, answer.pool?.text ?? "",
            "\(answer.peopleInTube)", answer.assay, "\(answer.collectedAt.milliseconds)",
            "\(answer.receivedAt.milliseconds)", "\(answer.testedAt.milliseconds)",
            "\(answer.releasedAt.milliseconds)",
        ]
        let digest = Hash.blake2b256(parts: parts.map { Array($0.utf8) })
        return CertificateCode(
            vault.vault.index(digest, field: "certificate").prefix(CertificateCode.size))
    }

    /// What the certificate of a code claims.
    func claim(_ code: CertificateCode) -> CertificateClaim {
        let testing: CertificateClaim.Testing =
            if answer.pool != nil {
                .laboratoryPool
            } else {
                answer.kind == .mixed ? .mixedTube : .alone
            }
        return CertificateClaim(
            code: code, outcome: answer.outcome, testing: testing,
            collectedAt: answer.collectedAt, releasedAt: answer.releasedAt,
            holder: CertificateHolder(name: details.name, digits: details.document.number)
                .digest(for: code))
    }
}

extension IdentityVault {
    /// Whom a text may mean: an identifier of the laboratory, or the number of a document of any
    /// kind that has such numbers.
    func people(named text: String) -> [PersonID] {
        let documents = DocumentType.allCases.compactMap {
            try? IdentityDocument(type: $0, number: text)
        }
        return [PersonID(normalised(text))]
            + documents.map {
                Identifiers.person(
                    document: vault.index(Array($0.canonical.utf8), field: "document"))
            }
    }
}

extension Laboratory {
    /// The public key by which others check signatures, in hexadecimal digits.
    package var certificateKey: String { Hash.hex(vault.vault.publicKey) }

    /// The certificate of a code with the person in clear, for printing.
    ///
    /// - Throws: `Refusal` for a code that was not given out, or whose result has changed since.
    package func certificate(
        _ code: CertificateCode, as handle: String
    ) throws -> PrintedCertificate {
        let rules = try rules()
        let answer: ReleasedAnswer? = try look(.issueCertificate, as: handle) { view, member in
            guard let stored = try view.certificate(code) else { return nil }
            let people = try view.people(of: stored.tube, in: try member.place())
            guard people.contains(stored.person) else { return nil }
            return try view.certifiable(stored.tube, stored.person)
        }
        let result = try answer.map { try CertifiedResult($0, opening: vault) }
        guard let result, result.code(by: vault) == code else {
            throw Refusal(
                .unknown, "No certificate of this code can be printed.",
                remedy: "Make it anew by the tube's barcode.")
        }
        let report = try ReportMaker(rules: rules, vault: vault)
            .report(of: result.answer, details: result.details)
        let claim = result.claim(code)
        return PrintedCertificate(
            code: code,
            claim: CertificateClaim.text(claim, signature: vault.vault.signature(of: claim.bytes)),
            report: report)
    }

    /// Whether a certificate is valid today, for anybody who holds one.
    ///
    /// `text` is the code as it is typed, or what the square code holds; one that is neither is
    /// unknown. A holder is compared where one is given.
    package func checkCertificate(
        _ text: String, holder: CertificateHolder? = nil
    ) throws -> CheckedCertificate {
        let code: CertificateCode
        if let (claim, bytes, signature) = CertificateClaim.read(text) {
            guard Signing.verifies(signature, of: bytes, by: vault.vault.publicKey) else {
                return CheckedCertificate(.unknown)
            }
            code = claim.code
        } else if let typed = try? CertificateCode(typed: text) {
            code = typed
        } else {
            return CheckedCertificate(.unknown)
        }
        let (stored, answer) = try store.read { view in
            let stored = try view.certificate(code)
            return (stored, try stored.flatMap { try view.certifiable($0.tube, $0.person) })
        }
        guard stored != nil else { return CheckedCertificate(.unknown) }
        guard let answer else { return CheckedCertificate(.outdated) }
        let result = try CertifiedResult(answer, opening: vault)
        guard result.code(by: vault) == code else { return CheckedCertificate(.outdated) }
        let claim = result.claim(code)
        return CheckedCertificate(
            .valid, claim, isHolder: holder.map { $0.digest(for: code) == claim.holder })
    }
}

extension CheckedCertificate {
    /// Checks the signature of a square code without the laboratory; needs its public key alone.
    /// - Throws: `Refusal` where the key is none.
    package init(
        square text: String, publicKey: String, holder: CertificateHolder? = nil
    ) throws(Refusal) {
        let digits = Array(publicKey.utf8)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { place in
            UInt8(String(decoding: digits[place...(place + 1)], as: UTF8.self), radix: 16)
        }
        guard bytes.count == Signing.publicKeySize, digits.count == 2 * bytes.count else {
            throw Refusal(
                .badData, "The public key is not 64 hexadecimal digits.",
                remedy: "Ask the laboratory for it: swabline report certificate-key.")
        }
        guard let (claim, said, signature) = CertificateClaim.read(text),
            Signing.verifies(signature, of: said, by: bytes)
        else {
            self.init(.unknown)
            return
        }
        self.init(
            .signed, claim, isHolder: holder.map { $0.digest(for: claim.code) == claim.holder })
    }
}
