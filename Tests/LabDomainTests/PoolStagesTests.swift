import LabDomain
import LabStatistics
import Testing

@Suite("Pools in stages")
struct PoolStagesTests {
    private static func pool(_ count: Int, below: [Int]) throws -> LaboratoryPool {
        try LaboratoryPool(
            id: PoolID("LP1"), members: (0..<count).map(TubeTests.single), below: below)
    }

    @Test(
        "POOL-6: a scheme's sizes fall to the single tube, in four stages at most",
        arguments: [
            ("10>1", [10]), ("10>5>1", [10, 5]), ("16>4>2>1", [16, 4, 2]), ("2>1", [2]),
            ("1", nil), ("10", nil), ("10>5", nil), ("5>10>1", nil), ("10>10>1", nil),
            ("10>1>1", nil), ("32>16>8>4>1", nil), ("10>>1", nil), ("10>five>1", nil), ("", nil),
            ("-5>1", nil), (">1", nil),
        ] as [(String, [Int]?)])
    func schemes(_ text: String, _ sizes: [Int]?) {
        let scheme = PoolScheme(text: text)
        #expect(scheme?.sizes == sizes)
        #expect(scheme == sizes.flatMap { PoolScheme(sizes: $0) })
        guard let scheme else { return }
        #expect(scheme.description == text)
        #expect(scheme.stages == scheme.sizes.count + 1)
        #expect([scheme.first] + scheme.below == sizes)
    }

    @Test(
        "POOL-6: a pool is followed by falling sizes or by none",
        arguments: [([], true), ([5], true), ([5, 2], true), ([1], false), ([2, 5], false)])
    func below(_ sizes: [Int], isScheme: Bool) throws {
        if isScheme {
            #expect(try Self.pool(10, below: sizes).below == sizes)
        } else {
            #expect(throws: LaboratoryPool.Fault.stages) { try Self.pool(10, below: sizes) }
        }
    }

    @Test(
        "POOL-7: a pool is cut into the fewest parts, as equal as they can be",
        arguments: [
            (10, 5, [5, 5], 0), (7, 5, [4, 3], 0), (6, 5, [3, 3], 0), (9, 4, [3, 3, 3], 0),
            (11, 4, [4, 4, 3], 0), (3, 2, [2], 1), (5, 2, [2, 2], 1), (4, 2, [2, 2], 0),
        ])
    func parts(_ count: Int, by size: Int, pools: [Int], singly: Int) throws {
        let split = PoolSplit(of: try Self.pool(count, below: [size]))
        #expect(split.pools.map(\.count) == pools)
        #expect(split.singly.count == singly)
        #expect(split.below.isEmpty)
    }

    @Test(
        "POOL-8: a stage that would test the same tubes together again is left out",
        arguments: [
            (4, [5], [], []), (5, [5], [], []), (4, [5, 2], [2, 2], []), (2, [5, 2], [], []),
            (1, [5, 2], [], []), (9, [5, 2], [5, 4], [2]), (10, [], [], []),
        ] as [(Int, [Int], [Int], [Int])])
    func leftOut(_ count: Int, below: [Int], pools: [Int], then: [Int]) throws {
        let pool = try Self.pool(count, below: below)
        let split = PoolSplit(of: pool)
        #expect(split.pools.map(\.count) == pools)
        #expect(split.below == then)
        if pools.isEmpty { #expect(split.singly == pool.members) }
    }

    @Test(
        "POOL-7: whatever the stages, every tube goes on once, in pipetting order",
        arguments: 1...60)
    func partition(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let below = (0..<random.whole(in: 1...3)).map { _ in random.whole(in: 2...12) }
        let sizes = Set(below).sorted(by: >)
        let pool = try Self.pool(random.whole(in: 1...40), below: sizes)
        let split = PoolSplit(of: pool)
        // A part of one tube is the last, if there is one.
        #expect(split.pools.flatMap { $0 } + split.singly == pool.members)
        guard let most = sizes.first(where: { $0 < pool.members.count }) else {
            #expect(split.pools.isEmpty)
            return
        }
        let counts = split.pools.map(\.count) + split.singly.map { _ in 1 }
        #expect(counts.count == Int((Double(pool.members.count) / Double(most)).rounded(.up)))
        #expect((counts.max() ?? 0) <= most)
        #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
        #expect(split.pools.allSatisfy { $0.count > 1 && $0.count < pool.members.count })
        #expect(split.below == sizes.filter { $0 < most })
    }
}
