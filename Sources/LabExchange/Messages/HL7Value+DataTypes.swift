internal import LabDomain

/// The data types of HL7 2.5.1 that our messages use; components without a value are left out.
extension HL7Value {
    /// Components of plain texts.
    static func texts(_ texts: String...) -> HL7Value {
        HL7Value(parts: texts.map { HL7Value($0) })
    }

    /// CE or CWE.
    static func coded(_ value: Coded) -> HL7Value {
        guard let other = value.alternates.first else {
            return .texts(value.code, value.text, value.system)
        }
        return .texts(
            value.code, value.text, value.system, other.code, other.text, other.system)
    }

    /// HD: a system or house.
    ///
    /// A name longer than HD-1's 20 characters is left out, not cut: the object identifier alone
    /// identifies.
    static func party(_ party: Report.Party) -> HL7Value {
        .texts(party.name.count <= 20 ? party.name : "", party.oid, "ISO")
    }

    /// EI: a number that an application gave out; MSH-21 has the same type.
    static func entity(_ number: String, by party: Report.Party) -> HL7Value {
        .texts(number, party.name.count <= 20 ? party.name : "", party.oid, "ISO")
    }

    /// XAD of a place outside the United States.
    ///
    /// State, postal code and county are left out: the profile knows them in American forms only
    /// (ELR-010, ELR-011, ELR-067). The first line is the street; no line gives the country
    /// alone. `type` is of table 0190: H home, B business.
    static func address(_ lines: [String], country: String, type: String) -> HL7Value {
        let rest = lines.dropFirst().filter { !$0.isEmpty }.joined(separator: ", ")
        return .texts(lines.first ?? "", rest, "", "", "", country, type)
    }

    /// XTN: a telephone; `use` is of table 0201: PRN a person's, WPN a workplace's.
    static func telephone(_ number: TelephoneNumber, use: String, note: String = "") -> HL7Value {
        let texts = [number.unparted, note].filter { !$0.isEmpty }
        return .texts(
            "", use, number.isMobile ? "CP" : "PH", "", number.country, number.area, number.local,
            "", texts.joined(separator: "; "))
    }

    /// XON of the laboratory: its name, and its number with the authority that gave it.
    static func organization(_ laboratory: Report.Laboratory) -> HL7Value {
        let authority =
            switch laboratory.code {
            case .clia: Report.Party(name: "CLIA", oid: "2.16.840.1.113883.4.7")
            case .local: Report.Party(name: laboratory.name, oid: laboratory.oid)
            }
        // The profile asks for the name only where there is no number; receivers' people read
        // names, so both are given.
        return HL7Value(parts: [
            HL7Value(laboratory.name), "L", .empty, .empty, .empty, .party(authority), "XX",
            .empty, .empty, HL7Value(laboratory.code.text),
        ])
    }
}

extension HL7Value: ExpressibleByStringLiteral {
    /// A fixed text; an empty one is no value.
    package init(stringLiteral text: String) { self.init(text) }
}

extension HL7Segment {
    /// A segment of the given fields by their numbers, in rising order.
    init(_ name: String, values: KeyValuePairs<Int, HL7Value>) {
        var fields: [HL7Field] = []
        fields.reserveCapacity(values.last?.key ?? 0)
        for (number, value) in values {
            while fields.count < number - 1 { fields.append(.empty) }
            fields.append(HL7Field(value))
        }
        self.init(name, fields)
    }
}
