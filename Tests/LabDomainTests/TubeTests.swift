import LabDomain
import Testing

@Suite("Tubes and their reception")
struct TubeTests {
    static func person(_ number: Int) -> PersonID { PersonID("P\(number)") }

    static func single(_ number: Int) -> SingleTube {
        SingleTube(id: TubeID("T\(number)"), person: person(number))
    }

    @Test(
        "COL-2: a mixed tube holds as many people as its ratio says", arguments: MixRatio.allCases)
    func mixed(_ ratio: MixRatio) throws {
        for count in 1...ratio.rawValue {
            let people = (1...count).map(Self.person)
            let tube = try MixedTube(id: TubeID("M1"), ratio: ratio, members: people)
            #expect(tube.members == people)
            #expect(CollectedTube.mixed(tube).specimens == count)
        }
        #expect(throws: MixedTube.Fault.tooMany(capacity: ratio.rawValue)) {
            try MixedTube(
                id: TubeID("M1"), ratio: ratio, members: (0...ratio.rawValue).map(Self.person))
        }
    }

    @Test(
        "COL-2: nobody, too many, and one person twice are refused in this order",
        arguments: [
            ([], .nobody), ([1, 2, 3, 4, 5, 1], .tooMany(capacity: 5)), ([1, 2, 1], .twice),
        ] as [([Int], MixedTube.Fault)])
    func refuses(_ people: [Int], because fault: MixedTube.Fault) {
        #expect(throws: fault) {
            try MixedTube(id: TubeID("M1"), ratio: .five, members: people.map(Self.person))
        }
    }

    @Test("COL-2: a single tube holds one person's specimen, one of the environment nobody's")
    func others() {
        let single = CollectedTube.single(Self.single(1))
        let place = CollectedTube.environmental(
            EnvironmentalTube(id: TubeID("E1"), place: "door"))
        #expect(single.people == [Self.person(1)])
        #expect(place.people.isEmpty)
        #expect([single.specimens, place.specimens] == [1, 1])
        #expect([single.kind, place.kind] == [.single, .environmental])
        #expect([Tested(single).kind, Tested(place).kind] == [.single, .environmental])
    }

    @Test(
        "ACC-1: the first check that a scan at the reception fails is the one reported",
        arguments: [
            (nil, nil, "B1", nil),
            (nil, nil, "B2", .otherBox(BoxID("B1"))),
            (nil, TimeTests.morning, "B2", .alreadyReceived(at: TimeTests.morning, by: "wang")),
            (.leaking, TimeTests.morning, "B2", .rejected(.leaking)),
            (.lost, nil, "B1", .rejected(.lost)),
        ] as [(RejectReason?, Timestamp?, String, ReceptionFault?)])
    func reception(
        _ reason: RejectReason?, _ receivedAt: Timestamp?, _ box: String, _ fault: ReceptionFault?
    ) {
        let tube = ExpectedTube(
            tube: .single(Self.single(1)), box: BoxID("B1"),
            state: reason == nil ? (receivedAt == nil ? .expected : .received) : .rejected,
            receivedAt: receivedAt, receivedBy: receivedAt.map { _ in "wang" },
            rejectedBecause: reason)
        var found: ReceptionFault?
        do throws(ReceptionFault) { try tube.admit(from: BoxID(box)) } catch { found = error }
        #expect(found == fault)
    }

    @Test("ACC-2: every reason to reject a tube says what was seen at the bench")
    func reasons() {
        #expect(Set(RejectReason.allCases.map(\.meaning)).count == RejectReason.allCases.count)
    }
}
