import LabDomain
import LabOperations
import LabStore
import Testing

/// A laboratory with one pool of single tubes, numbered from 1 in pipetting order.
struct StagedBench {
    let bench: Bench
    let pool: PoolID

    init(tubes: Int, scheme: String) throws {
        let bench = try Bench(
            programme: try Bench.programme(schemes: ["10>5>1", "8>4>2>1", "5>2>1", "10>5>2>1"]))
        try bench.perform(
            bench.manifest((1...tubes).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let choice = FormPools.Choice.proposed(PoolWishes(scheme: PoolScheme(text: scheme)))
        pool = try bench.perform(FormPools(choice)).pools[0].pool
        self.bench = bench
    }

    /// Tests one plate on which these pools and tubes are found and the others are not.
    @discardableResult
    func test(_ kit: KitRole = .first, found: [String] = []) throws -> PlateID {
        try bench.testPlate(kit) { found.contains($0) ? Bench.positive : Bench.negative }
    }

    var pools: [StoredPool] {
        get throws { try bench.laboratory.pools(onlyOpen: false, as: Bench.technician) }
    }

    /// The smaller pools that were cut out of a pool and not withdrawn, in pipetting order.
    func parts(of pool: PoolID) throws -> [PoolID] {
        let parts = try pools.filter { $0.parent == pool && $0.state != .withdrawn }.map(\.id)
        return try parts.sorted { try tubes(of: $0)[0] < tubes(of: $1)[0] }
    }

    func tubes(of pool: PoolID) throws -> [String] {
        try bench.laboratory.store.read { try $0.pool(pool)?.members.map(\.id.text) ?? [] }
    }

    func state(of pool: PoolID) throws -> PoolState? {
        try pools.first { $0.id == pool }?.state
    }

    var waiting: [WaitingTest] {
        get throws { try bench.laboratory.waitingTests(onlyRetests: true, as: Bench.technician) }
    }

    /// What the open tasks about pools ask about.
    var questions: [String] {
        get throws {
            try bench.laboratory.tasks(onlyOpen: true, as: Bench.technician)
                .filter { $0.kind == .unconfirmedPool }.map(\.about)
        }
    }

    var status: LaboratoryStatus {
        get throws { try bench.laboratory.status(as: Bench.technician) }
    }

    var isSound: Bool { get throws { try bench.laboratory.store.audit().isSound } }

    static func barcodes(_ numbers: ClosedRange<Int>) -> [String] { numbers.map(Bench.barcode) }
}

@Suite("Laboratory pools in stages")
struct StagedPoolTests {
    @Test("RES-12, RES-13, PLATE-3: 10>5>1 with one positive takes 1 + 2 + 5 reactions")
    func onePositive() throws {
        let staged = try StagedBench(tubes: 10, scheme: "10>5>1")
        let bench = staged.bench
        var plates = [try staged.test(found: [staged.pool.text])]
        #expect(try staged.state(of: staged.pool) == .split)
        let parts = try staged.parts(of: staged.pool)
        #expect(try parts.map(staged.tubes) == [1...5, 6...10].map(StagedBench.barcodes))
        #expect(try staged.waiting.map(\.purpose) == [.retest, .retest])
        #expect(try staged.waiting.allSatisfy { $0.pool == staged.pool && $0.kind == .pool })
        // The smaller pools are as urgent as their tubes.
        #expect(try staged.waiting.allSatisfy { $0.due != nil })

        let positive = Bench.barcode(8)
        plates.append(try staged.test(found: [parts[1].text]))
        #expect(try staged.state(of: parts[0]) == .negative)
        #expect(try staged.state(of: parts[1]) == .opened)
        #expect(try staged.status.answersToRelease == 5)
        #expect(try staged.waiting.map(\.subject) == StagedBench.barcodes(6...10))
        #expect(try staged.waiting.allSatisfy { $0.pool == parts[1] })

        plates.append(try staged.test(found: [positive]))
        #expect(try staged.status.wells == 1 + 2 + 5)
        #expect(try staged.state(of: staged.pool) == .split)
        plates.append(try staged.test(.second, found: [positive]))
        #expect(try staged.state(of: parts[1]) == .confirmed)
        #expect(try staged.state(of: staged.pool) == .confirmed)
        #expect(try staged.status.poolsConfirmed == 1 && staged.status.poolsOpen == 0)

        for plate in plates { try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor) }
        #expect(try bench.perform(Release(.negatives), as: Bench.supervisor).tubes.count == 9)
        let release = Release(.tubes([positive]))
        #expect(try bench.perform(release, as: Bench.supervisor).detected == 1)
        #expect(try staged.status.testsWaiting == 0)
        #expect(try staged.questions.isEmpty)
        #expect(try staged.isSound)
    }

    @Test("REV-2: the answer of a smaller pool waits for the review of the run that cut the larger")
    func reviews() throws {
        let staged = try StagedBench(tubes: 10, scheme: "10>5>1")
        let first = try staged.test(found: [staged.pool.text])
        let second = try staged.test()
        try staged.bench.perform(ReviewRun(plate: second), as: Bench.supervisor)
        let early = try staged.bench.refusal(Release(.negatives), as: Bench.supervisor)
        #expect(early?.code == .nothingToDo)
        try staged.bench.perform(ReviewRun(plate: first), as: Bench.supervisor)
        let released = try staged.bench.perform(Release(.negatives), as: Bench.supervisor)
        #expect(released.tubes.count == 10)
    }

    @Test("RES-12: four stages run to the end; every smaller pool that is found is cut again")
    func fourStages() throws {
        let staged = try StagedBench(tubes: 8, scheme: "8>4>2>1")
        try staged.test(found: [staged.pool.text])
        let fours = try staged.parts(of: staged.pool)
        try staged.test(found: fours.map(\.text))
        let twos = try fours.map(staged.parts)
        #expect(try twos.flatMap { try $0.flatMap(staged.tubes) } == StagedBench.barcodes(1...8))
        try staged.test(found: [twos[0][1].text])
        #expect(try staged.state(of: fours[0]) == .split)
        #expect(try staged.state(of: fours[1]) == .unconfirmed)
        #expect(try staged.questions == [fours[1].text])
        try staged.test(found: [Bench.barcode(4)])
        try staged.test(.second, found: [Bench.barcode(4)])
        #expect(try staged.status.wells == 1 + 2 + 4 + 2 + 1)
        for pool in [staged.pool, fours[0], twos[0][1]] {
            #expect(try staged.state(of: pool) == .confirmed)
        }
        #expect(try staged.isSound)
    }

    @Test("RES-12, POOL-8: a small leftover pool goes straight to its single tubes")
    func leftover() throws {
        let staged = try StagedBench(tubes: 4, scheme: "10>5>1")
        try staged.test(found: [staged.pool.text])
        #expect(try staged.state(of: staged.pool) == .opened)
        #expect(try staged.waiting.map(\.subject) == StagedBench.barcodes(1...4))
        #expect(try staged.status.smallerPools == 0)
    }

    @Test("RES-12, POOL-7: a part of one tube is tested at once, and may be rejected")
    func singlePart() throws {
        let staged = try StagedBench(tubes: 5, scheme: "5>2>1")
        try staged.test(found: [staged.pool.text])
        let alone = Bench.barcode(5)
        #expect(try staged.parts(of: staged.pool).map { try staged.tubes(of: $0).count } == [2, 2])
        #expect(Set(try staged.waiting.map(\.kind)) == [.pool, .single])
        #expect(try staged.waiting.allSatisfy { $0.pool == staged.pool })
        // A tube in a smaller pool cannot be rejected; the one alone can.
        let pooled = RejectTube(scan: Bench.barcode(1), reason: .leaking)
        #expect(try staged.bench.refusal(pooled)?.code == .rule)
        try staged.bench.perform(RejectTube(scan: alone, reason: .leaking))
        #expect(try staged.bench.violations.isEmpty)
        try staged.test()
        #expect(try staged.state(of: staged.pool) == .unconfirmed)
        #expect(try staged.isSound)
    }

    @Test("RES-13: a tube that is rejected last concludes every pool that it came through")
    func rejectedLast() throws {
        let staged = try StagedBench(tubes: 10, scheme: "10>5>1")
        try staged.test(found: [staged.pool.text])
        let parts = try staged.parts(of: staged.pool)
        try staged.test(found: [parts[0].text])
        let found = Bench.barcode(1)
        let last = Bench.barcode(2)
        let others = [1, 3, 4, 5].map(Bench.barcode)
        let plate = try staged.bench.perform(LayOutPlate(kit: .first, only: others)).plate
        let file = try staged.bench.run(plate) { $0 == found ? Bench.positive : Bench.negative }
        try staged.bench.perform(ImportRun(file: file, plate: plate))
        try staged.test(.second, found: [found])
        #expect(try staged.state(of: staged.pool) == .split)
        try staged.bench.perform(RejectTube(scan: last, reason: .insufficient))
        #expect(try staged.state(of: parts[0]) == .confirmed)
        #expect(try staged.state(of: staged.pool) == .confirmed)
        #expect(try staged.isSound)
    }

    @Test("RES-12: a pool that cannot be read for good is cut like one that is found")
    func unreadable() throws {
        let staged = try StagedBench(tubes: 10, scheme: "10>5>1")
        for _ in 0..<3 { try staged.bench.testPlate { _ in [nil, nil, nil] } }
        #expect(try staged.state(of: staged.pool) == .split)
        #expect(try staged.waiting.map(\.kind) == [.pool, .pool])
        #expect(try staged.isSound)
    }
}
