package import LabDomain
internal import LabStore

/// Somebody of a tube, as whoever sent the tube may choose them for a certificate.
package struct TubePerson: Hashable, Sendable {
    package let person: PersonID
    package let name: String
    /// The document's number with nothing but its last characters.
    package let document: String
}

extension Laboratory {
    /// The people of a tube whose released results can be certified, in the order of their swabs;
    /// none where the tube is not the asker's to see.
    package func certifiablePeople(of tube: String, as handle: String) throws -> [TubePerson] {
        let answers: [ReleasedAnswer] = try look(.issueCertificate, as: handle) { view, member in
            let tube = TubeID(normalised(tube))
            let people = try view.people(of: tube, in: try member.place())
            guard !people.isEmpty else { return [] }
            let answers = try view.releasedAnswers(of: tube).filter { !$0.isWithdrawn }
            return people.compactMap { person in answers.first { $0.person == person } }
        }
        return try answers.map { answer in
            let details = try vault.open(answer.details, of: answer.person)
            return TubePerson(
                person: answer.person, name: details.name,
                document: CertificateHolder.masked(details.document.number))
        }
    }
}
