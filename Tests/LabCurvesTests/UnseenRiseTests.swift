import Glibc
import LabCurves
import Testing

@Suite("Curves of which too little was seen") struct UnseenRiseTests {
    @Test(
        "READ-7: a rise whose baseline nobody saw is ambiguous, never negative",
        arguments: [2.0, 2.5, 3, 3.5, 4], [28, 45])
    func earlyRise(_ middle: Double, _ count: Int) throws {
        let readings = (1...count).map { 100 + 1000 / (1 + exp(-(Double($0) - middle) / 1.5)) }
        let curve = try #require(AmplificationCurve(fluorescence: readings))
        #expect(CurveAnalysis(of: curve).call == .ambiguous)
    }

    @Test("READ-7: of fewer than 15 cycles none is called negative", arguments: 10...16)
    func fewCycles(_ count: Int) throws {
        let flat = try #require(
            AmplificationCurve(fluorescence: (0..<count).map { 100 + Double($0 % 3) }))
        let analysis = CurveAnalysis(of: flat)
        #expect((analysis.call == .negative) == (count >= 15))
        #expect(analysis.remarks.contains(.tooFewCycles) == (count < 15))
    }
}
