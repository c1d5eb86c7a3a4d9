import Glibc
import LabStatistics
import ReferenceFiles
import Testing

@testable import LabPooling

@Suite("Positives that come together")
struct ClusteringTests {
    private static let kenya = "campaigns/kenya_2020_pools_of_6_001_125.csv"
    private static let counts = [0: 93, 1: 16, 2: 10, 3: 4, 4: 2]

    @Test("EST-8: the likelihood is that of the beta-binomial law, down to independence")
    func likelihood() throws {
        let pools = try (0...6).map { try RetestedPools(size: 6, positives: $0, pools: 1) }
        for (p, rho) in [(0.075, 0.15), (0.5, 0.5), (0.001, 0.9)] {
            let (a, b) = (p * (1 - rho) / rho, (1 - p) * (1 - rho) / rho)
            for (x, pool) in pools.enumerated() {
                let found = BetaBinomialLikelihood(counts: [pool])(p, rho)
                let y = Double(x)
                #expect(abs(found - logBeta(a + y, b + 6 - y) + logBeta(a, b)) < 1e-11)
                let alone = BetaBinomialLikelihood(counts: [pool])(p, 0)
                #expect(abs(alone - y * log(p) - (6 - y) * log(1 - p)) < 1e-12)
            }
        }
    }

    @Test("EST-9: Kenya's retests give the correlation and limits of a second program")
    func kenyaFit() throws {
        let fit = try Clustering(Self.kenyaPools())
        #expect(abs(fit.prevalence - 0.073_762_8) < 1e-5)
        #expect(abs(fit.correlation - 0.202_972_8) < 1e-5)
        #expect(abs(fit.interval.lowerBound - 0.105_751_5) < 1e-4)
        #expect(abs(fit.interval.upperBound - 0.339_450_6) < 1e-4)
    }

    @Test("EST-9: Kenya's retests are the counts used here", .needs(reference: kenya))
    func kenyaCounts() throws {
        var positives: [String: Int] = [:]
        for row in try Reference.rows(Self.kenya).dropFirst() {
            positives[row[1], default: 0] += Double(row[3]).map { $0 <= 37 } == true ? 1 : 0
        }
        #expect(Dictionary(grouping: positives.values) { $0 }.mapValues(\.count) == Self.counts)
    }

    @Test(
        "EST-10: with the correlation Kenya needs about 368 reactions, without it 445; it took 365")
    func reactions() throws {
        let p = 56.0 / 750
        let fit = try Clustering(Self.kenyaPools(), prevalence: p)
        func reactions(_ model: ClusterModel) -> Double {
            let clear = model.clear(6, prevalence: p)
            // 8 of the 93 pools without a confirmed member were positive.
            return 125 + 750 * (1 - clear + clear * 8 / 93)
        }
        #expect(abs(reactions(fit.model) - 368) < 1)
        #expect(abs(reactions(.independent) - 445) < 1)
        if getenv("SWABLINE_FIGURES") != nil {
            print("Kenya \(fit): \(reactions(fit.model)), \(reactions(.independent))")
        }
    }

    @Test(
        "EST-9: the fit finds the correlation that pools were drawn with", arguments: [0, 0.1, 0.4])
    func drawn(_ rho: Double) throws {
        var random = SeededGenerator(seed: 77)
        var covered = 0
        var sum = 0.0
        let runs = 40
        for _ in 0..<runs {
            let fit = try Clustering(try draw(300, of: [5, 10], p: 0.1, rho: rho, &random))
            covered += fit.interval.contains(rho) ? 1 : 0
            sum += fit.correlation
            #expect(fit.interval.contains(fit.correlation))
        }
        #expect(covered >= 33, "seed \(random.seed): \(covered) of \(runs)")
        #expect(abs(sum / Double(runs) - rho) < 0.03, "seed \(random.seed)")
    }

    @Test("EST-9: pools of one fate have full correlation")
    func oneFate() throws {
        let fit = try Clustering([
            RetestedPools(size: 5, positives: 0, pools: 90),
            RetestedPools(size: 5, positives: 5, pools: 10),
        ])
        #expect(fit.correlation > 0.999 && fit.interval.upperBound == 1)
        #expect(abs(fit.prevalence - 0.1) < 1e-4)
    }

    @Test("EST-11: what tells no correlation is refused")
    func refusals() throws {
        let single = try RetestedPools(size: 1, positives: 1, pools: 9)
        let none = try RetestedPools(size: 5, positives: 0, pools: 9)
        let all = try RetestedPools(size: 5, positives: 5, pools: 9)
        for counts in [[], [single], [none], [all]] {
            #expect(throws: PoolingFault.self) { try Clustering(counts) }
        }
        #expect(throws: PoolingFault.self) { try Clustering([none, all], confidence: 0.999) }
        #expect(throws: PoolingFault.self) { try RetestedPools(size: 5, positives: 6, pools: 1) }
    }

    private static func kenyaPools() throws -> [RetestedPools] {
        try counts.map { try RetestedPools(size: 6, positives: $0.key, pools: $0.value) }
    }

    /// Pools by Pólya's urn: each member found raises the chance of the next by ρ/(1 − ρ).
    private func draw(
        _ pools: Int, of sizes: [Int], p: Double, rho: Double, _ random: inout SeededGenerator
    ) throws -> [RetestedPools] {
        try (0..<pools).map { number in
            let size = sizes[number % sizes.count]
            var positives = 0
            for member in 0..<size {
                let seen = Double(member) * rho
                let chance = (p * (1 - rho) + Double(positives) * rho) / (1 - rho + seen)
                positives += random.bernoulli(chance) ? 1 : 0
            }
            return try RetestedPools(size: size, positives: positives, pools: 1)
        }
    }
}
