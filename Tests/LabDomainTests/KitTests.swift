import LabDomain
import Testing

@Suite("Kits")
struct KitTests {
    private static func day(_ text: String) throws -> CalendarDay {
        try #require(CalendarDay(text: text))
    }

    private static func kit() throws -> Kit {
        Kit(
            lots: [
                KitLot(number: "late", expires: try day("2027-06-30")),
                KitLot(number: "soon", expires: try day("2026-12-31")),
                KitLot(number: "old", expires: try day("2026-10-31")),
            ], poolSizes: [5, 10])
    }

    @Test("ASSAY-5: the lot in date that expires first is taken, on its last day too")
    func lots() throws {
        let kit = try Self.kit()
        #expect(try kit.lot(nil, on: Self.day("2026-10-31"))?.number == "old")
        #expect(try kit.lot(nil, on: Self.day("2026-11-01"))?.number == "soon")
        #expect(try kit.lot(nil, on: Self.day("2027-01-01"))?.number == "late")
        #expect(try kit.lot("late", on: Self.day("2026-11-01"))?.number == "late")
        #expect(try Kit().lot(nil, on: Self.day("2026-11-01")) == nil)
    }

    @Test("ASSAY-5: no lot is taken that is out of date or unknown")
    func expired() throws {
        let kit = try Self.kit()
        let today = try Self.day("2026-11-22")
        #expect(throws: Kit.LotFault.expired(kit.lots[2])) { try kit.lot("old", on: today) }
        #expect(throws: Kit.LotFault.unknown) { try kit.lot("new", on: today) }
        let after = try Self.day("2027-07-01")
        #expect(throws: Kit.LotFault.expired(kit.lots[0])) { try kit.lot(nil, on: after) }
    }

    @Test("ASSAY-6: a kit is validated for the sizes that it names, or for all when it names none")
    func sizes() throws {
        let kit = try Self.kit()
        #expect(
            [1, 4, 5, 6, 10, 11].map(kit.isValidated) == [false, false, true, false, true, false])
        #expect(Kit().isValidated(forPoolsOf: 30))
    }

    private static func policy(_ rule: RepeatRule?) -> ResolutionPolicy {
        ResolutionPolicy(
            version: "v", maximumTests: 3, secondKitFor: [], unconfirmedPool: .note
        ).with(rule)
    }

    private static let tube = Tested.single(
        SingleTube(id: TubeID("T1"), person: PersonID("P1")))

    @Test("ASSAY-7: an assay's own rule of repeating goes before the programme's")
    func repeats() {
        func after(_ verdicts: [Verdict], _ rule: RepeatRule?) -> Resolution? {
            guard let last = verdicts.last else { return nil }
            return resolve(
                Self.tube, read: last, with: .first,
                after: verdicts.dropLast().map { PastTest(kit: .first, verdict: $0) },
                under: Self.policy(rule))
        }
        let both: Set<Verdict> = [.grey, .invalid]
        let once = RepeatRule(verdicts: both, maximumTests: 2, greyTwice: .recollect)
        let never = RepeatRule(verdicts: [], maximumTests: 3)
        #expect(after([.invalid, .invalid], nil) == .again)
        #expect(after([.invalid], once) == .again)
        #expect(after([.invalid, .invalid], once) == .recollect(.unreadable))
        #expect(after([.invalid], never) == .recollect(.unreadable))
        #expect(after([.grey], never) == .recollect(.unreadable))
        #expect(after([.grey], once) == .again)
        #expect(after([.grey, .grey], once) == .recollect(.unreadable))
        #expect(after([.grey, .grey], nil) == .answer(.detected))
        #expect(after([.grey, .detected], once) == .answer(.detected))
        #expect(after([.grey, .notDetected], once) == .answer(.notDetected))
    }
}
