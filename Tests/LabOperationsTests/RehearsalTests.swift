import LabDomain
import LabStatistics
import ReferenceFiles
import Testing

@testable import LabOperations

@Suite("Recorded campaigns")
struct RehearsalTests {
    private static let kenya = "campaigns/kenya_2020_pools_of_6_001_125.csv"

    private func play(_ file: [UInt8], _ ct: Double = 37) throws -> RehearsalResult {
        let cq = try #require(Cq(ct))
        var rehearsal = try RehearseCampaign(
            file: file, positiveAtMost: cq, database: nil, progress: { _ in })
        return try rehearsal.play()
    }

    @Test(
        "RES-10: Kenya 2020, 125 pools of 6, comes out as its authors counted",
        .needs(reference: kenya))
    func kenyaCampaign() throws {
        #expect(
            try play(try Reference.bytes(Self.kenya))
                == RehearsalResult(
                    pools: 125, positivePools: 40, retests: 240, reactions: 365, positives: 56,
                    confirmedPools: 32, unconfirmedPools: 8, open: 0))
    }

    @Test(
        "RES-10: invented campaigns of any pool size come out as counted by hand", arguments: 1...8)
    func invented(_ seed: UInt64) throws {
        print("campaign seed \(seed)")
        var random = SeededGenerator(seed: seed)
        var lines = ["sample_no,pool_no,pool_ct,individual_ct"]
        var expected = (
            pools: 0, positive: 0, retests: 0, positives: 0, confirmed: 0, unconfirmed: 0, open: 0
        )
        var sample = 0
        for pool in 1...random.whole(in: 3...25) {
            let size = random.whole(in: 1...12)
            let isPositive = random.bernoulli(0.4)
            let ct = isPositive ? String(random.uniform(from: 15, to: 44)) : "Negative"
            var found = 0
            var missing = 0
            for _ in 0..<size {
                sample += 1
                var cell = ""
                if isPositive {
                    switch random.uniform() {
                    case ..<0.2:
                        cell = String(random.uniform(from: 12, to: 37))
                        found += 1
                    case ..<0.3: cell = String(random.uniform(from: 37.01, to: 44))
                    case ..<0.35 where seed.isMultiple(of: 2): missing += 1
                    default: cell = "Negative"
                    }
                    if !cell.isEmpty { expected.retests += 1 }
                }
                lines.append("\(sample),\(pool),\(ct),\(cell)")
            }
            expected.pools += 1
            expected.positive += isPositive ? 1 : 0
            expected.positives += found
            expected.open += missing
            expected.confirmed += found > 0 ? 1 : 0
            expected.unconfirmed += isPositive && found == 0 && missing == 0 ? 1 : 0
        }
        let result = try play(Array(lines.joined(separator: "\n").utf8))
        #expect(
            result
                == RehearsalResult(
                    pools: expected.pools, positivePools: expected.positive,
                    retests: expected.retests, reactions: expected.pools + expected.retests,
                    positives: expected.positives, confirmedPools: expected.confirmed,
                    unconfirmedPools: expected.unconfirmed, open: expected.open))
    }

    @Test("IMP-1: a faulty campaign is refused with every line")
    func faulty() throws {
        let file = "sample_no,pool_no,pool_ct,individual_ct\n1,1,high,\n1,1,30,x\n"
        #expect(throws: Refusal.self) { try play(Array(file.utf8)) }
    }
}
