internal import LabDomain

extension ResultMessage {
    /// SPM, and the age where no birth date is known (ELR-027): it is said to be unknown.
    var specimen: [HL7Segment] {
        if case .preliminaryPool = version.status,
            case .laboratoryPool(let pool, let size) = report.specimen.testing
        {
            return [poolSpecimen(MessageVersion.Pool(id: pool, size: size))] + age
        }
        let segment = HL7Segment(
            "SPM",
            values: [
                1: "1", 2: HL7Value(parts: [tube, tube]), 4: .coded(type),
                11: .coded(Coded(code: "P", text: "Patient specimen", system: "HL70369")),
                17: collectedAt, 18: HL7Value(text(of: report.times.receivedAt)),
                21: version.rejectReason,
            ])
        return [segment] + age
    }

    /// SPM of a laboratory pool: its own number and size, and of its members this one alone
    /// (SPM-3), because the others' numbers are other people's.
    func poolSpecimen(_ pool: MessageVersion.Pool) -> HL7Segment {
        let number = HL7Value.entity(pool.id.text, by: report.route.application)
        return HL7Segment(
            "SPM",
            values: [
                1: "1", 2: HL7Value(parts: [number, number]), 3: HL7Value(parts: [tube, tube]),
                4: .coded(type),
                11: .coded(Coded(code: "L", text: "Pool", system: "HL70369")),
                13: HL7Value("\(pool.size)"), 17: collectedAt,
                18: HL7Value(text(of: report.times.receivedAt)),
            ])
    }

    private var tube: HL7Value { .entity(report.specimen.tube.text, by: report.route.application) }

    private var age: [HL7Segment] {
        guard report.person.details.birthDate == nil else { return [] }
        return [segment(Observation(test: .ageAtCollection, value: .unknown), number: 1)]
    }

    private var type: Coded { codes.tables.code(of: report.specimen.type) }
}
