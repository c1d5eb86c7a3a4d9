import Glibc
import Testing

@testable import LabStatistics

@Suite("Functions of chance")
struct SpecialFunctionsTests {
    // Values to 17 digits by a second program in 50-digit arithmetic (mpmath ncdf, erfinv).
    @Test(
        "STAT-14: the normal distribution function has its published values",
        arguments: [
            (0, 0.5), (1, 0.841_344_746_068_542_95), (1.96, 0.975_002_104_851_779_56),
            (-3, 0.001_349_898_031_630_094_5), (-8, 6.220_960_574_271_784_1e-16),
            (5, 0.999_999_713_348_428_12),
        ])
    func below(_ z: Double, _ expected: Double) {
        #expect(abs(StandardNormal.below(z) - expected) < 1e-15)
        #expect(abs(StandardNormal.below(z) / expected - 1) < 2e-14)
        #expect(abs(StandardNormal.above(-z) / expected - 1) < 2e-14)
    }

    @Test(
        "STAT-15: the normal quantile has its published values",
        arguments: [
            (0.975, 1.959_963_984_540_054_2), (0.95, 1.644_853_626_951_472_7),
            (0.995, 2.575_829_303_548_900_8), (1e-10, -6.361_340_902_404_056),
            (1e-300, -37.047_096_299_361_199), (0.5, 0),
        ])
    func quantile(_ p: Double, _ expected: Double) {
        #expect(abs(StandardNormal.quantile(p) - expected) < 1e-12)
        #expect(abs(StandardNormal.quantile(1 - p) + expected) < 1e-12 || p < 1e-3)
    }

    @Test("STAT-15: the quantile undoes the distribution function, and knows its ends")
    func inverse() {
        for step in 1..<2_000 {
            let p = Double(step) / 2_000
            #expect(abs(StandardNormal.below(StandardNormal.quantile(p)) - p) < 1e-15)
        }
        #expect(StandardNormal.quantile(0) == -.infinity)
        #expect(StandardNormal.quantile(1) == .infinity)
        #expect(StandardNormal.quantile(1.1).isNaN && StandardNormal.quantile(.nan).isNaN)
    }

    @Test("STAT-16: the log-gamma function agrees with factorials, Γ(½) and the C library")
    func gamma() {
        #expect(abs(logGamma(0.5) - log(Double.pi) / 2) < 1e-14)
        #expect(abs(logGamma(11) - log(3_628_800)) < 1e-13)
        for x in [1e-6, 0.1, 1, 1.5, 2, 7.3, 15.9, 16, 16.1, 400, 1e6] {
            #expect(abs(logGamma(x) - lgamma(x)) < 2e-14 * max(1, abs(lgamma(x))))
        }
    }

    @Test("STAT-16: the log-beta function keeps its digits where Γ alone would lose them")
    func beta() {
        #expect(abs(logBeta(1, 1)) < 1e-14)
        #expect(abs(logBeta(2, 3) + log(12)) < 1e-14)
        #expect(abs(logBeta(0.5, 0.5) - log(Double.pi)) < 1e-14)
        // B(a, 2) = 1 / (a (a + 1))
        #expect(abs(logBeta(1e9, 2) + log(1e9) + log(1e9 + 1)) < 1e-12)
    }

    @Test("STAT-17: a zero is found to the last digits, also at an end of the range")
    func zero() {
        #expect(abs(Search.zero(in: 0...2) { $0 * $0 - 2 } - 2.0.squareRoot()) < 1e-15)
        #expect(abs(Search.zero(in: -3...9) { 1 - exp($0) }) < 1e-15)
        #expect(Search.zero(in: 1...2) { $0 } == 1)
        #expect(Search.zero(in: 1...2) { $0 - 3 } == 2)
        #expect(Search.zero(in: 1e-300...1) { $0 - 1e-200 } == 1e-200)
    }

    @Test("STAT-17: a maximum is found inside the range and on its border")
    func maximum() {
        let hill = Search.maximum(in: 0...1) { -($0 - 0.3) * ($0 - 0.3) }
        #expect(abs(hill.place - 0.3) < 1e-8 && hill.value > -1e-15)
        #expect(Search.maximum(in: 0...1) { $0 } == (1, 1))
        #expect(Search.maximum(in: 0...1) { -$0 } == (0, 0))
    }

    @Test("STAT-18: integrals are exact for polynomials of degree 15 and near for others")
    func integral() {
        let power = Quadrature.integral(over: 0...1, panels: 1) { pow($0, 15) }
        #expect(abs(power - 1 / 16) < 1e-15)
        let normal = Quadrature.integral(over: -1.96...1.96, panels: 4, of: StandardNormal.density)
        #expect(abs(normal - (2 * StandardNormal.below(1.96) - 1)) < 1e-14)
    }
}
