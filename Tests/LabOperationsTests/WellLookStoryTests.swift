import LabDomain
import LabOperations
import LabStore
import Testing

@Suite("A person looks before release")
struct WellLookStoryTests {
    /// Readings of a plate: controls as they must be, samples by what is asked for.
    private func run(
        _ bench: Bench, _ plate: PlateID, doubtful: Set<String>,
        controls: CurveOpinion = .positive, cqs: (String) -> [Double?]
    ) throws -> ImportRun {
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        let readings = worklist.wells.flatMap { well -> [Reading] in
            let kind = ControlKind(rawValue: well.content)
            let values: [Double?] =
                kind.map { $0.isPositive ? [30, 30, 25] : [nil, nil, 25] } ?? cqs(well.code)
            return zip(worklist.channels, values).map { channel, value in
                let isFlat = value == nil
                let curve: CurveOpinion =
                    kind == .weakPositive
                    ? controls
                    : doubtful.contains(well.code) ? .ambiguous : isFlat ? .negative : .positive
                return Reading(
                    well: well.well, target: channel, cq: value.flatMap { Cq($0) }, curve: curve)
            }
        }
        return ImportRun(
            ReadRun(plate: plate, readings: readings), file: Array("\(plate)\(doubtful)".utf8))
    }

    private func laboratory(_ tubes: Int) throws -> (Bench, PlateID) {
        let bench = try PlateMendingTests.bench(1...tubes)
        return (bench, try bench.perform(LayOutPlate(kit: .first)).plate)
    }

    private func look(_ bench: Bench, _ plate: PlateID) throws -> [WaitingLook] {
        try bench.laboratory.looks(of: plate, onlyOpen: true, as: Bench.technician)
    }

    @Test("LOOK-1: a doubtful well says nothing until a second person has looked; the others do")
    func held() throws {
        let (bench, plate) = try laboratory(5)
        let doubtful = Bench.barcode(3)
        let answer = try bench.perform(
            try run(bench, plate, doubtful: [doubtful]) { _ in Bench.negative })
        #expect(answer.isValid && answer.notDetected == 4)
        let look = try #require(answer.looks?.first)
        #expect(answer.looks?.count == 1 && look.reasons == [.ambiguousCurve])
        #expect(try self.look(bench, plate).map(\.code) == [doubtful])
        #expect(try bench.violations.isEmpty)

        let reviewed = try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        #expect(reviewed.reviewed == 4)
        let refusal = try #require(
            try bench.refusal(Release(.tubes([doubtful])), as: Bench.supervisor))
        #expect(refusal.places.map(\.code) == ["needs-look"])
        #expect(try bench.perform(Release(.negatives), as: Bench.supervisor).tubes.count == 4)

        let done = try bench.perform(
            LookAtWell(run: plate.text, well: look.well, accepts: true), as: Bench.supervisor)
        #expect(done.verdict == .notDetected && done.left == 0)
        #expect(try bench.perform(Release(.tubes([doubtful])), as: Bench.supervisor).people == 1)
        #expect(try bench.violations.isEmpty)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("LOOK-2: an accepted look does what the verdict asks for: a positive is proved")
    func accepted() throws {
        let (bench, plate) = try laboratory(2)
        let answer = try bench.perform(
            try run(bench, plate, doubtful: [Bench.barcode(1)]) { _ in Bench.positive })
        // The other tube's positive is to be confirmed already.
        #expect(answer.newTests == 1)
        let well = try #require(answer.looks?.first?.well)
        let done = try bench.perform(
            LookAtWell(run: answer.run.text, well: well, accepts: true), as: Bench.supervisor)
        #expect(done.verdict == .detected && done.newTests == 1)
        let waiting = try bench.laboratory.waitingTests(onlyRetests: true, as: Bench.technician)
        #expect(waiting.map(\.purpose) == [.confirmation, .confirmation])
        #expect(try bench.violations.isEmpty)
    }

