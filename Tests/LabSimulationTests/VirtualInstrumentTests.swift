import LabSimulation
import LabStatistics
import Testing

@Suite("The virtual instrument")
struct VirtualInstrumentTests {
    let instrument = VirtualInstrument()

    @Test("SIM-1: a strong template crosses early and its signal only rises")
    func strongTemplate() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<500 {
            let curve = instrument.amplify(expectedCq: 16, using: &random)
            #expect(curve.count == 45)
            let cq = try #require(instrument.cq(of: curve))
            #expect((15...17).contains(cq))
            // Read noise may bend a reading, never the rise over three cycles.
            let rise = instrument.baselineCorrected(curve)[11..<24]
            for (early, late) in zip(rise, rise.dropFirst(3)) { #expect(early < late) }
        }
    }

    @Test("SIM-1: without noise the signal rises in every cycle", arguments: [14.0, 25, 33])
    func monotone(_ cq: Double) {
        var silent = instrument
        silent.noise = 0
        silent.drift = (0, 0)
        var random = SeededGenerator(seed: 2)
        let readings = silent.amplify(expectedCq: cq, using: &random)
        for (early, late) in zip(readings, readings.dropFirst()) { #expect(early < late) }
    }

    @Test("SIM-2: no template never crosses in 10,000 reactions")
    func noTemplate() {
        var random = SeededGenerator(seed: 3)
        var highest = 0.0
        for _ in 0..<10_000 {
            let curve = instrument.amplify(expectedCq: nil, using: &random)
            #expect(instrument.cq(of: curve) == nil)
            highest = max(highest, instrument.baselineCorrected(curve).max() ?? 0)
        }
        #expect(highest < instrument.threshold)
    }

    @Test(
        "SIM-3: the mean Cq is the expected one, with the scatter of good pipetting",
        arguments: [14.0, 17, 20, 25, 30, 33])
    func meanCq(_ expected: Double) {
        let cqs = read(expected, times: 2_000, seed: 4)
        #expect(cqs.count == 2_000)
        #expect(abs(mean(cqs) - expected) < 0.1)
        #expect((0.05...0.35).contains(deviation(cqs)))
    }

    // Poisson: no copy with probability e^−λ, λ = (1 + E)^(39 − Cq).
    @Test(
        "SIM-4: few copies scatter, and drop out as often as Poisson says",
        arguments: [(36.0, 0.0004), (38, 0.138), (39, 0.368), (40, 0.604)])
    func lateTemplates(_ expected: Double, _ dropOut: Double) {
        let cqs = read(expected, times: 5_000, seed: 5)
        let missing = 1 - Double(cqs.count) / 5_000
        let tolerance = 4.5 * (dropOut * (1 - dropOut) / 5_000).squareRoot() + 0.005
        #expect(abs(missing - dropOut) < tolerance)
        #expect(deviation(cqs) > 2 * deviation(read(25, times: 2_000, seed: 6)))
    }

    @Test("SIM-5: a twofold dilution comes one cycle later", arguments: [16.0, 24, 32])
    func dilution(_ cq: Double) {
        let later = CqArithmetic.dilutedCq(cq, by: 2)
        let shift = mean(read(later, times: 2_000, seed: 7)) - mean(read(cq, times: 2_000, seed: 8))
        #expect(abs(shift - 1) < 0.1)
    }

    @Test("SIM-6: the same seed gives the same readings, to the last bit")
    func sameSeed() {
        var one = SeededGenerator(seed: 9)
        var other = SeededGenerator(seed: 9)
        for cq in [nil, 15, 30, 38.5] {
            let curve = instrument.amplify(expectedCq: cq, using: &one)
            #expect(curve == instrument.amplify(expectedCq: cq, using: &other))
        }
        var third = SeededGenerator(seed: 10)
        let curve = instrument.amplify(expectedCq: 20, using: &one)
        #expect(curve != instrument.amplify(expectedCq: 20, using: &third))
    }

    @Test("SIM-7: a Cq needs a crossing that lasts, and lies between the readings around it")
    func reading() {
        let flat = [Double](repeating: 1, count: 20)
        let peak = flat + [3] + flat
        #expect(instrument.cq(of: peak) == nil)
        #expect(instrument.cq(of: []) == nil)
        let step = flat + [1.1, 1.4] + flat.map { $0 + 2 }
        let cq = instrument.cq(of: step, threshold: 0.2)
        #expect(cq.map { abs($0 - 21.5) < 0.001 } == true)
    }

    private func read(_ expected: Double, times: Int, seed: UInt64) -> [Double] {
        var random = SeededGenerator(seed: seed)
        return (0..<times).compactMap { _ in
            instrument.cq(of: instrument.amplify(expectedCq: expected, using: &random))
        }
    }
}

func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
}

func deviation(_ values: [Double]) -> Double {
    let centre = mean(values)
    return (values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(values.count - 1))
        .squareRoot()
}
