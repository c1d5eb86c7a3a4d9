internal import LabDomain
internal import LabXML

extension ResultMessage {
    /// PID.
    ///
    /// The name stands whole in the family name (PID-5.1): where a Chinese surname ends cannot be
    /// told from the characters alone (欧阳 is one, 欧 is one), and a name cut wrongly is another
    /// person's.
    func writePerson() {
        let details = report.person.details
        xml.element("PID") {
            xml.element("PID.1", "1")
            writeIdentifier(
                report.person.id.text, type: "PI",
                by: Report.Party(name: report.laboratory.name, oid: report.laboratory.oid))
            let code = DocumentCode(details.document, laboratory: report.laboratory)
            writeIdentifier(details.document.number, type: code.type, by: code.authority)
            xml.element("PID.5") {
                xml.element("XPN.1") { xml.element("FN.1", details.name) }
                xml.element("XPN.7", "L")
            }
            if let born = details.birthDate {
                xml.time("PID.7", born.description.filter { $0 != "-" })
            }
            xml.element("PID.8", Self.code(of: details.sex))
            if !details.address.isEmpty {
                xml.address(
                    "PID.11", [details.address], country: report.laboratory.country, type: "H")
            }
            if !details.telephone.isEmpty {
                xml.telephone("PID.13", TelephoneNumber(details.telephone), use: "PRN")
            }
        }
    }

    /// One repetition of PID-3.
    private func writeIdentifier(_ number: String, type: String, by authority: Report.Party) {
        xml.element("PID.3") {
            xml.element("CX.1", number)
            xml.party("CX.4", authority)
            xml.element("CX.5", type)
        }
    }

    /// Table 0001.
    private static func code(of sex: Sex) -> String {
        switch sex {
        case .male: "M"
        case .female: "F"
        case .unknown: "U"
        }
    }
}
