internal import LabDomain
internal import LabXML

/// Builds ORU^R01 of HL7 2.5.1, profile PHLabReport-NoAck, in the v2.xml encoding.
///
/// One message for each person and report. A pure function of report and options: MSH-7 is the
/// release, so that a message written again has the same bytes under the same MSH-10.
struct ResultMessage {
    let report: Report
    let options: MessageOptions
    let xml = XMLWriter(indented: true)

    /// Writes the whole message.
    /// - Throws: `XMLFault` with the element whose text holds what XML does not allow.
    static func bytes(_ report: Report, _ options: MessageOptions) throws(XMLFault) -> [UInt8] {
        let message = ResultMessage(report: report, options: options)
        message.write()
        return try message.xml.finish()
    }

    private func write() {
        xml.element("ORU_R01", namespace: "urn:hl7-org:v2xml") {
            writeHeader()
            writeSoftware()
            xml.element("ORU_R01.PATIENT_RESULT") {
                xml.element("ORU_R01.PATIENT") { writePerson() }
                xml.element("ORU_R01.ORDER_OBSERVATION") {
                    writeOrder()
                    writeRequest()
                    for (place, observation) in observations.enumerated() {
                        xml.element("ORU_R01.OBSERVATION") {
                            write(observation, number: place + 1)
                            writeNotes(observation.notes)
                        }
                    }
                    xml.element("ORU_R01.SPECIMEN") { writeSpecimen() }
                }
            }
        }
    }

    /// An instant in the laboratory's zone.
    func text(of instant: Timestamp) -> String { report.times.zone.hl7Text(instant) }

    /// The number of the order (ORC-2, ORC-3, OBR-2, OBR-3): the barcode, and for one of several
    /// people in a tube the person's identifier behind it, because a number that comes twice is
    /// taken for a correction (ELR-040).
    var orderNumber: String {
        if case .mixedTube = report.specimen.testing {
            return "\(report.specimen.tube)-\(report.person.id)"
        }
        return report.specimen.tube.text
    }
}
