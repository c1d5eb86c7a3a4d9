import LabDomain
import LabStatistics
import Testing

@Suite("Laboratory pools")
struct PoolFormationTests {
    private static func waiting(
        _ number: Int, _ risk: RiskClass = .low, minute: Int = 0
    ) -> WaitingTube {
        WaitingTube(
            tube: TubeTests.single(number), risk: risk,
            receivedAt: TimeTests.morning.advanced(by: .minutes(minute)))
    }

    private func ids(_ tubes: [SingleTube]) -> [String] { tubes.map(\.id.text) }

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
    func excluded() {
        let waiting = [
            Self.waiting(1, .key), Self.waiting(2), Self.waiting(3, .key), Self.waiting(4),
            Self.waiting(5, .high),
        ]
        let formation = PoolFormation(of: waiting, size: 5, risks: [.low, .medium])
        #expect(formation.pools.map(ids) == [["T2", "T4"]])
        #expect(Set(ids(formation.singly)) == ["T1", "T3", "T5"])
        let none = PoolFormation(of: waiting, size: 5, risks: [])
        #expect(none.pools.isEmpty)
        #expect(none.singly.count == 5)
    }

    @Test("POOL-3: no pool mixes risk classes")
    func classes() {
        let waiting = (1...8).map { Self.waiting($0, $0.isMultiple(of: 2) ? .low : .medium) }
        let formation = PoolFormation(of: waiting, size: 5, risks: Set(RiskClass.allCases))
        #expect(formation.pools.map(ids) == [["T2", "T4", "T6", "T8"], ["T1", "T3", "T5", "T7"]])
    }

    @Test(
        "POOL-4: what is left over forms a smaller pool; a last tube alone goes singly",
        arguments: [
            (0, [], 0), (1, [], 1), (2, [2], 0), (5, [5], 0), (6, [5], 1), (7, [5, 2], 0),
            (11, [5, 5], 1), (14, [5, 5, 4], 0),
        ])
    func leftOver(_ count: Int, pools: [Int], singly: Int) {
        let waiting = (0..<count).map { Self.waiting($0) }
        let formation = PoolFormation(of: waiting, size: 5, risks: [.low])
        #expect(formation.pools.map(\.count) == pools)
        #expect(formation.singly.count == singly)
    }

    @Test("POOL-5: every waiting tube goes once, first come first", arguments: 1...30)
    func partition(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let size = random.whole(in: 2...20)
        let risks = Set(RiskClass.allCases.filter { _ in random.bernoulli(0.6) })
        var waiting = (0..<random.index(below: 200)).map { number in
            Self.waiting(
                number, RiskClass.allCases[random.index(below: 4)],
                minute: random.index(below: 50))
        }
        let formation = PoolFormation(of: waiting, size: size, risks: risks)
        waiting.shuffle(using: &random)
        #expect(PoolFormation(of: waiting, size: size, risks: risks) == formation)

        let placed = formation.pools.flatMap { $0 } + formation.singly
        #expect(placed.count == waiting.count)
        #expect(Set(placed) == Set(waiting.map(\.tube)))
        let known = Dictionary(uniqueKeysWithValues: waiting.map { ($0.tube, $0) })
        for pool in formation.pools {
            let members = pool.compactMap { known[$0] }
            #expect((2...size).contains(pool.count))
            #expect(Set(members.map(\.risk)).count == 1)
            #expect(members.allSatisfy { risks.contains($0.risk) })
        }
        for risk in RiskClass.allCases {
            let pools = formation.pools.filter { $0.first.flatMap { known[$0]?.risk } == risk }
            let alone = formation.singly.filter { known[$0]?.risk == risk }
            #expect(pools.dropLast().allSatisfy { $0.count == size })
            #expect(!risks.contains(risk) || alone.count <= 1)
            #expect(risks.contains(risk) || pools.isEmpty)
            let times = (pools.flatMap { $0 } + alone).compactMap { known[$0]?.receivedAt }
            #expect(times == times.sorted())
        }
    }
}
