internal import LabDomain
internal import LabXML

/// The data types of HL7 2.5.1 in the v2.xml encoding: each component is an element named after
/// the type and its place, such as `HD.1`; empty ones are left out.
extension XMLWriter {
    /// A field or component of plain text, left out when there is none.
    func filled(_ name: String, _ text: String) {
        if !text.isEmpty { element(name, text) }
    }

    /// TS: an instant with its zone.
    func time(_ field: String, _ text: String) {
        element(field) { element("TS.1", text) }
    }

    /// CE or CWE, named by `type`.
    func coded(_ field: String, _ value: Coded, as type: String = "CE") {
        element(field) {
            element("\(type).1", value.code)
            element("\(type).2", value.text)
            element("\(type).3", value.system)
        }
    }

    /// HD: a system or house.
    ///
    /// A name longer than HD-1's 20 characters is left out, not cut: the object identifier alone
    /// identifies.
    func party(_ field: String, _ party: Report.Party) {
        element(field) {
            if party.name.count <= 20 { element("HD.1", party.name) }
            element("HD.2", party.oid)
            element("HD.3", "ISO")
        }
    }

    /// EI: a number that an application gave out; MSH-21 has the same type.
    func entity(_ field: String, _ number: String, by party: Report.Party) {
        element(field) {
            element("EI.1", number)
            if party.name.count <= 20 { element("EI.2", party.name) }
            element("EI.3", party.oid)
            element("EI.4", "ISO")
        }
    }

    /// XAD of a place outside the United States.
    ///
    /// State, postal code and county are left out: the profile knows them in American forms only
    /// (ELR-010, ELR-011, ELR-067). The first line is the street; no line gives the country
    /// alone. `type` is of table 0190: H home, B business.
    func address(_ field: String, _ lines: [String], country: String, type: String) {
        element(field) {
            if let street = lines.first, !street.isEmpty {
                element("XAD.1") { element("SAD.1", street) }
            }
            filled("XAD.2", lines.dropFirst().filter { !$0.isEmpty }.joined(separator: ", "))
            element("XAD.6", country)
            element("XAD.7", type)
        }
    }

    /// XTN: a telephone; `use` is of table 0201: PRN a person's, WPN a workplace's.
    func telephone(_ field: String, _ number: TelephoneNumber, use: String, note: String = "") {
        element(field) {
            element("XTN.2", use)
            element("XTN.3", number.isMobile ? "CP" : "PH")
            filled("XTN.5", number.country)
            filled("XTN.6", number.area)
            filled("XTN.7", number.local)
            let texts = [number.unparted, note].filter { !$0.isEmpty }
            filled("XTN.9", texts.joined(separator: "; "))
        }
    }

    /// XON of the laboratory: its name, and its number with the authority that gave it.
    func organization(_ field: String, _ laboratory: Report.Laboratory) {
        element(field) {
            // The profile asks for the name only where there is no number; receivers' people
            // read names, so both are given.
            element("XON.1", laboratory.name)
            element("XON.2", "L")
            switch laboratory.code {
            case .clia:
                party("XON.6", Report.Party(name: "CLIA", oid: "2.16.840.1.113883.4.7"))
            case .local:
                party("XON.6", Report.Party(name: laboratory.name, oid: laboratory.oid))
            }
            element("XON.7", "XX")
            element("XON.10", laboratory.code.text)
        }
    }
}
