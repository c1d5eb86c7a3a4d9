import Testing

@testable import LabStatistics

@Suite("Seeds and streams")
struct SeededGeneratorTests {
    @Test("STAT-1: SplitMix64 gives the words of its reference code")
    func splitMix() {
        var mixer = SplitMix64(seed: 1_477_776_061_723_855_037)
        #expect(mixer.next() == 1_985_237_415_132_408_290)
        #expect(mixer.next() == 2_979_275_885_539_914_483)
        #expect(mixer.next() == 13_511_426_838_097_143_398)
    }

    @Test("STAT-2: xoshiro256** gives the words of its reference code from state 1, 2, 3, 4")
    func xoshiro() {
        var random = SeededGenerator(seed: 0, state: (1, 2, 3, 4))
        let expected: [UInt64] = [
            11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
            607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
            10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
        ]
        for word in expected { #expect(random.next() == word) }
    }

    // Computed by a second program, which was itself held against PHP's published value for this
    // seed (ext/random/tests/02_engine/xoshiro256starstar_value.phpt, 10,000 words and two jumps).
    @Test(
        "STAT-3: a 64-bit seed is spread by SplitMix64, as the authors advise",
        arguments: [
            (0, 11_091_344_671_253_066_420, 9_098_089_192_077_192_179),
            (1_234, 840_842_556_444_225_107, 2_647_888_231_281_045_406),
        ] as [(UInt64, UInt64, UInt64)])
    func seeding(_ seed: UInt64, _ first: UInt64, _ tenThousandth: UInt64) {
        var random = SeededGenerator(seed: seed)
        #expect(random.next() == first)
        for _ in 0..<9_998 { _ = random.next() }
        #expect(random.next() == tenThousandth)
    }

    @Test("STAT-4: FNV-1a gives its published values")
    func fowlerNollVo() {
        #expect(FNV1a.hash("".utf8) == 0xCBF2_9CE4_8422_2325)
        #expect(FNV1a.hash("a".utf8) == 0xAF63_DC4C_8601_EC8C)
        #expect(FNV1a.hash("foobar".utf8) == 0x8594_4171_F739_67E8)
    }

    @Test("STAT-5: a stream depends on seed, name and number, and not on what was drawn before")
    func streams() {
        var random = SeededGenerator(seed: 9)
        var before = random.stream(named: "arrivals", number: 3)
        for _ in 0..<100 { _ = random.next() }
        var after = random.stream(named: "arrivals", number: 3)
        for _ in 0..<100 { #expect(before.next() == after.next()) }
        var firsts: Set<UInt64> = []
        for seed: UInt64 in [8, 9] {
            for name in ["arrivals", "noise", ""] {
                for number: UInt64 in [0, 1, 2] {
                    var stream = SeededGenerator(seed: seed).stream(named: name, number: number)
                    firsts.insert(stream.next())
                }
            }
        }
        #expect(firsts.count == 18)
    }

    @Test("STAT-6: streams of one seed are uncorrelated")
    func independence() {
        let random = SeededGenerator(seed: 6)
        let n = 20_000
        var streams = (0..<6).map { random.stream(named: "person", number: UInt64($0)) }
        streams.append(random.stream(named: "instrument"))
        var parent = random
        streams.append(parent.split())
        streams.append(parent)
        let columns = streams.map { stream in
            var stream = stream
            return (0..<n).map { _ in stream.uniform() - 0.5 }
        }
        for (a, one) in columns.enumerated() {
            for other in columns[..<a] {
                var sum = 0.0
                for (x, y) in zip(one, other) { sum += x * y }
                let product = sum / Double(n)
                // A correlation of independent columns has a deviation of 1/√n.
                #expect(abs(product * 12) < 4.5 / Double(n).squareRoot())
            }
        }
    }
}
