import LabDomain
import LabPooling
import LabStatistics
import Testing

@Suite("The pools of a class")
struct PoolPlanTests {
    private static let now = TimeTests.morning.advanced(by: .hours(2))
    private static let five = PoolScheme(size: 5)

    private static func waiting(
        _ number: Int, _ risk: RiskClass = .low, minute: Int = 0, unit: String = "U",
        household: UInt8? = nil, microlitres: Int? = nil, isRecollection: Bool = false,
        hoursOld: Int = 2, dueIn: Int? = nil
    ) -> WaitingTube {
        WaitingTube(
            tube: TubeTests.single(number), risk: risk,
            receivedAt: TimeTests.morning.advanced(by: .minutes(minute)),
            collectedAt: now.advanced(by: .hours(-hoursOld)), unit: unit,
            household: household.map { AddressToken([$0]) }, measuredMicrolitres: microlitres,
            isRecollection: isRecollection, dueAt: dueIn.map { now.advanced(by: .hours($0)) })
    }

    private static func rules(
        risks: Set<RiskClass> = [.low, .medium], highest: Double = 0.01,
        schemes: [String] = ["5>1", "10>1", "10>5>1"], floor: Double = 0.85,
        kept: @escaping @Sendable (Int) -> Double = { _ in 1 }, correlation: Double = 0.17
    ) throws -> PoolingRules {
        PoolingRules(
            risks: risks, highestPrevalence: highest,
            schemes: schemes.compactMap { PoolScheme(text: $0) }, floor: floor,
            worthwhile: 0.05, oldest: .hours(24),
            volumes: PipettingVolumes(nominal: 3_000, test: 200, aliquot: 100, dead: 300),
            testsAfter: 6, round: .minutes(150), roundsAfter: 0,
            model: try TestModel(
                stages: [Accuracy(sensitivity: 0.99, specificity: 0.995)], kept: kept),
            households: .betaBinomial(correlation: correlation))
    }

    private func plan(
        _ waiting: [WaitingTube], risk: RiskClass = .low, prevalence: Double = 0.0005,
        under rules: PoolingRules? = nil, asked: PoolScheme? = nil, singly: Set<TubeID> = []
    ) throws -> PoolClassPlan {
        try PoolClassPlan(
            risk: risk, of: waiting, prevalence: prevalence, under: try rules ?? Self.rules(),
            asked: asked, singly: singly, at: Self.now)
    }

    private func ids(_ tubes: [WaitingTube]) -> [String] { tubes.map(\.tube.id.text) }

