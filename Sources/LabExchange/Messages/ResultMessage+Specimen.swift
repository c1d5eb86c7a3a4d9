internal import LabDomain
internal import LabXML

extension ResultMessage {
    /// SPM, and the age where no birth date is known (ELR-027): it is said to be unknown.
    func writeSpecimen() {
        let specimen = report.specimen
        xml.element("SPM") {
            xml.element("SPM.1", "1")
            xml.element("SPM.2") {
                xml.entity("EIP.1", specimen.tube.text, by: report.route.application)
                xml.entity("EIP.2", specimen.tube.text, by: report.route.application)
            }
            xml.coded("SPM.4", Self.code(of: specimen.type), as: "CWE")
            xml.coded(
                "SPM.11", Coded(code: "P", text: "Patient specimen", system: "HL70369"),
                as: "CWE")
            xml.element("SPM.17") {
                xml.time("DR.1", text(of: report.times.collectedAt))
            }
            xml.time("SPM.18", text(of: report.times.receivedAt))
        }
        if report.person.details.birthDate == nil {
            write(Observation(test: Test.ageAtCollection, value: .unknown), number: 1)
        }
    }

    private static func code(of type: Report.SpecimenType) -> Coded {
        switch type {
        case .throatSwab: .snomed("258529004", "Throat swab")
        case .nasopharyngealSwab: .snomed("258500001", "Nasopharyngeal swab")
        case .anteriorNaresSwab: .snomed("697989009", "Anterior nares swab")
        }
    }
}
