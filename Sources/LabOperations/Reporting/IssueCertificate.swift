package import LabDomain
internal import LabStore

/// Gives out the certificate of one person's released result.
///
/// The same result has the same certificate, however often it is asked for; the first time is
/// recorded. A sending unit certifies its own people only (ACT-4). The answer that is kept holds
/// no personal data: `Laboratory.certificate` opens them for printing.
package struct IssueCertificate: Command, Encodable {
    package static let verb = Verb.issueCertificate

    let subject: String
    let person: String?

    /// What was given out.
    package struct Answer: Codable, Sendable {
        package let code: CertificateCode
        package let tube: TubeID
        package let person: PersonID
    }

    /// A certificate by the tube's barcode or the report's identifier; `person` picks one of
    /// several people in a mixed tube, by the laboratory's identifier or a document's number.
    package init(_ subject: String, person: String? = nil) {
        self.subject = subject
        self.person = person
    }

    package func prepare(
        under rules: Rules, for member: Member, vault: IdentityVault, at now: Timestamp
    ) -> [PersonID] {
        person.map { vault.people(named: $0) } ?? []
    }

    package func perform(_ prepared: [PersonID], in work: Work) throws -> Answer {
        let (tube, person) = try chosen(prepared, in: work)
        guard let answer = try work.transaction.certifiable(tube, person) else {
            throw Refusal(
                .rule, "The tube has no released answer that can be certified.",
                remedy: "See swabline trace; a positive mixed tube certifies nobody.")
        }
        // What a report would be held for, no certificate says either.
        let result = try CertifiedResult(answer, opening: work.vault)
        do throws(ReportFaults) {
            _ = try ReportMaker(rules: work.rules, vault: work.vault)
                .report(of: answer, details: result.details)
        } catch {
            throw Refusal(
                .rule, "The result cannot be certified yet.", remedy: "Mend what is named below.",
                places: error.faults.map {
                    Refusal.Place(subject: tube.text, code: "report", message: $0.words, remedy: "")
                })
        }
        let code = result.code(by: work.vault)
        if try work.transaction.certificate(code) == nil {
            try work.transaction.append([
                .certificateIssued(CertificateIssued(code: code, tube: tube, person: person))
            ])
        }
        return Answer(code: code, tube: tube, person: person)
    }

    /// The tube and the person whom it is about, of those that the asker may see.
    private func chosen(_ named: [PersonID], in work: Work) throws -> (TubeID, PersonID) {
        let text = normalised(subject)
        let scope = try work.scope
        var tube = TubeID(text)
        var wanted = named
        if let (reported, whose) = try work.transaction.subject(of: ReportID(text)) {
            tube = reported
            if person == nil { wanted = [whose] }
        }
        let people = try work.transaction.people(of: tube, in: scope)
        guard !people.isEmpty else {
            throw Refusal(
                .unknown, "No tube of a person and no report has this code.",
                remedy: "Check the barcode; see swabline trace.")
        }
        if person != nil || !wanted.isEmpty {
            guard let found = people.first(where: wanted.contains) else {
                throw Refusal(
                    .unknown, "This person is not in the tube.",
                    remedy: "Check the person's identifier or document.")
            }
            return (tube, found)
        }
        guard people.count == 1 else {
            throw Refusal(
                .badData, "The tube is of \(people.count) people.",
                remedy: "Name one with --person: an identifier or the number of a document.")
        }
        return (tube, people[0])
    }
}
