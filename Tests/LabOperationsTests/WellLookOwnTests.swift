import LabDomain
import LabOperations
import LabStore
import Testing

@Suite("Our own Cq counts where a person says so")
struct WellLookOwnTests {
    /// A read plate of three tubes: the instrument saw nothing in the second, its curves rise.
    private func laboratory(
        own: Double? = 25, curve: CurveOpinion? = .positive
    ) throws -> (Bench, ImportRun.Answer, PlateID) {
        let bench = try PlateMendingTests.bench(1...3)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        let readings = worklist.wells.flatMap { well -> [Reading] in
            let kind = ControlKind(rawValue: well.content)
            return worklist.channels.map { channel in
                let isMissed = well.code == Bench.barcode(2) && channel != "IC"
                let cq = channel == "IC" ? 25.0 : kind?.isPositive == true ? 30 : nil
                let rises = isMissed ? own : cq
                return Reading(
                    well: well.well, target: channel, cq: cq.flatMap(Cq.init),
                    called: isMissed ? .detected : nil, ownCq: rises.flatMap(Cq.init),
                    curve: isMissed ? curve : rises == nil ? .negative : .positive)
            }
        }
        let answer = try bench.perform(
            ImportRun(ReadRun(plate: plate, readings: readings), file: Array("\(plate)".utf8)))
        return (bench, answer, plate)
    }

    @Test("LOOK-6: our own Cq makes the verdict, what follows of it, and the reported cycles")
    func counts() throws {
        let (bench, answer, plate) = try laboratory()
        let well = try #require(answer.looks?.first?.well)
        #expect(answer.notDetected == 2 && answer.looks?.count == 1)
        let look = LookAtWell(
            run: plate.text, well: well, accepts: true, byCurve: true, why: "both targets rise")
        let done = try bench.perform(look, as: Bench.supervisor)
        #expect(done.verdict == .detected)
        // A positive single tube is proved with another test.
        #expect(done.newTests == 1)
        #expect(try bench.violations.isEmpty)
        #expect(try bench.laboratory.store.audit().isSound)
        let stored = try #require(
            try bench.laboratory.store.read { try $0.looks(of: answer.run) }.first)
        #expect(stored.byCurve && stored.why == "both targets rise")
        let story = try bench.laboratory.story(of: plate.text, as: Bench.supervisor)
        #expect(story.contains { $0.what.text.contains("its curve counts (both targets rise)") })
    }

    @Test("LOOK-6: where our own reading says what the instrument says, nothing changes")
    func same() throws {
        let (bench, answer, plate) = try laboratory(own: nil, curve: .negative)
        let well = try #require(answer.looks?.first?.well)
        let done = try bench.perform(
            LookAtWell(run: plate.text, well: well, accepts: true, byCurve: true),
            as: Bench.supervisor)
        #expect(done.verdict == .notDetected && done.newTests == 0)
        #expect(try bench.violations.isEmpty)
    }

    @Test("LOOK-6: a well without curves has no Cq of our own, and a reason has its length")
    func refused() throws {
        let (bench, answer, plate) = try laboratory()
        let well = try #require(answer.looks?.first?.well)
        let long = String(repeating: "x", count: LookAtWell.longestReason + 1)
        let refusal = try bench.refusal(
            LookAtWell(run: plate.text, well: well, accepts: true, why: long),
            as: Bench.supervisor)
        #expect(refusal?.message.text.contains("longer than 300") == true)
        let mute = try PlateMendingTests.bench(1...2)
        let second = try mute.perform(LayOutPlate(kit: .first)).plate
        let worklist = try mute.laboratory.worklist(of: second, as: Bench.technician)
        let readings = worklist.wells.flatMap { well in
            worklist.channels.map { channel in
                let isPositive = ControlKind(rawValue: well.content)?.isPositive == true
                return Reading(
                    well: well.well, target: channel,
                    cq: channel == "IC" ? Cq(25) : isPositive ? Cq(30) : nil,
                    called: well.code == Bench.barcode(1) && channel == "N" ? .detected : nil)
            }
        }
        let read = try mute.perform(
            ImportRun(ReadRun(plate: second, readings: readings), file: [1]))
        let doubtful = try #require(read.looks?.first?.well)
        let none = try mute.refusal(
            LookAtWell(run: second.text, well: doubtful, accepts: true, byCurve: true),
            as: Bench.supervisor)
        #expect(none?.message.text.contains("no curve") == true)
        #expect(
            try mute.laboratory.looks(of: second, onlyOpen: true, as: Bench.technician).count == 1)
    }
}