    @Test("LOOK-2: after a look that asks for it the test is done again, and does not count")
    func repeated() throws {
        let (bench, plate) = try laboratory(2)
        let code = Bench.barcode(2)
        var current = plate
        // More often than the programme repeats unreadable tests.
        for _ in 0..<4 {
            let answer = try bench.perform(
                try run(bench, current, doubtful: [code]) { _ in Bench.negative })
            let well = try #require(answer.looks?.first?.well)
            let done = try bench.perform(
                LookAtWell(run: answer.run.text, well: well, accepts: false),
                as: Bench.supervisor)
            #expect(done.verdict == .invalid && done.newTests == 1 && done.recollections == 0)
            #expect(try bench.violations.isEmpty)
            current = try bench.perform(LayOutPlate(kit: .first)).plate
        }
        let last = try bench.perform(
            try run(bench, current, doubtful: []) { _ in Bench.negative })
        #expect(last.notDetected == 1 && last.looks == nil)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("LOOK-3: who imported the run does not look at it, and nobody looks twice")
    func another() throws {
        let (bench, plate) = try laboratory(2)
        let answer = try bench.perform(
            try run(bench, plate, doubtful: [Bench.barcode(1)]) { _ in Bench.negative },
            as: Bench.supervisor)
        let well = try #require(answer.looks?.first?.well)
        let look = LookAtWell(run: plate.text, well: well, accepts: true)
        #expect(try bench.refusal(look, as: Bench.supervisor)?.code == .rule)
        #expect(try bench.refusal(look, as: Bench.technician)?.code == .notPermitted)
        #expect(try bench.refusal(look, as: Bench.colleague) == nil)
        let again = LookAtWell(run: plate.text, well: well, accepts: false)
        #expect(try bench.refusal(again, as: Bench.colleague)?.code == .rule)
        let other = LookAtWell(
            run: plate.text, well: WellPosition(row: 7, column: 11), accepts: true)
        #expect(try bench.refusal(other, as: Bench.colleague)?.code == .unknown)
    }

    @Test("LOOK-4: a doubtful control holds up the whole run's review")
    func controls() throws {
        let (bench, plate) = try laboratory(3)
        let answer = try bench.perform(
            try run(bench, plate, doubtful: [], controls: .negative) { _ in Bench.negative })
        #expect(answer.isValid && answer.notDetected == 3)
        let well = try #require(answer.looks?.first?.well)
        let refusal = try #require(
            try bench.refusal(ReviewRun(plate: plate), as: Bench.supervisor))
        #expect(refusal.places.map(\.subject) == [well.description])
        let again = LookAtWell(run: plate.text, well: well, accepts: false)
        #expect(try bench.refusal(again, as: Bench.supervisor)?.code == .rule)
        try bench.perform(
            LookAtWell(run: plate.text, well: well, accepts: true), as: Bench.supervisor)
        #expect(try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor).reviewed == 3)
        #expect(try bench.violations.isEmpty)
    }

    @Test("LOOK-5: a refused run ends its looks; all its tests are done again")
    func refused() throws {
        let (bench, plate) = try laboratory(3)
        try bench.perform(
            try run(bench, plate, doubtful: [Bench.barcode(2)], controls: .negative) { _ in
                Bench.positive
            })
        let refused = try bench.perform(RefuseRun(plate: plate), as: Bench.supervisor)
        #expect(refused.testsAgain == 3)
        #expect(try look(bench, plate).isEmpty)
        #expect(try bench.violations.isEmpty)
        try bench.test { _ in Bench.negative }
        #expect(try bench.violations.isEmpty)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("LOOK-1: a doubtful pool holds up its members, and a doubtful member its pool's outcome")
    func pools() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest((1...5).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        try bench.perform(FormPools(.proposed(PoolWishes(scheme: PoolScheme(size: 5)))))
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let pool = try #require(
            try bench.laboratory.worklist(of: plate, as: Bench.technician).wells
                .first { !$0.code.isEmpty }?.code)
        let answer = try bench.perform(
            try run(bench, plate, doubtful: [pool]) { _ in Bench.positive })
        #expect(answer.detected == 0 && answer.newTests == 0)
        let refusal = try #require(
            try bench.refusal(Release(.tubes([Bench.barcode(1)])), as: Bench.supervisor))
        #expect(refusal.places.map(\.code) == ["needs-look"])
        let well = try #require(answer.looks?.first?.well)
        let done = try bench.perform(
            LookAtWell(run: plate.text, well: well, accepts: true), as: Bench.supervisor)
        #expect(done.newTests == 5)
        let second = try bench.perform(LayOutPlate(kit: .first)).plate
        let members = try bench.perform(
            try run(bench, second, doubtful: [Bench.barcode(5)]) { _ in Bench.negative })
        #expect(members.notDetected == 4)
        let open = try bench.laboratory.pools(onlyOpen: true, as: Bench.technician)
        #expect(open.map(\.id.text) == [pool])
        let last = try #require(members.looks?.first?.well)
        try bench.perform(
            LookAtWell(run: second.text, well: last, accepts: true), as: Bench.supervisor)
        #expect(try bench.laboratory.pools(onlyOpen: true, as: Bench.technician).isEmpty)
        #expect(try bench.violations.isEmpty)
        #expect(try bench.laboratory.store.audit().isSound)
    }
}
