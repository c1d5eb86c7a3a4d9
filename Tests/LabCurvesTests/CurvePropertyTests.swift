import Glibc
import LabCurves
import LabStatistics
import Testing

@Suite("What holds for every curve")
struct CurvePropertyTests {
    /// A Richards curve, whose second derivative is greatest where (g·u)² − (3g + 1)·u + 1 = 0.
    private struct Truth {
        let middle: Double
        let width: Double
        let asymmetry: Double

        func value(_ cycle: Double) -> Double {
            pow(1 + exp(-(cycle - middle) / width), -asymmetry)
        }

        /// Found by search, not by the formula: the greatest second difference of the curve.
        var cq: Double {
            var best = (at: 0.0, bend: -Double.infinity)
            for step in 0...50_000 {
                let at = Double(step) / 1_000
                let bend = value(at - 0.01) - 2 * value(at) + value(at + 0.01)
                if bend > best.bend { best = (at, bend) }
            }
            return best.at
        }

        func curve(
            cycles: Int = 45, noise: Double = 0, using random: inout SeededGenerator
        ) throws -> AmplificationCurve {
            try #require(
                AmplificationCurve(
                    fluorescence: (1...cycles).map {
                        value(Double($0)) + noise * normal(&random)
                    }))
        }
    }

    private static let truths = [
        Truth(middle: 22, width: 1.5, asymmetry: 1), Truth(middle: 30, width: 1.2, asymmetry: 0.6),
        Truth(middle: 18, width: 2, asymmetry: 3), Truth(middle: 33, width: 1.8, asymmetry: 1.5),
        Truth(middle: 12, width: 1.4, asymmetry: 0.8),
    ]

    @Test("READ-6: a sigmoid's Cq is its analytic second-derivative maximum")
    func analytic() throws {
        var random = SeededGenerator(seed: 6)
        for truth in Self.truths {
            let exact = CurveAnalysis(of: try truth.curve(using: &random))
            #expect(abs((exact.cq ?? 0) - truth.cq) < 0.1, "\(truth)")
            #expect(exact.call == .positive, "\(truth)")
            let noisy = CurveAnalysis(of: try truth.curve(noise: 0.01, using: &random))
            #expect(abs((noisy.cq ?? 0) - truth.cq) < 0.4, "\(truth) with noise")
        }
    }

    @Test("READ-6: neither the unit nor the offset of the fluorescence moves the Cq")
    func affine() throws {
        var random = SeededGenerator(seed: 61)
        for truth in Self.truths {
            let curve = try truth.curve(noise: 0.005, using: &random)
            let before = CurveAnalysis(of: curve)
            for (scale, offset) in [(1.0, 5_000.0), (1e-6, 0), (3e4, -7e3), (1e100, 1e99)] {
                let other = try #require(
                    AmplificationCurve(
                        cycles: curve.cycles,
                        fluorescence: curve.fluorescence.map { $0 * scale + offset }))
                let after = CurveAnalysis(of: other)
                #expect(after.call == before.call && after.remarks == before.remarks)
                #expect(abs((after.cq ?? 0) - (before.cq ?? 99)) < 1e-3, "\(scale) \(offset)")
                #expect(abs(after.quality - before.quality) < 1e-3)
            }
        }
    }

    @Test("READ-6: counting the cycles from elsewhere moves the Cq by as much")
    func shift() throws {
        var random = SeededGenerator(seed: 62)
        for truth in Self.truths {
            let curve = try truth.curve(noise: 0.005, using: &random)
            let before = try #require(CurveAnalysis(of: curve).cq)
            for by in [-0.3, 10, 1_000] {
                let moved = try #require(
                    AmplificationCurve(
                        cycles: curve.cycles.map { $0 + by }, fluorescence: curve.fluorescence))
                let after = try #require(CurveAnalysis(of: moved).cq)
                #expect(abs(after - by - before) < 1e-3, "\(by)")
            }
        }
    }

    @Test("READ-6: gaps, a hook, a drifting baseline and disturbed first cycles move it little")
    func disturbed() throws {
        var random = SeededGenerator(seed: 63)
        for truth in Self.truths {
            let curve = try truth.curve(noise: 0.003, using: &random)
            let before = try #require(CurveAnalysis(of: curve).cq)
            let gaps = curve.cycles.indices.filter { $0 % 7 != 3 }
            let thinned = try #require(
                AmplificationCurve(
                    cycles: gaps.map { curve.cycles[$0] },
                    fluorescence: gaps.map { curve.fluorescence[$0] }))
            let after = try #require(CurveAnalysis(of: thinned).cq)
            #expect(abs(after - before) < 0.25, "gaps: \(before) \(after)")
            let changes: [(String, Double, (Double) -> Double)] = [
                ("hook", 0.5, { $0 > truth.middle + 8 ? -0.02 * ($0 - truth.middle - 8) : 0 }),
                ("rising", 1, { 0.003 * $0 }), ("falling", 1, { -0.003 * $0 }),
                ("early", 0.5, { $0 <= 3 ? 0.25 / $0 : 0 }),
            ]
            for (name, within, change) in changes {
                let changed = CurveAnalysis(
                    of: try #require(
                        AmplificationCurve(
                            cycles: curve.cycles,
                            fluorescence: zip(curve.cycles, curve.fluorescence).map {
                                $1 + change($0)
                            })))
                #expect(changed.call == .positive, "\(name) \(truth): \(changed)")
                #expect(abs((changed.cq ?? 0) - before) < within, "\(name): \(before) \(changed)")
            }
        }
    }

    @Test("READ-7: flat curves with any noise, and drifts, are never positive")
    func flat() throws {
        for seed in UInt64(1)...4_000 {
            var random = SeededGenerator(seed: seed)
            let cycles = [20, 35, 40, 45][Int(seed % 4)]
            let slope = [0, 0, 0.2, -0.2][Int(seed / 4 % 4)]
            let bend = seed % 3 == 0 ? 4.0 : 0
            let curve = try #require(
                AmplificationCurve(
                    fluorescence: (1...cycles).map {
                        slope * Double($0) + bend * (1 - exp(-Double($0) / 6)) + normal(&random)
                    }))
            let analysis = CurveAnalysis(of: curve)
            #expect(analysis.call != .positive, "seed \(seed): \(analysis)")
        }
    }

    @Test("READ-7: a single bubble, a jump or a falling curve is never positive")
    func artefacts() throws {
        var random = SeededGenerator(seed: 71)
        for (name, shape) in [
            ("bubble", { (cycle: Double) in cycle == 20 ? 40.0 : 0 }),
            ("jump", { $0 > 20 ? 40 : 0 }), ("falling", { 40 / (1 + exp(($0 - 25) / 1.5)) }),
            ("last reading", { $0 == 40 ? 40 : 0 }), ("ramp", { $0 }),
            ("settling", { 40 * (1 - exp(-$0 / 3)) }),
        ] as [(String, (Double) -> Double)] {
            for _ in 0..<50 {
                let curve = try #require(
                    AmplificationCurve(
                        fluorescence: (1...40).map { shape(Double($0)) + normal(&random) }))
                let analysis = CurveAnalysis(of: curve)
                #expect(analysis.call != .positive, "\(name): \(analysis)")
            }
        }
    }

    @Test("READ-7: any finite numbers have a finite answer, with a quality from 0 to 1")
    func anything() throws {
        var random = SeededGenerator(seed: 72)
        let great: [Double] = [
            .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude, 0, -0.0,
            1, -1, 1e-300, 1e300, 65_536,
        ]
        for count in [0, 1, 2, 3, 4, 5, 9, 10, 11, 40, 399, 400, 401] {
            for _ in 0..<200 {
                let kind = random.next() % 4
                let readings = (0..<count).map { index -> Double in
                    switch kind {
                    case 0: great[Int(random.next() % 10)]
                    case 1: Double(bitPattern: random.next())
                    case 2: Double(index) * great[Int(random.next() % 10)]
                    default: index > count / 2 ? 1e308 : -1e308
                    }
                }.map { $0.isFinite ? $0 : 1 }
                let step = [1, 1e-9, 0.5, 1e6, 3][Int(random.next() % 5)]
                let curve = try #require(
                    AmplificationCurve(
                        cycles: (0..<count).map { Double($0) * step }, fluorescence: readings))
                let analysis = CurveAnalysis(of: curve)
                #expect((0...1).contains(analysis.quality), "\(analysis)")
                #expect(analysis.cq?.isFinite ?? true)
                #expect(
                    analysis.baseline.isFinite && analysis.noise.isFinite
                        && analysis.rise.isFinite, "\(analysis)")
                if analysis.call == .negative { #expect(analysis.cq == nil) }
                if analysis.call == .positive { #expect(analysis.cq != nil) }
            }
        }
    }

    @Test("READ-8: noise, a slow rise and a missing plateau each lower the quality")
    func quality() throws {
        var random = SeededGenerator(seed: 8)
        let good = Truth(middle: 25, width: 1.4, asymmetry: 1)
        let best = CurveAnalysis(of: try good.curve(using: &random)).quality
        #expect(best > 0.95)
        let noisy = CurveAnalysis(of: try good.curve(noise: 0.06, using: &random))
        let slow = CurveAnalysis(
            of: try Truth(middle: 25, width: 3.5, asymmetry: 1).curve(using: &random))
        let cut = CurveAnalysis(of: try good.curve(cycles: 26, using: &random))
        for lower in [noisy, slow, cut] { #expect(lower.quality < 0.8, "\(lower)") }
        #expect(cut.remarks.contains(.noPlateau))
    }
}

/// A normal deviate of variance 1.
private func normal(_ random: inout SeededGenerator) -> Double {
    let first = Double.random(in: Double.leastNormalMagnitude..<1, using: &random)
    let second = Double.random(in: 0..<1, using: &random)
    return (-2 * log(first)).squareRoot() * cos(2 * .pi * second)
}
