import LabDomain
import LabExchange
import LabOperations
import LabStore
import Testing

@Suite("Both kinds of pool, from end to end")
struct JourneyTests {
    @Test("RES-3, REC-1: a positive mixed tube calls its people back; a new single tube ends it")
    func mixedTube() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest((1...3).map { bench.row(tube: 1, kind: "10:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        try bench.test { _ in Bench.positive }
        let list = try bench.laboratory.recollections(onlyOpen: true, as: Bench.technician)
        #expect(list.map(\.name) == ["Person 1", "Person 2", "Person 3"])
        #expect(try bench.laboratory.status(as: Bench.technician).answersToRelease == 0)

        // In a mixed tube again nobody is linked; alone they are.
        try bench.perform(
            bench.manifest([
                bench.row(tube: 2, kind: "5:1", person: 1, box: "B2"),
                bench.row(tube: 2, kind: "5:1", person: 9, box: "B2"),
                bench.row(tube: 3, kind: "1:1", person: 2, box: "B2"),
            ]))
        let left = try bench.laboratory.recollections(onlyOpen: true, as: Bench.technician)
        #expect(left.map(\.name) == ["Person 1", "Person 3"])
        let linked = try bench.laboratory.recollections(onlyOpen: false, as: Bench.technician)
            .first { $0.name == "Person 2" }
        #expect(linked?.state == "collected")
        #expect(try bench.violations.isEmpty)
    }

    @Test("REC-2: a recollection ends in a named outcome, and `collected` only by a new tube")
    func outcomes() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest((1...5).map { bench.row(tube: 1, kind: "5:1", person: $0) }))
        try bench.perform(RejectTube(scan: Bench.barcode(1), reason: .leaking))
        let list = try bench.laboratory.recollections(onlyOpen: true, as: Bench.technician)
        #expect(list.count == 5)
        for (one, outcome) in zip(list, RecollectionOutcome.allCases) {
            let refusal = try bench.refusal(
                CloseRecollection(recollection: one.recollection, outcome: outcome))
            #expect((refusal == nil) == (outcome != .collected))
        }
        #expect(try bench.laboratory.status(as: Bench.technician).recollectionsOpen == 1)
    }

    @Test("RES-1, RES-7, PLATE-3: a positive pool retests its kept tubes ahead of routine work")
    func laboratoryPool() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest((1...5).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let pool = try bench.perform(FormPools(.proposed(PoolWishes(scheme: PoolScheme(size: 5)))))
            .pools[0]
        try bench.testPlate { code in code == pool.pool.text ? Bench.positive : Bench.negative }
        try bench.perform(
            bench.manifest([bench.row(tube: 6, kind: "1:1", person: 6, box: "B2")]))
        try bench.perform(ReceiveBox(box: "B2", scans: nil, goodOnly: false))
        let waiting = try bench.laboratory.waitingTests(onlyRetests: false, as: Bench.technician)
        #expect(waiting.map(\.purpose) == Array(repeating: .retest, count: 5) + [.routine])
        #expect(waiting.first?.pool == pool.pool)

        // One member positive: it is proved with the second kit before it counts.
        let positive = Bench.barcode(3)
        try bench.test { $0 == positive ? Bench.positive : Bench.negative }
        #expect(try bench.laboratory.status(as: Bench.technician).poolsConfirmed == 0)
        try bench.test(.second) { _ in Bench.positive }
        #expect(try bench.laboratory.status(as: Bench.technician).poolsConfirmed == 1)
        #expect(try bench.violations.isEmpty)
    }

    @Test("RES-10: a positive pool without a positive member is unconfirmed, and a task asks why")
    func unconfirmed() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest((1...5).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let pool = try bench.perform(FormPools(.proposed(PoolWishes(scheme: PoolScheme(size: 5)))))
            .pools[0]
            .pool
        try bench.test { $0 == pool.text ? Bench.positive : Bench.negative }
        let status = try bench.laboratory.status(as: Bench.technician)
        #expect(status.poolsUnconfirmed == 1)
        #expect(status.answersToRelease == 5)
        let tasks = try bench.laboratory.tasks(onlyOpen: true, as: Bench.technician)
        #expect(tasks.map(\.about) == [pool.text])
        #expect(tasks.map(\.kind) == [.unconfirmedPool])
    }

