internal import LabDomain
internal import LabOperations

/// The page on which a certificate is asked for.
struct CertificateFormPage: Hashable, Sendable {
    /// The tube that another page chose; empty for none.
    let tube: String
    let csrf: String
    let key: String
}

extension Site {
    var certificateRoutes: [Route] {
        [
            .get("/certificates", .issueCertificate) { visit in
                .page(
                    Page(
                        visit.words.say("certificates.title"), "certificate-form",
                        CertificateFormPage(
                            tube: normalised(visit.query["tube"] ?? ""), csrf: visit.csrf,
                            key: visit.newKey())))
            },
            .post("/certificates", .issueCertificate) { visit in
                let person = visit.form["person"] ?? ""
                let issued = try await visit.perform(
                    IssueCertificate(
                        visit.form["subject"] ?? "", person: person.isEmpty ? nil : person))
                return .redirect("/certificates/\(issued.code)")
            },
            .get("/certificates/:certificate", .issueCertificate) { visit in
                guard let code = try? CertificateCode(typed: visit.parameter("certificate")) else {
                    throw Missing()
                }
                let certificate = try visit.laboratory.certificate(code, as: visit.handle)
                return .page(
                    Page(
                        visit.words.say("certificate.title"), "certificate",
                        try CertificatePage(
                            certificate, words: visit.words,
                            bar: PaperBar(back: "/certificates")), scripts: ["paper.js"],
                        frame: .paper))
            },
            .get("/check", .everybody) { .page(checkPage($0)) },
            Route(
                method: .post, path: "/check", access: .everybody, mostBytes: 1 << 13,
                answer: check),
        ]
    }

    private func checkPage(
        _ visit: Visit, _ checked: CheckPage.Checked? = nil, tooOften: Bool = false
    ) -> Page {
        Page(
            visit.words.say("check.title"), "check",
            CheckPage(
                csrf: visit.csrf, code: visit.form["code"] ?? "",
                digits: CertificateHolder.digits, checked: checked, isTooOften: tooOften),
            frame: .door, status: tooOften ? .tooManyRequests : .ok)
    }

    /// Names and digits come in the body of a form and stand in no address.
    @Sendable private func check(_ visit: Visit) async throws -> Answer {
        let code = visit.form["code"] ?? ""
        let (name, digits) = (visit.form["name"] ?? "", visit.form["digits"] ?? "")
        let compares = !name.isEmpty && !digits.isEmpty
        guard checks.admits(code, comparesHolder: compares, at: visit.now) else {
            return .page(checkPage(visit, tooOften: true))
        }
        let checked = try await aside {
            try laboratory.checkCertificate(
                code, holder: compares ? CertificateHolder(name: name, digits: digits) : nil)
        }
        return .page(
            checkPage(visit, CheckPage.Checked(checked, zone: zone, words: visit.words)))
    }
}
