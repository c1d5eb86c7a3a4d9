import LabDomain
import LabStatistics
import Testing

@Suite("Westgard's rules")
struct WestgardTests {
    private typealias Run = [WestgardJudge.Measurement]

    private static func run(_ deviations: [Double]) -> [WestgardJudge.Measurement] {
        zip(["A", "B", "C", "D"], deviations).map { .init(control: $0, deviation: $1) }
    }

    /// The rules that each run breaks, one after the other.
    private static func judge(_ runs: [[Double]]) -> [Set<WestgardRule>] {
        var judge = WestgardJudge()
        return runs.map { judge.judge(run($0)).reduce(into: []) { $0.formUnion($1) } }
    }

    @Test(
        "QC-1: each rule as its authors define it",
        arguments: [
            ("one beyond 2 s warns", [[2.1, 0]], [.warning2s]),
            ("2 s itself is not beyond", [[2.0, -2.0]], []),
            ("one beyond 3 s rejects", [[0, -3.1]], [.warning2s, .beyond3s]),
            ("two of one run beyond the same 2 s", [[2.1, 2.2]], [.warning2s, .twice2s]),
            ("the same control twice", [[2.1, 0], [2.3, 0]], [.warning2s, .twice2s]),
            ("another control in the next run is no streak", [[2.1, 0], [0, 2.3]], [.warning2s]),
            ("the other side is no streak", [[2.1, 0], [-2.3, 0]], [.warning2s]),
            ("a sound run between is no streak", [[2.1, 0], [0, 0], [2.3, 0]], [.warning2s]),
            ("both sides in one run", [[2.1, -2.1]], [.warning2s, .range4s]),
            ("4 s apart, but one within 2 s", [[2.9, -1.9]], [.warning2s]),
            ("both sides in two runs", [[2.1, 0], [0, -2.1]], [.warning2s]),
            ("four runs of one control beyond 1 s", [[1.1], [1.2], [1.3], [1.9]], [.four1s]),
            ("two runs of two controls", [[1.1, 1.2], [1.3, 1.9]], [.four1s]),
            ("three and a half", [[1.1, 1.2], [1.3, 0.9]], []),
            ("across the mean", [[1.1, 1.2], [-1.3, 1.9]], []),
        ] as [(String, [[Double]], Set<WestgardRule>)])
    func defined(_ case: String, _ runs: [[Double]], _ rules: Set<WestgardRule>) {
        #expect(Self.judge(runs).last == rules, "\(`case`)")
    }

    @Test("QC-1: ten on one side, of one control in ten runs or of two in five")
    func ten() {
        let one = Self.judge(Array(repeating: [0.1], count: 11))
        #expect(one.map { $0.contains(.ten) } == Array(repeating: false, count: 9) + [true, true])
        let two = Self.judge(Array(repeating: [-0.1, -0.2], count: 5))
        #expect(two.map { $0.contains(.ten) } == [false, false, false, false, true])
        #expect(!Self.judge(Array(repeating: [0.1], count: 9) + [[0], [0.1]]).contains([.ten]))
    }

    @Test("QC-2: the same as a plain count over all sequences of one and of two controls")
    func exhaustive() {
        let levels = [-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5]
        // Five runs of one control, and two runs of two: 32,768 and 4,096 sequences.
        for (runs, controls) in [(5, 1), (2, 2)] {
            var places = Array(repeating: 0, count: runs * controls)
            repeat {
                let sequence = (0..<runs).map { run in
                    (0..<controls).map { levels[places[run * controls + $0]] }
                }
                let found = Self.judge(sequence)
                for end in 1...runs {
                    let plain = Self.plain(Array(sequence[..<end]))
                    if found[end - 1] != plain {
                        Issue.record("\(sequence[..<end]): \(found[end - 1]), not \(plain)")
                        return
                    }
                }
            } while Self.count(&places, below: levels.count)
        }
        // Sides only, over 12 runs of one control and 6 of two.
        for (runs, controls) in [(12, 1), (6, 2)] {
            for bits in 0..<(1 << (runs * controls)) {
                let sequence = (0..<runs).map { run in
                    (0..<controls).map { bits >> (run * controls + $0) & 1 == 1 ? 0.5 : -0.5 }
                }
                if Self.judge(sequence).last != Self.plain(sequence) {
                    Issue.record("\(sequence)")
                    return
                }
            }
        }
    }

