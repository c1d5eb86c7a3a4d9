import LabDomain
import LabOperations
import LabStore
import Testing

@Suite("Plates that are mended")
struct PlateMendingTests {
    /// Single tubes that wait for a plate.
    static func bench(
        _ tubes: ClosedRange<Int>, settings: String? = nil, box: String = "B1"
    ) throws -> Bench {
        let bench = try Bench(settings: settings)
        try receive(tubes, in: bench, box: box)
        return bench
    }

    static func receive(_ tubes: ClosedRange<Int>, in bench: Bench, box: String) throws {
        try bench.perform(
            bench.manifest(
                tubes.map {
                    bench.row(tube: $0, kind: "1:1", person: $0, risk: "key", box: box)
                }))
        try bench.perform(ReceiveBox(box: box, scans: nil, goodOnly: false))
    }

    private func samples(_ bench: Bench, _ plate: PlateID) throws -> [Worklist.Well] {
        try bench.laboratory.worklist(of: plate, as: Bench.technician).wells.filter {
            !$0.code.isEmpty
        }
    }

    private func isSound(_ bench: Bench) throws -> Bool {
        try bench.laboratory.store.audit().isSound
    }

    @Test("PLATE-9: a failed well's test waits again, and the run need not read the well")
    func failWell() throws {
        let bench = try Self.bench(1...6)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let well = try #require(try samples(bench, plate).dropFirst(2).first)
        let failed = try bench.perform(
            FailWell(plate: plate, well: well.well, reason: "clot"))
        #expect(failed.code == well.code)
        let waiting = try bench.laboratory.waitingTests(onlyRetests: false, as: Bench.technician)
        #expect(waiting.map(\.subject) == [well.code])
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        #expect(worklist.failed == [well.well] && worklist.wells.count == 11)
        #expect(worklist.picture(at: bench.now).contains("xx"))
        #expect(try bench.violations.isEmpty)

        let run = try bench.perform(
            ImportRun(file: try bench.run(plate) { _ in Bench.negative }, plate: plate))
        #expect(run.samples == 5 && run.notDetected == 5)
        let again = try bench.testPlate { _ in Bench.negative }
        #expect(try samples(bench, again).map(\.code) == [well.code])
        #expect(try bench.violations.isEmpty)
        #expect(try isSound(bench))
        let story = try bench.laboratory.story(of: well.code, as: Bench.technician)
        #expect(story.contains { $0.what.contains("clot") })
    }

    @Test("PLATE-9: an instrument may read a failed well all the same")
    func readAllTheSame() throws {
        let bench = try Self.bench(1...4)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        // Exported before the well failed: it is in the file.
        let file = try bench.run(plate) { _ in Bench.positive }
        let well = try #require(try samples(bench, plate).first)
        try bench.perform(FailWell(plate: plate, well: well.well, reason: "leaked"))
        let run = try bench.perform(ImportRun(file: file, plate: plate))
        #expect(run.samples == 3 && run.detected == 3)
        #expect(try bench.violations.isEmpty && isSound(bench))
    }

    @Test(
        "PLATE-9: no control fails, no empty well, none twice, none without a reason, not the last")
    func failRefused() throws {
        let bench = try Self.bench(1...2)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        let sample = try #require(worklist.wells.first { !$0.code.isEmpty }?.well)
        let control = try #require(worklist.wells.first { $0.code.isEmpty }?.well)
        func refusal(_ well: WellPosition, _ reason: String = "clot") throws -> Refusal.Code? {
            try bench.refusal(FailWell(plate: plate, well: well, reason: reason))?.code
        }
        #expect(try refusal(control) == .rule)
        #expect(try refusal(WellPosition(row: 7, column: 11)) == .unknown)
        #expect(try refusal(sample, " ") == .badData)
        #expect(try refusal(sample) == nil)
        #expect(try refusal(sample) == .rule)
        let last = try #require(worklist.wells.last { !$0.code.isEmpty }?.well)
        #expect(try refusal(last) == .rule)
        try bench.perform(
            ImportRun(file: try bench.run(plate) { _ in Bench.negative }, plate: plate))
        #expect(try refusal(last) == .rule)
    }

