import LabSimulation
import LabStatistics
import Testing

@Suite("What a specimen holds")
struct SpecimenLoadTests {
    // Ghent, 821 positives of the E gene (reference/campaigns): mean 27.45, deviation 6.26.
    @Test("SIM-8: Cq of screened carriers lie in 14 ... 37, near those of a real laboratory")
    func screening() {
        var random = SeededGenerator(seed: 1)
        let cqs = (0..<20_000).map { _ in SpecimenLoad.screeningCq(using: &random) }
        #expect(cqs.allSatisfy { (14...37).contains($0) })
        #expect(abs(mean(cqs) - 27.45) < 1)
        #expect(abs(deviation(cqs) - 6.26) < 1.5)
    }

    @Test("SIM-9: carriers show both genes, N half to one and a half cycles first; others neither")
    func targets() throws {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<1_000 {
            let carrier = SpecimenLoad.infected(using: &random)
            let lead = try #require(carrier.orf1ab) - (try #require(carrier.n))
            #expect((0.5...1.5).contains(lead))
            #expect(carrier[.internalControl] != nil)
            let other = SpecimenLoad.uninfected(using: &random)
            #expect(other[.orf1ab] == nil && other[.n] == nil)
            #expect(other[.internalControl] != nil)
        }
    }

    @Test("SIM-10: a mixed tube adds templates, so that the strongest decides")
    func mixedTube() {
        let (weak, strong) = (SpecimenLoad(orf1ab: 34), SpecimenLoad(orf1ab: 20))
        let blanks = [SpecimenLoad](repeating: SpecimenLoad(internalControl: 25), count: 8)
        let tube = SpecimenLoad.mixedTube(of: blanks + [weak, strong])
        #expect(abs((tube.orf1ab ?? 0) - 20) < 0.001)
        #expect(abs((tube.internalControl ?? 0) - 22) < 1e-9)
        #expect(CqArithmetic.mixedCq(of: [30, 30]).map { abs($0 - 29) < 1e-12 } == true)
        #expect(CqArithmetic.mixedCq(of: [nil, nil]) == nil)
        #expect(CqArithmetic.mixedCq(of: [1_100, 1_100]).map { abs($0 - 1_099) < 1e-9 } == true)
        #expect(SpecimenLoad.mixedTube(of: []) == SpecimenLoad())
    }

    @Test("SIM-11: a laboratory pool of n comes log2 n cycles later", arguments: [4, 5, 8, 10])
    func laboratoryPool(_ n: Int) throws {
        let blanks = [SpecimenLoad](repeating: SpecimenLoad(), count: n - 1)
        let pool = SpecimenLoad.laboratoryPool(of: [SpecimenLoad(orf1ab: 28, n: 27)] + blanks)
        let shifts: [Int: Double] = [4: 2, 5: 2.321_928, 8: 3, 10: 3.321_928]
        let shift = try #require(shifts[n])
        #expect(abs(try #require(pool.orf1ab) - 28 - shift) < 1e-6)
        #expect(abs(try #require(pool.n) - 27 - shift) < 1e-6)
    }
}