    /// The rules that the last run of a history breaks, by looking at whole histories.
    private static func plain(_ runs: [[Double]]) -> Set<WestgardRule> {
        let last = runs[runs.count - 1]
        var rules: Set<WestgardRule> = []
        if last.contains(where: { $0 > 2 || $0 < -2 }) { rules.insert(.warning2s) }
        if last.contains(where: { $0 > 3 || $0 < -3 }) { rules.insert(.beyond3s) }
        if last.contains(where: { $0 > 2 }), last.contains(where: { $0 < -2 }) {
            rules.insert(.range4s)
        }
        for sign in [1.0, -1] {
            if last.count(where: { $0 * sign > 2 }) > 1 { rules.insert(.twice2s) }
            for control in last.indices {
                let own = runs.map { $0[control] * sign }
                if own.count >= 2, own.suffix(2).allSatisfy({ $0 > 2 }) { rules.insert(.twice2s) }
                if own.count >= 4, own.suffix(4).allSatisfy({ $0 > 1 }) { rules.insert(.four1s) }
                if own.count >= 10, own.suffix(10).allSatisfy({ $0 > 0 }) { rules.insert(.ten) }
                // All measurements up to this one.
                let all = runs.dropLast().flatMap { $0 } + last[...control]
                let tail = all.map { $0 * sign }
                if tail.count >= 4, tail.suffix(4).allSatisfy({ $0 > 1 }) { rules.insert(.four1s) }
                if tail.count >= 10, tail.suffix(10).allSatisfy({ $0 > 0 }) { rules.insert(.ten) }
            }
        }
        return rules
    }

    private static func count(_ places: inout [Int], below base: Int) -> Bool {
        for index in places.indices {
            places[index] += 1
            if places[index] < base { return true }
            places[index] = 0
        }
        return false
    }

    @Test("QC-2: sound runs are rejected as often as theory says")
    func falseRejections() {
        // Of a normal control: beyond 3 s 0.270 %, beyond 2 s 4.550 %, 1 s on one side 15.866 %.
        let beyond2 = 0.0227501
        let expected: [(Int, WestgardRule, Double)] = [
            (1, .warning2s, 0.0455003), (1, .beyond3s, 0.0026998),
            (1, .twice2s, 2 * beyond2 * beyond2),
            (
                1, .four1s,
                2 * 0.1586553 * 0.1586553
                    * 0.1586553 * 0.1586553
            ), (1, .ten, 2 / 1_024),
            (2, .beyond3s, 1 - (1 - 0.0026998) * (1 - 0.0026998)),
            (2, .range4s, 2 * beyond2 * beyond2),
        ]
        let runs = 400_000
        for controls in [1, 2] {
            let found = Self.simulate(runs: runs, controls: controls, shift: 0, seed: 11)
            for (number, rule, share) in expected where number == controls {
                let observed = Double(found.rules[rule, default: 0]) / Double(runs)
                // Streaks overlap, so that counts spread more than independent ones: 6 deviations.
                let spread = 6 * (share / Double(runs)).squareRoot()
                #expect(abs(observed - share) < spread, "\(rule) N=\(number): \(observed)")
            }
        }
        // 1-3s/2-2s/R-4s with two controls: about 1 % (Westgard 1981).
        let two = Self.simulate(runs: runs, controls: 2, shift: 0, seed: 12)
        let share = Double(two.rejectedBy3) / Double(runs)
        #expect((0.0080...0.0105).contains(share), "\(share)")
    }

    @Test("QC-2: the mean run length of 1-3s is 370 when sound, 44 with a shift of 1 s")
    func runLengths() {
        for (shift, length) in [(0.0, 370.4), (1, 43.9), (2, 6.3)] {
            let runs = 200_000
            let found = Self.simulate(runs: runs, controls: 1, shift: shift, seed: 13)
            let observed = Double(runs) / Double(found.rules[.beyond3s, default: 0])
            #expect(abs(observed / length - 1) < 0.15, "\(shift): \(observed)")
        }
    }

    private static func simulate(
        runs: Int, controls: Int, shift: Double, seed: UInt64
    ) -> (rules: [WestgardRule: Int], rejectedBy3: Int) {
        var random = SeededGenerator(seed: seed)
        var judge = WestgardJudge()
        var rules: [WestgardRule: Int] = [:]
        var rejected = 0
        for _ in 0..<runs {
            let deviations = (0..<controls).map { _ in
                shift
                    + StandardNormal.quantile(
                        Double.random(in: Double.leastNormalMagnitude..<1, using: &random))
            }
            let broken = judge.judge(run(deviations)).reduce(into: Set()) { $0.formUnion($1) }
            for rule in broken { rules[rule, default: 0] += 1 }
            if !broken.isDisjoint(with: [.beyond3s, .twice2s, .range4s]) { rejected += 1 }
        }
        return (rules, rejected)
    }
}
