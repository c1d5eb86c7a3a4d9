internal import LabDomain

extension ResultMessage {
    /// MSH.
    var header: HL7Segment {
        let number = version.number
        return HL7Segment(
            "MSH",
            values: [
                1: "|", 2: options.namesTruncation ? "^~\\&#" : "^~\\&",
                3: .party(report.route.application),
                4: .party(
                    Report.Party(name: report.laboratory.name, oid: report.laboratory.oid)),
                5: .party(report.route.receivingApplication),
                6: .party(report.route.receivingFacility), 7: releasedAt,
                9: .texts("ORU", "R01", "ORU_R01"),
                10: HL7Value(number == 1 ? report.id.text : "\(report.id)-\(number)"),
                11: HL7Value(options.processing.rawValue), 12: "2.5.1",
                15: options.wantsAnswer ? "AL" : "NE", 16: options.wantsAnswer ? "AL" : "NE",
                17: HL7Value(report.laboratory.country), 18: "UNICODE UTF-8",
                21: .entity(
                    options.wantsAnswer ? "PHLabReport-Ack" : "PHLabReport-NoAck",
                    by: Report.Party(name: "ELR_Receiver", oid: "2.16.840.1.113883.9.11")),
            ])
    }

    /// SFT.
    var software: HL7Segment {
        let version = HL7Value(options.softwareVersion)
        return HL7Segment(
            "SFT", values: [1: .texts("Swabline", "L"), 2: version, 3: "Swabline", 4: version])
    }
}