    @Test(
        "PLATE-10: a plate whose run failed is laid out again well by well under a new name",
        arguments: [true, false])
    func rerun(byControls: Bool) throws {
        let bench = try Self.bench(1...10)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        #expect(try bench.refusal(RerunPlate(plate: plate))?.code == .rule)
        let file = try bench.run(plate, negativesSignal: byControls) { _ in Bench.negative }
        try bench.perform(ImportRun(file: file, plate: plate))
        if !byControls {
            #expect(try bench.refusal(RerunPlate(plate: plate))?.code == .rule)
            try bench.perform(RefuseRun(plate: plate), as: Bench.supervisor)
        }
        // One tube has turned out to be unfit since.
        let before = try samples(bench, plate)
        let lost = before[4]
        try bench.perform(RejectTube(scan: lost.code, reason: .insufficient))
        let again = try bench.perform(RerunPlate(plate: plate))
        #expect(again.rerunOf == plate && again.plate != plate)
        #expect(again.samples == 9 && again.leftOut == [lost.well])
        let after = try samples(bench, again.plate)
        #expect(after.map(\.code) == before.map(\.code).filter { $0 != lost.code })
        #expect(after.map(\.well) == before.map(\.well).filter { $0 != lost.well })
        #expect(try bench.refusal(RerunPlate(plate: plate))?.code == .exists)
        #expect(try bench.violations.isEmpty)
        let read = try bench.perform(
            ImportRun(file: try bench.run(again.plate) { _ in Bench.negative }, plate: again.plate))
        #expect(read.samples == 9 && read.isValid)
        #expect(try bench.violations.isEmpty && isSound(bench))
    }

    @Test(
        "PLATE-10: a plate run again and given up may be run again; without tests there is nothing")
    func rerunAgain() throws {
        let bench = try Self.bench(1...5)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        try bench.perform(
            ImportRun(
                file: try bench.run(plate, negativesSignal: true) { _ in Bench.negative },
                plate: plate))
        let again = try bench.perform(RerunPlate(plate: plate)).plate
        try bench.perform(AbandonPlate(plate: again))
        let third = try bench.perform(RerunPlate(plate: plate), key: "third").plate
        #expect(third != again)
        try bench.perform(
            ImportRun(file: try bench.run(third) { _ in Bench.negative }, plate: third))
        try bench.test { _ in Bench.negative }
        #expect(try bench.violations.isEmpty && isSound(bench))
    }

    @Test("PLATE-8: the run of four plates that were put together answers for all of them")
    func combine() throws {
        let bench = try Self.bench(1...60)
        let plates = try (0..<4).map { _ in
            try bench.perform(LayOutPlate(kit: .first, most: 15)).plate
        }
        let before = try plates.map { try samples(bench, $0) }
        // A well that failed before stays failed.
        try bench.perform(FailWell(plate: plates[2], well: before[2][0].well, reason: "clot"))
        let whole = try bench.perform(CombinePlates(plates: plates))
        #expect(whole.samples == 59 && whole.controls == 24)
        let worklist = try bench.laboratory.worklist(of: whole.plate, as: Bench.technician)
        #expect(worklist.format == .wells384 && worklist.failed.count == 1)
        for (number, plate) in plates.enumerated() {
            let own = worklist.wells.filter { $0.sourcePlate == plate && !$0.code.isEmpty }
            let wells = Dictionary(uniqueKeysWithValues: own.map { ($0.sourceWell, $0.code) })
            for well in before[number].dropFirst(number == 2 ? 1 : 0) {
                #expect(wells[well.well] == well.code)
            }
            // What was pipetted before can still be looked up.
            #expect(try samples(bench, plate).count == (number == 2 ? 14 : 15))
            let line = try bench.laboratory.plateSheet(of: plate, as: Bench.technician).line
            #expect(line.state == "combined" && line.samples == (number == 2 ? 14 : 15))
        }
        #expect(try bench.violations.isEmpty)
        let file = try bench.run(whole.plate) {
            $0.hasSuffix("7") ? Bench.positive : Bench.negative
        }
        let run = try bench.perform(ImportRun(file: file, plate: whole.plate))
        #expect(run.samples == 59 && run.isValid)
        #expect(try bench.violations.isEmpty && isSound(bench))
        #expect(try bench.refusal(AbandonPlate(plate: plates[0]))?.code == .rule)
    }

