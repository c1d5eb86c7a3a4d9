internal import LabDomain
internal import LabXML

extension ResultMessage {
    /// ORC.
    func writeOrder() {
        xml.element("ORC") {
            xml.element("ORC.1", "RE")
            xml.entity("ORC.2", orderNumber, by: report.route.application)
            xml.entity("ORC.3", orderNumber, by: report.route.application)
            xml.element("ORC.21") {
                xml.element("XON.1", report.unit.name)
                xml.element("XON.2", "L")
            }
            xml.address(
                "ORC.22", report.unit.addressLines, country: report.laboratory.country, type: "B")
            writeUnitTelephone()
        }
    }

    /// ORC-23.
    ///
    /// The profile requires one, so a unit without a telephone is reached through the laboratory,
    /// and the message says so.
    private func writeUnitTelephone() {
        if report.unit.telephone.isEmpty {
            xml.telephone(
                "ORC.23", TelephoneNumber(report.laboratory.telephone), use: "WPN",
                note: "of the laboratory")
        } else {
            xml.telephone("ORC.23", TelephoneNumber(report.unit.telephone), use: "WPN")
        }
    }

    /// OBR.
    func writeRequest() {
        xml.element("OBR") {
            xml.element("OBR.1", "1")
            xml.entity("OBR.2", orderNumber, by: report.route.application)
            xml.entity("OBR.3", orderNumber, by: report.route.application)
            xml.coded("OBR.4", Test.rna)
            xml.time("OBR.7", text(of: report.times.collectedAt))
            xml.time("OBR.22", text(of: report.times.releasedAt))
            xml.element("OBR.25", "F")
            writeHandle("OBR.32", report.reviewedBy)
            writeHandle("OBR.34", report.enteredBy)
        }
    }

    /// NDL with a handle of the laboratory's staff: no name, the laboratory knows whose it is.
    private func writeHandle(_ field: String, _ handle: String) {
        xml.element(field) {
            xml.element("NDL.1") {
                xml.element("CNN.1", handle)
                xml.element("CNN.10", report.route.application.oid)
                xml.element("CNN.11", "ISO")
            }
        }
    }
}
