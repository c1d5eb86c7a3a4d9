internal import LabDomain
internal import LabExchange
internal import LabSimulation
internal import LabStatistics

/// Messages about invented people, to try a receiver with and for measurements.
///
/// They say that they are for training (MSH-11 is T). Every case comes in turn: single tubes found
/// and not found, members of mixed tubes and of laboratory pools.
package struct InventedReports: Sendable {
    private let reports: [Report]
    private let writer: MessageWriter

    /// Reports of so many people, told apart by the seed.
    package init(people: Int, seed: UInt64) throws {
        let random = SeededGenerator(seed: seed)
        var drawing = random.stream(named: "residents")
        let morning = Timestamp(milliseconds: 1_627_604_100_000)
        let residents = InventedResidents(today: Zone.china.day(of: morning))
            .draw(people, using: &drawing)
        reports = try residents.enumerated().map { index, resident in
            try Self.report(of: resident, number: index + 1, seed: seed, at: morning)
        }
        writer = try MessageWriter(options: MessageOptions(processing: .training))
    }

    /// Writes so many messages one after the other; after the last person the first comes again.
    /// - Parameters:
    ///   - count: How many.
    ///   - form: v2.xml or ER7; a batch becomes one file.
    ///   - checks: Whether each message is held against the schema first, as an export does.
    ///   - write: Takes the bytes as they come.
    /// - Throws: `MessageFaults` of a message that is held, and whatever `write` throws.
    package func write(
        _ count: Int, as form: ReportForm, checks: Bool, to write: ([UInt8]) throws -> Void
    ) throws {
        if form == .batch {
            let messages = try (0..<count).map {
                try writer.message(reports[$0 % reports.count]).message
            }
            return try write(HL7File(batch: messages, id: "TRAINING").er7)
        }
        for number in 0..<count {
            let report = reports[number % reports.count]
            if form == .xml, !checks {
                try write(try writer.unchecked(report))
            } else {
                try write(try writer.write(report, as: form == .xml ? .xml : .er7))
            }
        }
    }

    private static func report(
        of resident: InventedResident, number: Int, seed: UInt64, at morning: Timestamp
    ) throws -> Report {
        let oid = "2.16.840.1.113883.19"
        let testing: Report.Testing
        var outcome = Outcome.notDetected
        switch number % 4 {
        case 0: testing = .mixedTube(people: 10)
        case 1: testing = .laboratoryPool(PoolID("POOL-\(number / 5)"), size: 5)
        default:
            let isFound = number % 4 == 2
            outcome = isFound ? .detected : .notDetected
            let targets = ["ORF1ab", "N"]
            testing = .alone(
                targets.map {
                    Report.TargetReading(
                        name: $0, cq: isFound ? Cq(20 + Double(number % 150) / 10) : nil,
                        call: isFound ? .detected : .notDetected)
                })
        }
        let tube = InventedBarcodes.tube(seed: seed, number: number)
        return try Report(
            id: ReportID(Identifiers.make("RP", from: ["\(seed)", "\(number)"])),
            route: Report.Route(
                application: Report.Party(name: "Swabline", oid: oid + ".1"),
                receivingApplication: Report.Party(name: "Training", oid: oid + ".2"),
                receivingFacility: Report.Party(name: "Training", oid: oid + ".2")),
            laboratory: Report.Laboratory(
                name: "Training laboratory", oid: oid + ".3", code: .local("LAB-0"),
                addressLines: ["1 Training Road", "Nowhere"], telephone: "0512-65120001"),
            unit: Report.SendingUnit(name: "Training unit"),
            person: Report.Person(
                id: PersonID("P-\(number)"),
                details: PersonDetails(
                    name: resident.name, document: resident.document, sex: resident.sex,
                    birthDate: resident.birthDate, telephone: resident.telephone,
                    address: resident.address.text)),
            specimen: Report.Specimen(tube: tube, testing: testing),
            times: Report.Times(
                collectedAt: morning, receivedAt: morning.advanced(by: .hours(2)),
                testedAt: morning.advanced(by: .hours(6)),
                releasedAt: morning.advanced(by: .hours(8)), zone: .china),
            outcome: outcome, method: Report.Method(assay: "NAT-2", kit: "Training kit"),
            enteredBy: "li.na", reviewedBy: "wang.wei")
    }
}
