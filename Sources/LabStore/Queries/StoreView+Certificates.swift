internal import GRDB
package import LabDomain

/// A certificate that was given out.
package struct StoredCertificate: Hashable, Sendable {
    package let code: CertificateCode
    package let tube: TubeID
    package let person: PersonID
    package let issuedAt: Timestamp
}

extension StoreView {
    /// The certificate of a code; nil where none was given out.
    package func certificate(_ code: CertificateCode) throws -> StoredCertificate? {
        try row(
            "SELECT tube, person, issuedAt FROM certificate WHERE code = ?", [code.text]
        ).map {
            StoredCertificate(
                code: code, tube: TubeID($0["tube"]), person: PersonID($0["person"]),
                issuedAt: Timestamp(milliseconds: $0["issuedAt"]))
        }
    }

    /// The released answer of a person in a tube, which may be certified; none that was withdrawn.
    package func certifiable(_ tube: TubeID, _ person: PersonID) throws -> ReleasedAnswer? {
        try releasedAnswers(of: tube).first { $0.person == person && !$0.isWithdrawn }
    }

    /// The people of a tube in the order of their swabs, for a scope that may see the tube.
    package func people(of tube: TubeID, in scope: Scope) throws -> [PersonID] {
        try rows(
            """
            SELECT s.person FROM specimen s JOIN tube t ON t.barcode = s.tube
            WHERE s.tube = ?1 AND (?2 IS NULL OR t.unit = ?2) AND (?3 IS NULL OR t.site = ?3)
            ORDER BY s.number
            """, [tube.text, scope.unit, scope.site]
        ).map { PersonID($0["person"]) }
    }

    /// The tube and person of a report; nil where none is recorded under this identifier.
    package func subject(of report: ReportID) throws -> (TubeID, PersonID)? {
        try row("SELECT tube, person FROM report WHERE id = ?", [report.text]).map {
            (TubeID($0["tube"]), PersonID($0["person"]))
        }
    }
}