    @Test("PLATE-8: one failed control of one of the plates stops the whole run")
    func combinedControls() throws {
        let bench = try Self.bench(1...20)
        let plates = try (0..<2).map { _ in
            try bench.perform(LayOutPlate(kit: .first, most: 10)).plate
        }
        let whole = try bench.perform(CombinePlates(plates: plates)).plate
        let file = try bench.run(whole, negativesSignal: true) { _ in Bench.negative }
        let run = try bench.perform(ImportRun(file: file, plate: whole))
        #expect(!run.isValid && run.newTests == 20)
        let again = try bench.perform(RerunPlate(plate: whole))
        #expect(again.samples == 20)
        #expect(try bench.violations.isEmpty && isSound(bench))
    }

    @Test("PLATE-8: plates of two kits, read ones, or one twice are not put together")
    func combineRefused() throws {
        let bench = try Self.bench(1...20)
        let one = try bench.perform(LayOutPlate(kit: .first, most: 5)).plate
        let other = try bench.perform(LayOutPlate(kit: .first, most: 5)).plate
        #expect(try bench.refusal(CombinePlates(plates: [one]))?.code == .badData)
        #expect(try bench.refusal(CombinePlates(plates: [one, one]))?.code == .badData)
        #expect(
            try bench.refusal(CombinePlates(plates: [one, PlateID("PLX")]))?.code == .unknown)
        try bench.perform(
            ImportRun(file: try bench.run(other) { _ in Bench.positive }, plate: other))
        #expect(try bench.refusal(CombinePlates(plates: [one, other]))?.code == .rule)
        let second = try bench.perform(LayOutPlate(kit: .second)).plate
        #expect(try bench.refusal(CombinePlates(plates: [one, second]))?.code == .rule)
    }

    @Test("PLATE-6: the plates of a day have their positive controls in different wells")
    func day() throws {
        let bench = try Self.bench(1...60)
        let places = try (0..<12).map { _ in
            let plate = try bench.perform(LayOutPlate(kit: .first, most: 5)).plate
            let wells = try bench.laboratory.worklist(of: plate, as: Bench.technician).wells
            return ControlPlaces(
                format: .wells96,
                positives: Set(
                    wells.filter {
                        ControlKind(rawValue: $0.content)?.isPositive == true
                    }.map(\.well)))
        }
        for (index, one) in places.enumerated() {
            #expect(one.positives.count == 2)
            for other in places.prefix(index) { #expect(one.isApart(from: other)) }
        }
    }

    @Test("PLATE-3: retests stand ahead on the plate, then what is due first")
    func order() throws {
        var bench = try Self.bench(1...3, box: "B1")
        let first = try bench.testPlate { _ in [38, 38, 25] }
        #expect(try samples(bench, first).count == 3)
        bench.now = bench.now.advanced(by: .minutes(5))
        try Self.receive(11...13, in: bench, box: "B2")
        bench.now = bench.now.advanced(by: .minutes(5))
        try Self.receive(21...23, in: bench, box: "B3")
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let codes = try samples(bench, plate).map(\.code)
        #expect(codes == [1, 2, 3, 11, 12, 13, 21, 22, 23].map(Bench.barcode))
    }
}
