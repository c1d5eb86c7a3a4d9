import LabDomain
import Testing

/// Reports of invented people, the same on every machine and day.
enum ReportSamples {
    static let zone = Zone.china
    /// 2021-07-30 08:15 in China.
    static let morning = Timestamp(milliseconds: 1_627_604_100_000)

    static let route = Report.Route(
        application: Report.Party(name: "Swabline", oid: "2.16.840.1.113883.19.99"),
        receivingApplication: Report.Party(name: "AIMS", oid: "2.16.840.1.114222.4.3.15.2"),
        receivingFacility: Report.Party(name: "Health authority", oid: "2.16.840.1.114222.4"))

    static let laboratory = Report.Laboratory(
        name: "第一检测实验室", oid: "2.16.840.1.113883.19.4.6", code: .local("LAB-0001"),
        addressLines: ["科学路1号", "苏州"], telephone: "0512-65120001")

    static func person(
        _ document: DocumentType = .residentID, number: String = "103212194603210332",
        name: String = "张三", sex: Sex = .unknown, born: CalendarDay? = nil,
        telephone: String = "13800000001", address: String = "新华街1号"
    ) throws -> Report.Person {
        let document = try IdentityDocument(type: document, number: number)
        return Report.Person(
            id: PersonID("P-7F3A9C"),
            details: PersonDetails(
                name: name, document: document, sex: sex, birthDate: born, telephone: telephone,
                address: address))
    }

    static func times(
        received: Span = .hours(2), tested: Span = .hours(6), released: Span = .hours(8)
    ) -> Report.Times {
        Report.Times(
            collectedAt: morning, receivedAt: morning.advanced(by: received),
            testedAt: morning.advanced(by: tested), releasedAt: morning.advanced(by: released),
            zone: zone)
    }

    static func report(
        id: String = "R-0001", route: Report.Route = route,
        laboratory: Report.Laboratory = laboratory,
        unit: Report.SendingUnit = Report.SendingUnit(name: "第一社区"), person: Report.Person? = nil,
        testing: Report.Testing = .alone([]), type: Report.SpecimenType = .throatSwab,
        times: Report.Times = times(), outcome: Outcome = .notDetected,
        method: Report.Method = Report.Method(assay: "NAT-2", kit: "Two-target kit of a maker"),
        enteredBy: String = "li.wei", reviewedBy: String = "wang.fang"
    ) throws -> Report {
        try Report(
            id: ReportID(id), route: route, laboratory: laboratory, unit: unit,
            person: try person ?? Self.person(),
            specimen: Report.Specimen(
                tube: TubeID("9000000001"), type: type, testing: testing),
            times: times, outcome: outcome, method: method, enteredBy: enteredBy,
            reviewedBy: reviewedBy)
    }

    static let readings = [
        Report.TargetReading(name: "ORF1ab", cq: Cq(24.3), call: .detected),
        Report.TargetReading(name: "N gene", cq: Cq(25.127), call: .detected),
        Report.TargetReading(name: "RNase P", cq: Cq(27), call: .detected),
    ]

    /// The cases of `fixtures/manifest.tsv` and of the outside validators.
    static let cases = [
        "single-detected", "single-not-detected", "mixed-tube-not-detected",
        "pool-member-not-detected", "passport-birth-date-unknown", "clia-laboratory-grey-target",
    ]

    static func named(_ name: String) throws -> Report {
        switch name {
        case "single-detected":
            try report(testing: .alone(readings), outcome: .detected)
        case "single-not-detected":
            try report(
                unit: Report.SendingUnit(
                    name: "第一社区", addressLines: ["新华街9号"], telephone: "13800000009"))
        case "mixed-tube-not-detected":
            try report(testing: .mixedTube(people: 10))
        case "pool-member-not-detected":
            try report(testing: .laboratoryPool(PoolID("POOL-0007"), size: 5))
        case "passport-birth-date-unknown":
            try report(
                person: person(
                    .passport, number: "E00000000", name: "Anna Example",
                    telephone: "+1 404 555 0000", address: ""), type: .nasopharyngealSwab)
        case "clia-laboratory-grey-target":
            try report(
                laboratory: Report.Laboratory(
                    name: "A laboratory with a name longer than HD-1 takes",
                    oid: "2.16.840.1.113883.19.4.7", code: .clia("05D1234567"),
                    addressLines: ["1 Main St"], telephone: "010-65120001"),
                testing: .alone([
                    Report.TargetReading(name: "orf1a/b", cq: nil, call: .notDetected),
                    Report.TargetReading(name: "N", cq: Cq(38.5), call: .grey),
                    Report.TargetReading(name: "RdRp gene", cq: Cq(36), call: .detected),
                    Report.TargetReading(name: "S", cq: nil, call: .notDetected),
                    Report.TargetReading(name: "E", cq: Cq(9.999), call: .detected),
                ]), type: .anteriorNaresSwab, outcome: .detected)
        default:
            throw NoSuchCase()
        }
    }

    struct NoSuchCase: Error {}
}
