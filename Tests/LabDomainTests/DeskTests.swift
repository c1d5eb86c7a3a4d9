import LabDomain
import LabStatistics
import Testing

@Suite("The clock and the tubes of a sampling desk")
struct DeskTests {
    private static let now = Timestamp(milliseconds: 1_627_956_000_000)

    @Test("DESK-5: a device's clock that is wrong is put right by its offset, and marked")
    func correction() {
        let device = Self.now.advanced(by: .minutes(10))
        let fast = DeskTime(
            device: device, offset: .minutes(-10), after: nil, now: Self.now)
        #expect(fast.at == Self.now)
        #expect(fast.device == device)
        let right = DeskTime(
            device: Self.now, offset: DeskTime.tolerance, after: nil,
            now: Self.now.advanced(by: .hours(1)))
        #expect(right.at == Self.now)
        #expect(right.device == nil)
    }

    @Test("DESK-5: no time lies after it was told of, nor before what the desk did earlier")
    func bounds() {
        var random = SeededGenerator(seed: 90)
        for round in 0..<2_000 {
            func moment() -> Timestamp {
                Self.now.advanced(by: .seconds(Int(random.next() % 20_000) - 10_000))
            }
            let (device, earlier) = (moment(), min(moment(), Self.now))
            let offset = Span.seconds(Int(random.next() % 4_000) - 2_000)
            let time = DeskTime(device: device, offset: offset, after: earlier, now: Self.now)
            #expect(time.at <= Self.now && time.at >= earlier, "seed 90, round \(round)")
            #expect((time.device == nil) == (time.at == device), "seed 90, round \(round)")
        }
    }

    @Test("DESK-4: the first thing that stands against a tube is the one that is told")
    func causes() {
        let fine = (people: 10, counted: 10, isRegistered: false, isAtOtherDesk: false, name: false)
        var closing = fine
        func cause(_ tube: DeskTube = Self.tube(nil)) -> DeskCause? {
            tube.causeOfClosing(
                people: closing.people, counted: closing.counted,
                isRegistered: closing.isRegistered, isAtOtherDesk: closing.isAtOtherDesk,
                hasOtherName: closing.name)
        }
        #expect(cause() == nil)
        closing.name = true
        #expect(cause() == .otherName)
        closing.counted = 9
        #expect(cause() == .count)
        closing.people = 11
        #expect(cause() == .overfull)
        closing.isAtOtherDesk = true
        #expect(cause() == .otherDesk)
        closing.isRegistered = true
        #expect(cause() == .registered)
        #expect(cause(Self.tube(.unreadable)) == .unreadable)
    }

    @Test("DESK-4: a swab too many and one of a person who cannot be read are kept with the tube")
    func binding() {
        let tube = Self.tube(nil)
        #expect(tube.causeOfBinding(people: 9, isReadable: true) == nil)
        #expect(tube.causeOfBinding(people: 10, isReadable: true) == .overfull)
        #expect(tube.causeOfBinding(people: 0, isReadable: false) == .unreadable)
    }

    @Test("DESK-6: a person is read at a desk by the rules of manifests")
    func person() {
        let rules = ManifestRules(formats: [], zone: .china, now: Self.now)
        let good = DeskPerson(name: "张伟", documentNumber: "11010519491231002x")
        #expect(good.read(under: rules).details?.document.number == "11010519491231002X")
        let slip = DeskPerson(name: "", documentNumber: "110105194912310020")
        #expect(slip.read(under: rules).details == nil)
        #expect(slip.read(under: rules).faults == [.nameMissing, .documentCheck])
    }

    private static func tube(_ cause: DeskCause?) -> DeskTube {
        DeskTube(
            id: DeskTubeID("DT"), desk: "desk", tube: TubeID("T"), ratio: .ten, risk: .low,
            unit: "U", site: "S", box: nil, state: .open, cause: cause)
    }
}