    @Test("READ-4, CONS-4: a run whose controls failed reports nobody and repeats every test")
    func invalidRun() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest((1...3).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        // However often the controls fail, the tubes are not to blame.
        for _ in 0..<4 {
            let plate = try bench.perform(LayOutPlate(kit: .first)).plate
            let file = try bench.run(plate, negativesSignal: true) { _ in Bench.positive }
            let answer = try bench.perform(ImportRun(file: file, plate: plate))
            #expect(!answer.isValid)
            #expect(answer.newTests == 3)
            #expect(try bench.refusal(ReviewRun(plate: plate), as: Bench.supervisor) != nil)
        }
        let status = try bench.laboratory.status(as: Bench.technician)
        #expect(status.answersToRelease == 0 && status.recollectionsOpen == 0)
        // One grey test after all of that is repeated, not given up.
        try bench.test { _ in [38, 38, 25] }
        #expect(try bench.laboratory.status(as: Bench.technician).recollectionsOpen == 0)
    }

    @Test("REV-1: a refused run takes back what it led to; what has moved on keeps it")
    func refusedRun() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest(
                (1...5).map { bench.row(tube: $0, kind: "1:1", person: $0) }
                    + (6...8).map { bench.row(tube: 6, kind: "10:1", person: $0) }
                    + [bench.row(tube: 7, kind: "1:1", person: 9, risk: "key")]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        try bench.perform(FormPools(.proposed(PoolWishes(scheme: PoolScheme(size: 5)))))
        let plate = try bench.testPlate { _ in Bench.positive }
        let before = try bench.laboratory.status(as: Bench.technician)
        #expect(before.recollectionsOpen == 3 && before.retestsWaiting == 6)

        let answer = try bench.perform(RefuseRun(plate: plate), as: Bench.supervisor)
        #expect(answer.testsAgain == 3)
        let after = try bench.laboratory.status(as: Bench.technician)
        #expect(after.recollectionsOpen == 0 && after.testsWaiting == 3 && after.poolsOpen == 1)
        #expect(try bench.violations.isEmpty)

        let second = try bench.testPlate { _ in Bench.positive }
        try bench.perform(LayOutPlate(kit: .first))
        let refusal = try bench.refusal(RefuseRun(plate: second), as: Bench.supervisor)
        #expect(refusal?.code == .rule && refusal?.places.isEmpty == false)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("RES-15: clocks that ended when a refused run called people back run on")
    func clocksOfRefusedRun() throws {
        let call = """
            clocks:
              - { name: call, starts: received, stops: recollection-opened, limit: 6h, source: t }

            """
        let shipped = try Laboratory.shippedText(settings: false)
        var bench = try Bench(programme: shipped.replacing("clocks:\n", with: call))
        try bench.perform(
            bench.manifest((1...3).map { bench.row(tube: 1, kind: "10:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        func running() throws -> [String] {
            try bench.laboratory.store.read { view in
                try view.runningClocks(of: [.tube(TubeID(Bench.barcode(1)))]).map {
                    "\($0.rule) \($0.clock.dueAt.milliseconds) \($0.clock.pausedAt == nil)"
                }
            }.sorted()
        }
        let before = try running()
        #expect(before.count == 2)
        bench.now = bench.now.advanced(by: .minutes(90))
        let plate = try bench.testPlate { _ in Bench.positive }
        #expect(try running() != before)
        bench.now = bench.now.advanced(by: .minutes(5))
        try bench.perform(RefuseRun(plate: plate), as: Bench.supervisor)
        #expect(try running() == before)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("PLATE-3: repeats go onto a plate before routine work that has waited longer")
    func repeatsFirst() throws {
        var bench = try Bench()
        try bench.perform(
            bench.manifest((1...2).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let only = LayOutPlate(kit: .first, only: [Bench.barcode(2)])
        let plate = try bench.perform(only).plate
        bench.now = bench.now.advanced(by: .hours(2))
        let file = try bench.run(plate) { _ in [38.5, 38.5, 25] }
        try bench.perform(ImportRun(file: file, plate: plate))
        let waiting = try bench.laboratory.waitingTests(onlyRetests: false, as: Bench.technician)
        #expect(waiting.map(\.purpose) == [.again, .routine])
        let next = try bench.perform(LayOutPlate(kit: .first, most: 1)).plate
        let worklist = try bench.laboratory.worklist(of: next, as: Bench.technician)
        #expect(worklist.wells.map(\.code).filter { !$0.isEmpty } == [Bench.barcode(2)])
    }

    @Test("CONS-1: a run whose tube was rejected since is refused no more")
    func rejectedSince() throws {
        let bench = try Bench()
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let plate = try bench.testPlate { _ in [38.5, 38.5, 25] }
        try bench.perform(RejectTube(scan: Bench.barcode(1), reason: .leaking))
        let refusal = try bench.refusal(RefuseRun(plate: plate), as: Bench.supervisor)
        #expect(refusal?.places.map(\.code) == ["moved-on"])
        #expect(try bench.violations.isEmpty)
        #expect(try bench.laboratory.status(as: Bench.technician).testsWaiting == 0)
    }

    @Test("CONS-1: a run is refused no more when the sending unit was told of it")
    func toldSince() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest((1...2).map { bench.row(tube: 1, kind: "10:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let plate = try bench.testPlate { _ in Bench.positive }
        // Nobody is told before the second person has looked.
        #expect(try bench.refusal(ConfirmFeedback(box: "B1"), as: Bench.supervisor) != nil)
        try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        #expect(try bench.perform(ConfirmFeedback(box: "B1"), as: Bench.supervisor).delivered == 1)
        #expect(try bench.refusal(RefuseRun(plate: plate), as: Bench.supervisor) != nil)
    }

    @Test("REV-2: an answer is released when every run behind it is reviewed")
    func everyRun() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1, risk: "key")]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let first = try bench.testPlate { _ in Bench.positive }
        let second = try bench.testPlate(.second) { _ in Bench.positive }
        try bench.perform(ReviewRun(plate: second), as: Bench.supervisor)
        let release = Release(.tubes([Bench.barcode(1)]))
        #expect(
            try bench.refusal(release, as: Bench.supervisor)?.places.map(\.code) == ["not-reviewed"]
        )
        try bench.perform(ReviewRun(plate: first), as: Bench.supervisor)
        #expect(try bench.perform(release, as: Bench.supervisor).detected == 1)
    }

    @Test("REC-1: a swab taken before the one that asked for another answers nothing")
    func earlierSwab() throws {
        var bench = try Bench()
        let early = bench.row(tube: 2, kind: "1:1", person: 1, box: "B2")
        bench.now = bench.now.advanced(by: .hours(2))
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "5:1", person: 1)]))
        try bench.perform(RejectTube(scan: Bench.barcode(1), reason: .leaking))
        try bench.perform(bench.manifest([early]))
        #expect(try bench.laboratory.status(as: Bench.technician).recollectionsOpen == 1)
        try bench.perform(bench.manifest([bench.row(tube: 3, kind: "1:1", person: 1, box: "B3")]))
        #expect(try bench.laboratory.status(as: Bench.technician).recollectionsOpen == 0)
    }

    @Test("COL-8: a blank telephone does not erase the one that is known")
    func blanks() throws {
        let bench = try Bench()
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        var blank = bench.row(tube: 2, kind: "1:1", person: 1, box: "B2")
        blank[.telephone] = ""
        blank[.address] = "Compound 99"
        try bench.perform(bench.manifest([blank]))
        try bench.perform(RejectTube(scan: Bench.barcode(2), reason: .lost))
        let list = try bench.laboratory.recollections(onlyOpen: true, as: Bench.technician)
        #expect(list.map(\.telephone) == ["10210000001"])
        #expect(list.map(\.address) == ["Compound 99"])
    }

    @Test("READ-2: a plate is read under the assay with which it was laid out")
    func changedAssay() throws {
        let bench = try Bench()
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let file = try bench.run(plate) { _ in Bench.negative }
        let shipped = try Laboratory.shippedText(settings: true)
        try bench.perform(
            AdoptSettings(
                text: shipped.replacing("positive_at_most: 37", with: "positive_at_most: 36")),
            as: Bench.administrator)
        #expect(try bench.refusal(ImportRun(file: file, plate: plate))?.code == .rule)
        try bench.perform(AdoptSettings(text: shipped), as: Bench.administrator)
        #expect(try bench.perform(ImportRun(file: file, plate: plate)).isValid)
    }

    @Test("PLATE-3: an abandoned plate's tests wait again, as urgent as they were")
    func abandoned() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest((1...5).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        try bench.perform(FormPools(.proposed(PoolWishes(scheme: PoolScheme(size: 5)))))
        try bench.testPlate { _ in Bench.positive }
        let before = try bench.laboratory.waitingTests(onlyRetests: true, as: Bench.technician)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let file = try bench.run(plate) { _ in Bench.negative }
        #expect(try bench.perform(AbandonPlate(plate: plate)).testsAgain == 5)
        let after = try bench.laboratory.waitingTests(onlyRetests: true, as: Bench.technician)
        #expect(after.map(\.subject) == before.map(\.subject))
        #expect(after.map(\.purpose) == before.map(\.purpose))
        #expect(try bench.refusal(ImportRun(file: file, plate: plate)) != nil)
        #expect(try bench.refusal(AbandonPlate(plate: plate)) != nil)
        #expect(try bench.violations.isEmpty)
    }

    @Test("COL-6: a known person's name is corrected only when that is asked for")
    func names() throws {
        let bench = try Bench()
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        var row = bench.row(tube: 2, kind: "1:1", person: 1, box: "B2")
        row[.name] = "Persson 1"
        let refusal = try bench.refusal(bench.manifest([row]))
        #expect(refusal?.places.map(\.code) == ["person-other-name"])
        try bench.perform(
            RegisterManifest(
                file: ManifestFile.write([row]), mode: .allOrNothing, correctsNames: true))
        try bench.perform(RejectTube(scan: Bench.barcode(2), reason: .lost))
        let list = try bench.laboratory.recollections(onlyOpen: true, as: Bench.technician)
        #expect(list.map(\.name) == ["Persson 1"])
    }

    @Test("RES-9: a positive specimen of the environment opens a named task")
    func environment() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest([bench.row(tube: 1, kind: "environment", person: 0, place: "drain")]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        try bench.test { _ in Bench.positive }
        let task = try bench.laboratory.tasks(onlyOpen: true, as: Bench.technician)
        #expect(task.map(\.kind) == [.positiveEnvironment])
        try bench.perform(CloseTask(task: task[0].task, done: "closed and cleaned"))
        #expect(try bench.laboratory.tasks(onlyOpen: true, as: Bench.technician).isEmpty)
        #expect(try bench.violations.isEmpty)
    }

    @Test(
        "POOL-1, POOL-5: mixed tubes, tubes of key persons and tubes that do not wait are no pool")
    func namedPools() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest([
                bench.row(tube: 1, kind: "1:1", person: 1),
                bench.row(tube: 2, kind: "1:1", person: 2, risk: "key"),
                bench.row(tube: 3, kind: "5:1", person: 3),
                bench.row(tube: 4, kind: "1:1", person: 4, risk: "medium"),
            ]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        for partner in [2, 3, 4, 1] {
            let refusal = try bench.refusal(
                FormPools(
                    .named([FormPools.Named(tubes: [Bench.barcode(1), Bench.barcode(partner)])])))
            #expect(refusal?.places.isEmpty == false, "with tube \(partner)")
        }
        #expect(try bench.laboratory.status(as: Bench.technician).pools == 0)
    }
}
