package import LabDomain
internal import LabSecrets
internal import LabStore

/// A certificate with all that stands on the paper.
package struct PrintedCertificate: Sendable {
    package let code: CertificateCode
    /// The signed claim.
    package let claim: String
    /// Where a third party checks it; nil where the laboratory's settings name no address.
    package let checkAddress: String?
    /// The result with the person in clear.
    package let report: Report
    /// Who reviewed it: the full name where the laboratory knows it, or the handle.
    package let reviewer: String

    /// What the square code holds: a link to the check, or the signed claim alone.
    package var square: String {
        checkAddress.map { CertificateText.link(to: $0, of: code, claim: claim) } ?? claim
    }
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
    /// Whether all that was given of the holder fits; nil when nothing was.
    package let isHolder: Bool?
    /// Whether the name fits; nil when none was given, or name and digits were compared as one.
    package let nameFits: Bool?
    /// Whether the document's last characters fit; nil as with the name.
    package let digitsFit: Bool?

    init(
        _ standing: CertificateStanding, _ claim: CertificateClaim? = nil, isHolder: Bool? = nil,
        nameFits: Bool? = nil, digitsFit: Bool? = nil
    ) {
        self.standing = standing
        outcome = claim?.outcome
        collectedAt = claim?.collectedAt
        releasedAt = claim?.releasedAt
        self.isHolder = isHolder
        self.nameFits = nameFits
        self.digitsFit = digitsFit
    }
}

/// Who shows a certificate: the name, the last four characters of the document's number, or both.
package struct CertificateHolder: Sendable {
    /// How many characters of the number are compared.
    package static let digits = 4

    private let name: String
    private let digits: String

    /// A holder as somebody reads them from the paper and the document; what is blank is not
    /// compared.
    package init(name: String = "", digits: String = "") {
        // Blanks and the width of letters are not what tells people apart.
        self.name = normalised(name).filter { !$0.isWhitespace }
        self.digits = String(normalised(digits).filter { !$0.isWhitespace }.suffix(Self.digits))
    }

    /// Whether there is nothing to compare.
    package var isEmpty: Bool { name.isEmpty && digits.isEmpty }
    /// Whether name and digits are both there.
    package var isWhole: Bool { !name.isEmpty && !digits.isEmpty }

    /// Compares each part that was given with the person of a result (CERT-5).
    func compared(with held: CertificateHolder) -> (name: Bool?, digits: Bool?) {
        (
            name.isEmpty ? nil : name == held.name,
            digits.isEmpty ? nil : digits == held.digits
        )
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
            holder: holder.digest(for: code))
    }

    /// Whose certificate it is.
    var holder: CertificateHolder {
        CertificateHolder(name: details.name, digits: details.document.number)
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
            checkAddress: rules.settings.checkAddress,
            report: report, reviewer: try fullName(of: report.reviewedBy))
    }

    /// The full name of a member of staff; the handle where none was given.
    private func fullName(of handle: String) throws -> String {
        let sealed = try store.read { try $0.staff(handle)?.name }
        return try sealed.map { try vault.open(staffName: $0, of: handle) } ?? handle
    }

    /// Whether a certificate is valid today, for anybody who holds one.
    ///
    /// `text` is the code as it is typed, or what the square code holds; one that is neither is
    /// unknown. Of the holder each part that is given is compared by itself.
    package func checkCertificate(
        _ text: String, holder: CertificateHolder? = nil
    ) throws -> CheckedCertificate {
        guard let held = CertificateText(text) else { return CheckedCertificate(.unknown) }
        if case .claim(_, let bytes, let signature) = held,
            !Signing.verifies(signature, of: bytes, by: vault.vault.publicKey)
        {
            return CheckedCertificate(.unknown)
        }
        let code = held.code
        let (stored, answer) = try store.read { view in
            let stored = try view.certificate(code)
            return (stored, try stored.flatMap { try view.certifiable($0.tube, $0.person) })
        }
        guard stored != nil else { return CheckedCertificate(.unknown) }
        guard let answer else { return CheckedCertificate(.outdated) }
        let result = try CertifiedResult(answer, opening: vault)
        guard result.code(by: vault) == code else { return CheckedCertificate(.outdated) }
        let (name, digits) = holder?.compared(with: result.holder) ?? (nil, nil)
        let isHolder = holder?.isEmpty == false ? name != false && digits != false : nil
        return CheckedCertificate(
            .valid, result.claim(code), isHolder: isHolder, nameFits: name, digitsFit: digits)
    }
}

extension CheckedCertificate {
    /// Checks the signature of a square code without the laboratory; needs its public key alone.
    ///
    /// The square keeps name and digits as one digest, so that they are compared together.
    /// - Throws: `Refusal` where the key is none, or half a holder is given.
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
        let holder = holder?.isEmpty == false ? holder : nil
        guard holder?.isWhole != false else {
            throw Refusal(
                .badData, "Without the laboratory, name and digits are compared together.",
                remedy: "Give both.")
        }
        guard case .claim(let claim, let said, let signature)? = CertificateText(text),
            Signing.verifies(signature, of: said, by: bytes)
        else {
            self.init(.unknown)
            return
        }
        self.init(
            .signed, claim, isHolder: holder.map { $0.digest(for: claim.code) == claim.holder })
    }
}
