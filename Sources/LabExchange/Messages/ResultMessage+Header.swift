internal import LabDomain
internal import LabXML

extension ResultMessage {
    /// MSH.
    func writeHeader() {
        xml.element("MSH") {
            xml.element("MSH.1", "|")
            xml.element("MSH.2", options.namesTruncation ? "^~\\&#" : "^~\\&")
            xml.party("MSH.3", report.route.application)
            xml.party(
                "MSH.4", Report.Party(name: report.laboratory.name, oid: report.laboratory.oid))
            xml.party("MSH.5", report.route.receivingApplication)
            xml.party("MSH.6", report.route.receivingFacility)
            xml.time("MSH.7", text(of: report.times.releasedAt))
            xml.element("MSH.9") {
                xml.element("MSG.1", "ORU")
                xml.element("MSG.2", "R01")
                xml.element("MSG.3", "ORU_R01")
            }
            xml.element("MSH.10", report.id.text)
            xml.element("MSH.11") { xml.element("PT.1", options.processing.rawValue) }
            xml.element("MSH.12") { xml.element("VID.1", "2.5.1") }
            xml.element("MSH.15", "NE")
            xml.element("MSH.16", "NE")
            xml.element("MSH.17", report.laboratory.country)
            xml.element("MSH.18", "UNICODE UTF-8")
            xml.entity(
                "MSH.21", "PHLabReport-NoAck",
                by: Report.Party(name: "ELR_Receiver", oid: "2.16.840.1.113883.9.11"))
        }
    }

    /// SFT.
    func writeSoftware() {
        xml.element("SFT") {
            xml.element("SFT.1") {
                xml.element("XON.1", "Swabline")
                xml.element("XON.2", "L")
            }
            xml.element("SFT.2", options.softwareVersion)
            xml.element("SFT.3", "Swabline")
            xml.element("SFT.4", options.softwareVersion)
        }
    }
}
