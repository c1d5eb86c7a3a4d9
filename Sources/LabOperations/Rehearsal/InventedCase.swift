internal import LabDomain
internal import LabExchange
internal import LabSimulation

/// One invented report with its version.
///
/// Sixteen cases come in turn: tubes found and not found, members of mixed tubes and laboratory
/// pools, corrections, withdrawals, cancellations, pools told early, retests, grey targets, odd
/// names, swabs of the environment, tests for several pathogens.
struct InventedCase: Sendable {
    let report: Report
    let version: MessageVersion
    private let place: String?

    /// The result: of the environment where the case is one; HL7 v2 has the person's in its stead.
    var result: ReportedResult {
        get throws {
            guard let place else { return .person(report) }
            return .environment(try EnvironmentalReport(report.parts, place: place))
        }
    }

    /// The case of a resident by their number, from 1.
    init(of resident: InventedResident, number: Int, seed: UInt64, at morning: Timestamp) throws {
        let turn = number % 16
        let (testing, outcome) = Self.finding(turn, number)
        place = turn == 13 ? "Cold store \(number), door handle" : nil
        version = Self.version(turn, number, at: morning)
        report = try Report(
            id: ReportID(Identifiers.make("RP", from: ["\(seed)", "\(number)"])),
            route: Self.route, laboratory: Self.laboratory,
            unit: Report.SendingUnit(name: "Training unit"),
            person: Report.Person(
                id: PersonID("P-\(number)"), details: try Self.details(of: resident, turn, number)),
            specimen: Report.Specimen(
                tube: InventedBarcodes.tube(seed: seed, number: number), testing: testing),
            times: Report.Times(
                collectedAt: morning, receivedAt: morning.advanced(by: .hours(2)),
                testedAt: morning.advanced(by: .hours(6)),
                releasedAt: morning.advanced(by: .hours(8)), zone: .china),
            outcome: outcome, method: Self.method(turn), enteredBy: "li.na", reviewedBy: "wang.wei")
    }

    private static let oid = "2.16.840.1.113883.19"
    private static let route = Report.Route(
        application: Report.Party(name: "Swabline", oid: oid + ".1"),
        receivingApplication: Report.Party(name: "Training", oid: oid + ".2"),
        receivingFacility: Report.Party(name: "Training", oid: oid + ".2"))
    private static let laboratory = Report.Laboratory(
        name: "Training laboratory", oid: oid + ".3", code: .local("LAB-0"),
        addressLines: ["1 Training Road", "Nowhere"], telephone: "0512-65120001")

    private static func finding(_ turn: Int, _ number: Int) -> (Report.Testing, Outcome) {
        let pool = PoolID("POOL-\(number / 5)")
        switch turn {
        case 0, 4, 15: return (.mixedTube(people: turn == 4 ? 5 : 10), .notDetected)
        case 1, 5, 8: return (.laboratoryPool(pool, size: 5), .notDetected)
        case 3, 7, 10, 12: return (.alone(readings(["ORF1ab", "N"], nil)), .notDetected)
        case 11:
            return (
                .alone(
                    readings(["ORF1ab", "RdRp gene"], 21 + Double(number % 9)) + [
                        Report.TargetReading(name: "N", cq: Cq(38.5), call: .grey),
                        Report.TargetReading(name: "S", cq: nil, call: .notDetected),
                        Report.TargetReading(name: "RNase P", cq: Cq(25), call: .detected),
                    ]), .detected
            )
        case 14:
            return (
                .alone(readings(["Flu A"], 27.5) + readings(["N", "Flu B", "RSV"], nil)), .detected
            )
        default:
            return (.alone(readings(["ORF1ab", "N"], 20 + Double(number % 150) / 10)), .detected)
        }
    }

    private static func readings(_ targets: [String], _ cq: Double?) -> [Report.TargetReading] {
        targets.map {
            Report.TargetReading(
                name: $0, cq: cq.flatMap { Cq($0) }, call: cq == nil ? .notDetected : .detected)
        }
    }

    private static func version(
        _ turn: Int, _ number: Int, at morning: Timestamp
    ) -> MessageVersion {
        let later = morning.advanced(by: .hours(20))
        let pool = MessageVersion.Pool(id: PoolID("POOL-\(number / 5)"), size: 5)
        let reasons = RejectReason.allCases
        switch turn {
        case 4, 6: return MessageVersion(.corrected, number: 2, releasedAt: later)
        case 5: return MessageVersion(.withdrawn, number: 2, releasedAt: later)
        case 7: return MessageVersion(.cancelled(reasons[number / 16 % reasons.count]))
        case 8: return MessageVersion(.preliminaryPool)
        case 9, 10: return MessageVersion(.final, number: 2, releasedAt: later, pool: pool)
        default: return .first
        }
    }

    private static func method(_ turn: Int) -> Report.Method {
        turn == 14 || turn == 15
            ? Report.Method(
                assay: "RESP-4", kit: "Training kit of four viruses",
                targets: ["N", "Flu A", "Flu B", "RSV"])
            : Report.Method(assay: "NAT-2", kit: "Training kit", targets: ["ORF1ab", "N"])
    }

    /// Names that readers have stumbled over: markup, signs of ER7, quotes, other scripts, marks
    /// that join, signs beyond the first plane, and length.
    private static let oddNames = [
        "O'Brien & Sons <\"x\">", "阿卜杜拉·买买提|^~\\&", "مُحَمَّد", "Zoë\u{308} Ångström",
        "𠮷野家", "Łukasz\u{200D}Nguyễn", String(repeating: "长", count: 60), "张\u{3000}三",
    ]

    private static func details(
        of resident: InventedResident, _ turn: Int, _ number: Int
    ) throws -> PersonDetails {
        guard turn == 11 || turn == 12 else {
            return PersonDetails(
                name: resident.name, document: resident.document, sex: resident.sex,
                birthDate: resident.birthDate, telephone: resident.telephone,
                address: resident.address.text)
        }
        let digits = "000000\(number)".suffix(7)
        return PersonDetails(
            name: turn == 12 ? oddNames[number / 16 % oddNames.count] : "Invented Traveller",
            document: try IdentityDocument(type: .passport, number: "ZZ\(digits)"), sex: .unknown,
            birthDate: turn == 11 ? nil : resident.birthDate, telephone: "", address: "")
    }
}
