internal import LabDomain
internal import LabOperations

/// The page on which a certificate is asked for.
struct CertificateFormPage: Hashable, Sendable {
    /// Somebody of the tube, with a button of their own.
    struct Person: Hashable, Sendable {
        let id: String
        let name: String
        let document: String
        let key: String
    }

    /// The tube that another page chose; empty for none.
    let tube: String
    let csrf: String
    let key: String
    /// Who can be certified of that tube.
    let people: [Person]
    let hasPeople: Bool
    let back: String

    init(tube: String, people: [TubePerson], for visit: Visit) {
        self.tube = tube
        csrf = visit.csrf
        let key = visit.newKey()
        self.key = key
        self.people = people.map {
            Person(
                id: $0.person.text, name: $0.name, document: $0.document,
                key: "\($0.person)-\(key)")
        }
        hasPeople = !people.isEmpty
        back = tube.isEmpty ? "/certificates" : "/certificates?tube=" + encoded(tube)
    }
}

extension Site {
    var certificateRoutes: [Route] {
        [
            .get("/certificates", .issueCertificate) { visit in
                let tube = normalised(visit.query["tube"] ?? "")
                let people =
                    tube.isEmpty
                    ? [] : try laboratory.certifiablePeople(of: tube, as: visit.handle)
                return .page(
                    Page(
                        visit.words.say("certificates.title"), "certificate-form",
                        CertificateFormPage(tube: tube, people: people, for: visit)))
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
                            bar: PaperBar(
                                back: visit.may(.feedbackFile) ? "/results" : "/certificates")),
                        scripts: ["paper.js"],
                        frame: .paper))
            },
            .get("/check", .everybody) { .page(checkPage($0)) },
            .get("/check/:certificate", .everybody) { visit in
                try checkedPage(visit, visit.parameter("certificate"), CertificateHolder())
            },
            Route(
                method: .post, path: "/check", access: .everybody, mostBytes: 1 << 13,
                answer: check),
        ]
    }

    private func checkPage(
        _ visit: Visit, of code: String = "", _ checked: CheckPage.Checked? = nil,
        tooOften: Bool = false
    ) -> Page {
        Page(
            visit.words.say("check.title"), "check",
            CheckPage(
                csrf: visit.csrf, code: code, checked: checked, isTooOften: tooOften),
            frame: .door, status: tooOften ? .tooManyRequests : .ok)
    }

    /// Names and digits come in the body of a form and stand in no address.
    @Sendable private func check(_ visit: Visit) async throws -> Answer {
        let holder = CertificateHolder(
            name: visit.form["name"] ?? "", digits: visit.form["digits"] ?? "")
        return try await aside {
            try checkedPage(visit, visit.form["code"] ?? "", holder)
        }
    }

    /// What the check of a code, of a square's text or of the square's link shows.
    private func checkedPage(
        _ visit: Visit, _ code: String, _ holder: CertificateHolder
    ) throws -> Answer {
        guard checks.admits(code, comparesHolder: !holder.isEmpty, at: visit.now) else {
            return .page(checkPage(visit, of: code, tooOften: true))
        }
        let checked = try laboratory.checkCertificate(code, holder: holder)
        return .page(
            checkPage(
                visit, of: code,
                CheckPage.Checked(checked, of: code, zone: zone, words: visit.words)))
    }
}
