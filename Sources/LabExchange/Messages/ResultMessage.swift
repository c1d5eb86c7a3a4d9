internal import LabDomain

/// Builds ORU^R01 of HL7 2.5.1, profile PHLabReport-NoAck, as a tree that either encoding writes.
///
/// One message for each person and report. A pure function of report, version and options: MSH-7
/// is the release, so that a message written again has the same bytes under the same MSH-10.
struct ResultMessage {
    let report: Report
    let version: MessageVersion
    let options: MessageOptions
    /// What the test looks for.
    let codes: ReportCodes
    /// When this version was released (MSH-7, OBR-22).
    let releasedAt: HL7Value
    /// When the specimen was collected (OBR-7, OBX-14, SPM-17).
    let collectedAt: HL7Value
    /// When it was tested (OBX-19).
    let testedAt: HL7Value
    /// Who tested, and where (OBX-23, OBX-24).
    let performer: (name: HL7Value, address: HL7Value)
    /// With what it was tested (OBX-17).
    let method: HL7Value

    private init(_ report: Report, _ version: MessageVersion, _ options: MessageOptions) {
        self.report = report
        self.version = version
        self.options = options
        codes = .known(report.method, options.codes)
        let times = report.times
        func value(_ instant: Timestamp) -> HL7Value { HL7Value(times.zone.hl7Text(instant)) }
        releasedAt = value(version.releasedAt ?? times.releasedAt)
        collectedAt = value(times.collectedAt)
        testedAt = value(times.testedAt)
        let laboratory = report.laboratory
        performer = (
            .organization(laboratory),
            .address(laboratory.addressLines, country: laboratory.country, type: "B")
        )
        method = .texts(report.method.assay, report.method.kit, "L")
    }

    /// The whole message.
    static func make(
        _ report: Report, _ version: MessageVersion = .first, _ options: MessageOptions
    ) -> HL7Message {
        HL7Message(ResultMessage(report, version, options).segments)
    }

    private var segments: [HL7Segment] {
        var segments = [header, software, person]
        if let pool = version.pool { segments += poolOrder(pool) }
        segments += [order(ownNumber), request]
        let observations = Observation.list(report.parts, version, codes)
        for (place, observation) in observations.enumerated() {
            segments.append(segment(observation, number: place + 1))
            segments += notes(observation.notes)
        }
        segments += specimen
        return segments
    }

    /// The order of the pool in which the specimen was found first.
    private func poolOrder(_ pool: MessageVersion.Pool) -> [HL7Segment] {
        var segments = [order(poolNumber(pool)), poolRequest(pool)]
        for (place, found) in Observation.found(in: pool, codes).enumerated() {
            var found = found
            found.status = "P"
            segments.append(segment(found, number: place + 1))
            segments += notes(found.notes)
        }
        return segments + [poolSpecimen(pool)]
    }

    /// An instant in the laboratory's zone.
    func text(of instant: Timestamp) -> String { report.times.zone.hl7Text(instant) }

    /// The number of the order (ORC-2, ORC-3, OBR-2, OBR-3): the barcode, and for one of several
    /// people in a tube the person's identifier behind it, because a number that comes twice is
    /// taken for a correction (ELR-040).
    var orderNumber: String { Self.orderNumber(report.parts, of: report.person.id) }

    /// The number of an order by its report's parts and its person, where there is one.
    static func orderNumber(_ parts: ReportParts, of person: PersonID?) -> String {
        switch parts.specimen.testing {
        case .mixedTube, .untested(isMixed: true):
            person.map { "\(parts.specimen.tube)-\($0)" } ?? parts.specimen.tube.text
        case .alone, .laboratoryPool, .untested(isMixed: false): parts.specimen.tube.text
        }
    }

    /// The order's number with the application that gave it.
    var ownNumber: HL7Value { .entity(orderNumber, by: report.route.application) }

    /// The number of the pool's order; with the tube's, so that members' orders differ.
    func poolNumber(_ pool: MessageVersion.Pool) -> HL7Value {
        .entity("\(pool.id)-\(report.specimen.tube)", by: report.route.application)
    }
}
