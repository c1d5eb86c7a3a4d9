internal import LabDomain
internal import LabOperations

/// A person's certificate as it is printed.
struct CertificatePage: Hashable, Sendable {
    /// A line of the certificate.
    struct Row: Hashable, Sendable {
        let name: String
        let value: String
    }

    /// A square code with its size.
    struct Square: Hashable, Sendable {
        let size: Int
        let path: String
        let label: String
    }

    let bar: PaperBar?
    let laboratory: String
    let address: String
    let rows: [Row]
    let result: String
    let isDetected: Bool
    let explanation: String
    let code: String
    /// Where it is checked; nil where the laboratory has named no address.
    let checkAddress: String?
    let square: Square

    /// The page of a certificate in the words of a language.
    init(
        _ certificate: PrintedCertificate, words: Catalogue, bar: PaperBar? = nil
    ) throws {
        let report = certificate.report
        self.bar = bar
        laboratory = report.laboratory.name
        address = (report.laboratory.addressLines + [report.laboratory.telephone])
            .filter { !$0.isEmpty }.joined(separator: " · ")
        rows = Self.rows(of: report, by: certificate.reviewer, words)
        isDetected = report.outcome == .detected
        result = words.say(isDetected ? "certificate.detected" : "certificate.notDetected")
        explanation = Self.explanation(of: report.specimen.testing, words)
        code = certificate.code.description
        checkAddress = certificate.checkAddress
        let square = try QRCode(certificate.square)
        self.square = Square(
            size: square.size, path: square.path, label: words.say("certificate.square"))
    }

    private static func rows(
        of report: Report, by reviewer: String, _ words: Catalogue
    ) -> [Row] {
        let details = report.person.details
        let zone = report.times.zone
        let (assay, kit) = (report.method.assay, report.method.kit)
        let method = assay == kit ? kit : "\(assay) (\(kit))"
        let rows: [(String, String)] = [
            ("certificate.name", details.name),
            ("certificate.sex", words.word("certificate.sex", details.sex)),
            (
                "certificate.document",
                words.word("certificate.document", details.document.type) + " "
                    + CertificateHolder.masked(details.document.number)
            ),
            ("certificate.unit", report.unit.name), ("certificate.tube", report.specimen.tube.text),
            ("certificate.specimen", words.word("certificate.specimen", report.specimen.type)),
            (
                "certificate.method",
                words.say("certificate.method.words", ["kit": method])
            ),
            ("certificate.collected", zone.minuteText(report.times.collectedAt)),
            ("certificate.received", zone.minuteText(report.times.receivedAt)),
            ("certificate.tested", zone.minuteText(report.times.testedAt)),
            ("certificate.released", zone.minuteText(report.times.releasedAt)),
            ("certificate.reviewed", reviewer),
        ]
        return rows.map { Row(name: words.say($0.0), value: $0.1) }
    }

    private static func explanation(of testing: Report.Testing, _ words: Catalogue) -> String {
        switch testing {
        case .alone, .untested: words.say("certificate.alone")
        case .mixedTube(let people):
            words.say("certificate.mixed", ["n": "\(people)"])
        case .laboratoryPool(_, let size):
            words.say("certificate.pool", ["n": "\(size)"])
        }
    }
}
