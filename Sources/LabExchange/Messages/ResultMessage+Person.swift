internal import LabDomain

extension ResultMessage {
    /// PID.
    ///
    /// The name stands whole in the family name (PID-5.1): where a Chinese surname ends cannot be
    /// told from the characters alone (欧阳 is one, 欧 is one), and a name cut wrongly is another
    /// person's.
    var person: HL7Segment {
        let details = report.person.details
        let laboratory = report.laboratory
        let code = DocumentCode(details.document, laboratory: laboratory)
        var segment = HL7Segment(
            "PID",
            values: [
                1: "1",
                3: identifier(
                    report.person.id.text, type: "PI",
                    by: Report.Party(name: laboratory.name, oid: laboratory.oid)),
                5: .texts(details.name, "", "", "", "", "", "L"),
                7: HL7Value(details.birthDate.map { $0.description.filter { $0 != "-" } } ?? ""),
                8: Self.code(of: details.sex),
                11: details.address.isEmpty
                    ? .empty
                    : .address([details.address], country: laboratory.country, type: "H"),
                13: details.telephone.isEmpty
                    ? .empty : .telephone(TelephoneNumber(details.telephone), use: "PRN"),
            ])
        segment[3].others = [
            identifier(details.document.number, type: code.type, by: code.authority)
        ]
        return segment
    }

    /// One repetition of PID-3.
    private func identifier(_ number: String, type: String, by authority: Report.Party) -> HL7Value
    {
        HL7Value(parts: [HL7Value(number), .empty, .empty, .party(authority), HL7Value(type)])
    }

    /// Table 0001.
    private static func code(of sex: Sex) -> HL7Value {
        switch sex {
        case .male: "M"
        case .female: "F"
        case .unknown: "U"
        }
    }
}
