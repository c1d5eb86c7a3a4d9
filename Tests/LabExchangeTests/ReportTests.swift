import LabDomain
import Testing

@Suite struct ReportTests {
    @Test("REP-1: a report that lacks something is held with every reason, not the first alone")
    func everyReason() throws {
        let nameless = try ReportSamples.person(name: " ")
        let expected: [ReportFault] = [
            .blank(.reportID), .blank(.laboratoryAddress), .blank(.unit), .blank(.personName),
            .blank(.pool), .notOID(.receivingFacility), .notCLIA, .notCountry,
            .testedBeforeReceived, .detectedInPool, .ownReview,
        ]
        #expect(throws: ReportFaults(faults: expected)) {
            try ReportSamples.report(
                id: "",
                route: Report.Route(
                    application: ReportSamples.route.application,
                    receivingApplication: ReportSamples.route.receivingApplication,
                    receivingFacility: Report.Party(name: "Nobody", oid: "2.016")),
                laboratory: Report.Laboratory(
                    name: "L", oid: "2.16", code: .clia("05E1234567"), addressLines: [],
                    telephone: "1", country: "CN"),
                unit: Report.SendingUnit(name: ""), person: nameless,
                testing: .laboratoryPool(PoolID(""), size: 5),
                times: ReportSamples.times(received: .hours(7)), outcome: .detected,
                enteredBy: "li.wei", reviewedBy: "li.wei")
        }
    }

    @Test(
        "REP-1: an object identifier is one by its form",
        arguments: ["", "2", "3.1", "2.", ".2", "2..1", "2.01", "2.1a", "22.1", "urn:oid:2.1"])
    func noObjectIdentifier(_ oid: String) {
        #expect(throws: ReportFaults(faults: [.notOID(.application)])) {
            try ReportSamples.report(
                route: Report.Route(
                    application: Report.Party(name: "Swabline", oid: oid),
                    receivingApplication: ReportSamples.route.receivingApplication,
                    receivingFacility: ReportSamples.route.receivingFacility))
        }
    }

    @Test(
        "REP-2: nothing happens before what must come first",
        arguments: [
            (Span.minutes(-1), Span.hours(6), Span.hours(8), ReportFault.receivedBeforeCollected),
            (.hours(7), .hours(6), .hours(8), .testedBeforeReceived),
            (.hours(2), .hours(6), .hours(5), .releasedBeforeTested),
        ])
    func order(_ received: Span, _ tested: Span, _ released: Span, _ fault: ReportFault) {
        let times = ReportSamples.times(received: received, tested: tested, released: released)
        #expect(throws: ReportFaults(faults: [fault])) {
            try ReportSamples.report(times: times)
        }
    }

    @Test("REP-2: moments that fall together are in order")
    func together() throws {
        let now = Span.hours(0)
        _ = try ReportSamples.report(
            times: ReportSamples.times(received: now, tested: now, released: now))
    }

    @Test("REP-3: a positive of several people at once is nobody's result")
    func sharedPositives() {
        #expect(throws: ReportFaults(faults: [.detectedInMixedTube])) {
            try ReportSamples.report(testing: .mixedTube(people: 10), outcome: .detected)
        }
        #expect(throws: ReportFaults(faults: [.detectedInPool])) {
            try ReportSamples.report(
                testing: .laboratoryPool(PoolID("POOL-1"), size: 5), outcome: .detected)
        }
        #expect(throws: ReportFaults(faults: [.nobodyShares])) {
            try ReportSamples.report(testing: .mixedTube(people: 0))
        }
    }

    @Test("REP-4: whoever entered a run does not review it")
    func fourEyes() {
        #expect(throws: ReportFaults(faults: [.ownReview])) {
            try ReportSamples.report(enteredBy: "li.wei", reviewedBy: "li.wei")
        }
    }

    @Test("REP-17: neither a report nor its faults print the person")
    func silence() throws {
        let report = try ReportSamples.report()
        var dumped = "\(report) \(report.person) \(String(reflecting: report))"
        dump(report, to: &dumped)
        dump(report.person, to: &dumped)
        for secret in ["张三", "103212194603210332", "13800000001", "新华街"] {
            #expect(!dumped.contains(secret))
        }
        let every: [ReportFault] =
            ReportPart.allCases.map(ReportFault.blank) + [
                .notOID(.application), .notCLIA, .notCountry, .receivedBeforeCollected,
                .testedBeforeReceived, .releasedBeforeTested, .nobodyShares, .detectedInMixedTube,
                .detectedInPool, .ownReview,
            ]
        let words = ReportFaults(faults: every).description
        #expect(words.hasPrefix("the report is held: the report's identifier (MSH-10) is empty;"))
        #expect(words.hasSuffix("one handle; let a second person review it"))
    }
}
