import Glibc
import ReferenceFiles
import Testing

@testable import LabPooling

@Suite("Viral loads and pools")
struct ViralLoadTests {
    private static let table = "pooling/dilution.csv"

    @Test(
        "DIL-4: one positive is detected as in every row of the reference table",
        .needs(reference: table))
    func referenceTable() throws {
        var worst = 0.0
        for row in try Reference.rows(Self.table) where row[0] == "gmm_viral_load" {
            let limit = try #require(row[1].split(separator: " ").compactMap { Int($0) }.first)
            let model = Dilution.viralLoad(try ViralLoad(limit: limit))
            let size = try #require(Int(row[2]))
            let (found, kept) = (try #require(Double(row[5])), try #require(Double(row[6])))
            worst = max(worst, abs(try model.detection(size: size, in: .laboratoryPool) - found))
            worst = max(worst, abs(try model.kept(size: size, in: .laboratoryPool) - kept))
        }
        if getenv("SWABLINE_FIGURES") != nil { print("dilution.csv: largest difference \(worst)") }
        #expect(worst > 0 && worst < 1e-6, "largest difference \(worst)")
    }

    // Every term of the negative binomial summed by a second program (scipy.stats.nbinom).
    @Test(
        "DIL-4: the sum by blocks is the sum of all its terms, to 1e-9",
        arguments: [
            (1, 0.001, 0.990_887_809_967), (3, 0.0025, 0.989_838_741_007),
            (10, 0.05 / 7, 0.987_891_187_164), (174, 0.0025, 0.716_643_450_778),
            (1_240, 0.05 / 32, 0.468_604_669_682), (20, 0.9, 0.999_998_135_068),
        ])
    func allTerms(_ limit: Int, _ chance: Double, _ expected: Double) throws {
        let load = try ViralLoad(limit: limit, share: 1)
        let found = try load.detection(factor: 1 / chance, positives: 1)
        #expect(abs(found - expected) < 1e-9, "difference \(found - expected)")
    }

    @Test(
        "DIL-4: narrow and low loads, too, keep the sum by blocks to 1e-9",
        arguments: [
            (1, 0.001, 0.156_650_113_960), (3, 0.05, 0.495_593_218_854),
            (30, 0.01, 0.000_451_488_392), (5, 0.5, 0.779_715_431_380),
        ])
    func lowLoads(_ limit: Int, _ chance: Double, _ expected: Double) throws {
        let low: [ViralLoad.Component] = [
            .init(weight: 0.5, mean: 1, sd: 0.05), .init(weight: 0.5, mean: 2.5, sd: 0.3),
        ]
        let load = try ViralLoad(components: low, limit: limit, share: 1)
        let found = try load.detection(factor: 1 / chance, positives: 1)
        #expect(abs(found - expected) < 1e-9, "difference \(found - expected)")
    }

    @Test(
        "DIL-4: the chances of all numbers of copies add to 1",
        arguments: [(1, 0.5), (1, 1e-5), (9, 0.001), (174, 0.001), (1_240, 0.05), (1_000_000, 0.3)])
    func chances(_ limit: Int, _ chance: Double) {
        let copies = CopiesNeeded(limit: limit, chance: chance, step: 0.02, bend: 0.9)
        #expect(abs(copies.expectation { _ in 1 } - 1) < 1e-9)
        let mean = Double(limit) / chance
        #expect(abs(copies.expectation { $0 / mean } - 1) < 1e-9)
    }

    // A double integral over both loads with the incomplete beta function, by a second program.
    @Test(
        "DIL-5: two positives add their loads",
        arguments: [
            (108, 2, 0.998_631_40), (108, 20, 0.950_369_37), (174, 5, 0.978_150_16),
            (174, 10, 0.957_919_79), (174, 20, 0.930_335_20),
        ])
    func twoPositives(_ limit: Int, _ size: Int, _ expected: Double) throws {
        let model = Dilution.viralLoad(try ViralLoad(limit: limit))
        let found = try model.detection(size: size, positives: 2, in: .laboratoryPool)
        if getenv("SWABLINE_FIGURES") != nil { print("two positives: \(found - expected)") }
        #expect(abs(found - expected) < 2e-8, "difference \(found - expected)")
        #expect(
            try model.kept(size: size, positives: 2, in: .laboratoryPool)
                > model.kept(size: size, in: .laboratoryPool))
        #expect(
            throws: PoolingFault.beyond(
                "the viral-load model covers at most 2 positives in a pool: ask for 1 or 2")
        ) { try model.detection(size: 20, positives: 3, in: .laboratoryPool) }
    }

    @Test("DIL-4: a mixed tube of ten detects what a laboratory pool of two detects")
    func mixedTube() throws {
        let model = Dilution.viralLoad(try ViralLoad(limit: 174))
        #expect(
            try model.detection(size: 10, in: .mixedTube())
                == model.detection(size: 2, in: .laboratoryPool))
        #expect(try model.kept(size: 1, in: .mixedTube()) == 1)
    }

    @Test("DIL-9: a viral-load model out of its ranges is refused")
    func refusals() {
        let ok = ViralLoad.Component(weight: 1, mean: 5, sd: 1)
        for components: [ViralLoad.Component] in [
            [], [ok, ok], [.init(weight: 1, mean: .nan, sd: 1)],
            [.init(weight: 1, mean: 5, sd: 0)], [.init(weight: -1, mean: 5, sd: 1), ok, ok],
        ] {
            #expect(throws: PoolingFault.self) { try ViralLoad(components: components, limit: 100) }
        }
        #expect(throws: PoolingFault.self) { try ViralLoad(limit: 0) }
        #expect(
            PoolingFault.range(field: "pool size", from: 1, to: .infinity).description
                == "pool size must be at least 1")
        #expect(throws: PoolingFault.self) { try ViralLoad(limit: 100, share: 1.5) }
    }
}
