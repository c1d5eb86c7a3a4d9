internal import LabDomain

/// How a document's number stands in PID-3: its type (CX-5) and who vouches for it (CX-4).
struct DocumentCode: Equatable {
    /// A code of table 0203.
    let type: String
    let authority: Report.Party

    /// The code of a document.
    ///
    /// A number of GB 11643's form is China's national one (NNCHN), on whichever card it stands.
    /// Of other papers no one recorded the issuer, so the laboratory vouches for the number.
    init(_ document: IdentityDocument, laboratory: Report.Laboratory) {
        guard document.residentNumber == nil else {
            type = "NNCHN"
            authority = Self.residents
            return
        }
        authority = Report.Party(name: laboratory.name, oid: laboratory.oid)
        type =
            switch document.type {
            case .residentID: "NNCHN"
            case .passport: "PPN"
            case .foreignResidencePermit: "PRC"
            case .birthCertificate: "BR"
            case .hongKongMacaoPermit, .taiwanPermit, .other: "U"
            }
    }

    /// China's resident numbers as WS/T 500 names them.
    private static let residents = Report.Party(
        name: "GB 11643", oid: "2.16.156.10011.1.3")
}