    @Test("POOL-1: a pool holds at least one tube and none twice")
    func members() throws {
        #expect(throws: LaboratoryPool.Fault.nothing) {
            try LaboratoryPool(id: PoolID("LP1"), members: [])
        }
        #expect(throws: LaboratoryPool.Fault.twice) {
            try LaboratoryPool(id: PoolID("LP1"), members: [1, 2, 1].map(TubeTests.single))
        }
        let members = [2, 1, 3].map(TubeTests.single)
        #expect(try LaboratoryPool(id: PoolID("LP1"), members: members).members == members)
    }

    @Test("POOL-2: tubes of risk classes that the programme does not name go singly")
    func excluded() throws {
        let plan = try plan(
            (1...12).map { Self.waiting($0, .key) }, risk: .key, asked: Self.five)
        #expect(plan.pools.isEmpty && plan.classReason == .neverPooled)
        #expect(plan.singly.allSatisfy { $0.reason == .neverPooled })
        #expect(plan.tests == 12)
    }

    @Test(
        "POOL-4: what is left over forms a smaller pool; a last tube alone goes singly",
        arguments: [
            (0, [], 0), (1, [], 1), (2, [2], 0), (5, [5], 0), (6, [5], 1), (7, [5, 2], 0),
            (11, [5, 5], 1), (14, [5, 5, 4], 0),
        ])
    func leftOver(_ count: Int, pools: [Int], singly: Int) throws {
        let plan = try plan((0..<count).map { Self.waiting($0) }, asked: Self.five)
        #expect(plan.pools.map(\.count) == pools)
        #expect(plan.singly.map(\.reason) == Array(repeating: .leftOver, count: singly))
    }

    @Test("POOL-10: a class at the programme's prevalence or above is tested singly")
    func prevalence() throws {
        let tubes = (1...20).map { Self.waiting($0) }
        let rules = try Self.rules(highest: 0.001)
        #expect(try plan(tubes, prevalence: 0.000_99, under: rules).scheme != nil)
        for prevalence in [0.001, 0.3] {
            let plan = try plan(
                tubes, prevalence: prevalence, under: rules, asked: Self.five)
            #expect(plan.pools.isEmpty && plan.classReason == .prevalence)
        }
    }

    @Test("POOL-11: households and units stay together in pools")
    func households() throws {
        // Three households of three and two people alone, in two units, mixed on arrival.
        let homes: [UInt8?] = [1, 2, nil, 1, 3, 2, 1, 3, nil, 2, 3, nil]
        let tubes = homes.enumerated().map {
            Self.waiting($0.offset, minute: $0.offset, household: $0.element)
        }
        let plan = try plan(tubes, asked: Self.five)
        for home in Set(homes.compactMap { $0 }) {
            let holding = plan.pools.filter { pool in
                pool.contains { $0.household == AddressToken([home]) }
            }
            #expect(holding.count == 1, "household \(home)")
        }
        let twoUnits = (0..<10).map { Self.waiting($0, unit: $0.isMultiple(of: 2) ? "A" : "B") }
        let byUnit = try self.plan(twoUnits, asked: Self.five)
        #expect(byUnit.pools.allSatisfy { Set($0.map(\.unit)).count == 1 })
    }

    @Test(
        "POOL-12: enough stays in a tube for every test that may follow, and no old tube is pooled")
    func volumeAndAge() throws {
        // 300 dead + 100 into the pool + 6 tests of 200; a retest comes 2.5 hours later.
        let enough = 300 + 100 + 6 * 200
        let tubes =
            (1...6).map { Self.waiting($0, microlitres: enough) }
            + [
                Self.waiting(7, microlitres: enough - 1), Self.waiting(8, hoursOld: 22),
                Self.waiting(9, hoursOld: 21),
            ]
        let plan = try plan(tubes, asked: Self.five)
        #expect(
            plan.singly.filter { $0.reason != .leftOver }
                .map { [$0.waiting.tube.id.text, $0.reason.rawValue] }
                == [["T7", "too-little"], ["T8", "too-old"]])
        // A third stage takes another aliquot.
        let three = try self.plan(tubes, asked: PoolScheme(text: "10>5>1"))
        #expect(three.pools.flatMap { ids($0) } == [])
    }

    @Test("POOL-13: the scheme with the fewest expected tests is chosen, and the floor kept")
    func cheapest() throws {
        let tubes = (0..<100).map { Self.waiting($0) }
        let plan = try plan(tubes, prevalence: 0.005, under: Self.rules(correlation: 0))
        #expect(plan.scheme?.description == "10>5>1")
        // By the formulas of the published plan of three stages, ten pools of ten.
        let (se, sp, p) = (0.99, 0.995, 0.005)
        func q(_ n: Int) -> Double { (0..<n).reduce(1) { product, _ in product * (1 - p) } }
        let first = se - (se + sp - 1) * q(10)
        let both =
            se * se * (1 - q(5)) + (1 - sp) * (se * (q(5) - q(10)) + (1 - sp) * q(10))
        #expect(abs(plan.tests - 10 * (1 + 2 * first + 10 * both)) < 1e-9)
        #expect(plan.candidates.count == 4)
        #expect(plan.candidates.allSatisfy { $0.tests >= plan.tests })
        #expect(abs(plan.positives - 0.5) < 1e-12)
        #expect(abs(plan.missed - 0.5 * (se - se * se * se)) < 1e-9)

        // Where few are positive the third stage saves less than a twentieth of the tests.
        let rare = try self.plan(tubes, prevalence: 0.000_2, under: Self.rules(correlation: 0))
        #expect(rare.scheme?.description == "10>1")
        let saving = rare.tests / (rare.candidates.map(\.tests).min() ?? 0) - 1
        #expect(saving > 0 && saving < 0.05)

        // Ten find too few: five are chosen though they cost more.
        let diluted = try Self.rules(kept: { $0 > 5 ? 0.7 : 0.95 })
        #expect(try self.plan(tubes, prevalence: 0.005, under: diluted).scheme == Self.five)
        let strict = try Self.rules(floor: 0.999)
        let none = try self.plan(tubes, prevalence: 0.005, under: strict)
        #expect(none.scheme == nil && none.classReason == .sensitivity)
        // Where half are positive no pool saves a test.
        let half = try self.plan(tubes, prevalence: 0.5, under: Self.rules(highest: 1))
        #expect(half.scheme == nil && half.classReason == .costsLess)
    }

    @Test("POOL-14: people called back, tubes short of time and tubes taken out go singly")
    func setAside() throws {
        let tubes =
            (1...5).map { Self.waiting($0) }
            + [
                Self.waiting(6, isRecollection: true), Self.waiting(7, dueIn: 4),
                Self.waiting(8, dueIn: 5), Self.waiting(9),
            ]
        let plan = try plan(tubes, asked: PoolScheme(size: 10), singly: [TubeID("T9")])
        #expect(plan.pools.map { ids($0) } == [["T1", "T2", "T3", "T4", "T5", "T8"]])
        #expect(plan.singly.map(\.reason) == [.recollected, .tooLate, .asked])
    }

    @Test("POOL-11: in a pool households stand so that the next stage spares them")
    func spared() throws {
        // Households of 2, 4, 3 and 1 in one ten: 2 + 3 or 4 + 1 fill a five.
        let homes: [UInt8?] = [1, 1, 2, 2, 2, 2, 3, 3, 3, nil]
        let tubes = homes.enumerated().map {
            Self.waiting($0.offset, minute: $0.offset, household: $0.element)
        }
        let plan = try plan(tubes, asked: PoolScheme(text: "10>5>1"))
        let pool = try #require(plan.pools.first)
        #expect(pool.count == 10 && Set(pool) == Set(tubes))
        let halves = [pool.prefix(5), pool.suffix(5)].map { Set($0.compactMap(\.household)) }
        #expect(halves[0].isDisjoint(with: halves[1]))
    }

    @Test("POOL-11: where whole households would leave pools half empty, a border cuts one")
    func filled() throws {
        let sixes = (0..<60).map { Self.waiting($0, minute: $0, household: UInt8($0 / 6)) }
        let plan = try plan(sixes, prevalence: 0.000_2, asked: PoolScheme(size: 10))
        #expect(plan.pools.map(\.count) == Array(repeating: 10, count: 6))
        for home in 0..<10 {
            let holding = plan.pools.filter { pool in
                pool.contains { $0.household == AddressToken([UInt8(home)]) }
            }
            #expect(holding.count <= 2)
        }
    }

    @Test("POOL-15: households kept together cost fewer tests than the same people scattered")
    func gain() throws {
        let tubes = (0..<40).map { Self.waiting($0, household: UInt8($0 / 4)) }
        let plan = try plan(tubes, prevalence: 0.005, asked: PoolScheme(size: 10))
        #expect(plan.tests < plan.testsIfScattered)
        let alone = try self.plan(
            (0..<40).map { Self.waiting($0) }, prevalence: 0.005, asked: PoolScheme(size: 10))
        #expect(abs(alone.tests - alone.testsIfScattered) < 1e-12)
    }

    @Test("POOL-5: every waiting tube goes into one pool or singly, and no pool mixes units' homes")
    func partition() throws {
        for seed in UInt64(1)...30 {
            var random = SeededGenerator(seed: seed)
            let size = random.whole(in: 2...20)
            let tubes = (0..<random.index(below: 200)).map { number in
                Self.waiting(
                    number, minute: number, unit: ["A", "B", "C"][random.index(below: 3)],
                    household: random.bernoulli(0.5) ? UInt8(random.index(below: 40)) : nil,
                    microlitres: random.bernoulli(0.1) ? 500 : nil)
            }
            let plan = try plan(tubes, asked: PoolScheme(size: size))
            let placed = plan.pools.flatMap { $0 } + plan.singly.map(\.waiting)
            #expect(placed.count == tubes.count && Set(placed) == Set(tubes), "seed \(seed)")
            #expect(plan.pools.allSatisfy { (2...size).contains($0.count) }, "seed \(seed)")
            #expect(plan.firstTests == plan.pools.count + plan.singly.count)
            let again = try self.plan(tubes, asked: PoolScheme(size: size))
            #expect(again.pools == plan.pools && again.singly == plan.singly, "seed \(seed)")
        }
    }
}
