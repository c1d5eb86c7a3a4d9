import Glibc
import LabStatistics
import Testing

@testable import LabPooling

@Suite("The alarm to switch the pool size")
struct SwitchAlarmTests {
    @Test("DRIFT-1: the sum adds log-likelihood ratios and never falls below nothing")
    func sum() throws {
        let watch = try DriftWatch(breakEven: 0.02, ratio: 2, pools: 100)
        #expect(abs(watch.good - 0.01) < 1e-15 && abs(watch.bad - 0.04) < 1e-15)
        let up = log((1 - pow(0.96, 10)) / (1 - pow(0.99, 10)))
        let down = 10 * log(0.96 / 0.99)
        var alarm = SwitchAlarm<Int64>(watch)
        let sums = [(true, up), (false, up + down), (true, 2 * up + down)]
        for (time, (positive, sum)) in sums.enumerated() {
            try alarm.observe(PoolResult(time: Int64(time), size: 10, positive: positive))
            #expect(abs(alarm.sum - sum) < 1e-12)
        }
        for time in 3..<20 {
            try alarm.observe(PoolResult(time: Int64(time), size: 10, positive: false))
        }
        #expect(alarm.sum == 0)
    }

    @Test("DRIFT-1: sizes and accuracies weigh in each pool's own evidence")
    func evidence() throws {
        let accuracy = try Accuracy(sensitivity: 0.9, specificity: 0.98)
        let watch = try DriftWatch(breakEven: 0.03, ratio: 1.5, accuracy: accuracy)
        for size in [1, 5, 20] {
            let (bad, good) = (
                0.9 - 0.88 * pow(1 - 0.045, Double(size)), 0.9 - 0.88 * pow(0.98, Double(size))
            )
            #expect(abs(watch.evidence(size: size, positive: true) - log(bad / good)) < 1e-12)
            let negative = log((1 - bad) / (1 - good))
            #expect(abs(watch.evidence(size: size, positive: false) - negative) < 1e-12)
        }
        let below = try DriftWatch(breakEven: 0.03, side: .below, ratio: 1.5, accuracy: accuracy)
        #expect(below.good == watch.bad && below.bad == watch.good)
        #expect(below.evidence(size: 5, positive: false) > 0)
    }

    @Test("DRIFT-2: an alarm names the first result of its climb, and what was seen since")
    func standing() throws {
        let watch = try DriftWatch(breakEven: 0.02, ratio: 2, pools: 50)
        let quiet = [Bool](repeating: false, count: 30)
        let climb = [true, false, true, true, true, false, true]
        var alarm = SwitchAlarm<String>(watch)
        for (number, positive) in (quiet + climb).enumerated() {
            #expect(try alarm.alarm == nil || number >= 34)
            let time = String(UnicodeScalar(UInt8(65 + number)))
            try alarm.observe(PoolResult(time: time, size: 10, positive: positive))
        }
        let found = try #require(try alarm.alarm)
        #expect(found.firstResult == 31 && found.since == "_")
        #expect(found.raisedByResult == 35 && found.raisedAt == "c")
        let expected = try PrevalenceEstimate([PoolCount(size: 10, tested: 7, positive: 5)])
        #expect(found.estimate == expected)
    }

    @Test("DRIFT-3: an alarm stands until the sum is back at nothing, and then a new climb counts")
    func fall() throws {
        let watch = try DriftWatch(breakEven: 0.02, ratio: 2, pools: 50)
        var alarm = SwitchAlarm<Int>(watch)
        func take(_ positive: Bool, _ count: Int) throws {
            for _ in 0..<count {
                try alarm.observe(PoolResult(time: 0, size: 10, positive: positive))
            }
        }
        try take(true, 6)
        let top = alarm.sum
        try take(false, 15)
        #expect(alarm.sum < watch.threshold && alarm.sum > 0 && top > watch.threshold)
        #expect(try alarm.alarm != nil)
        try take(false, 30)
        #expect(try alarm.alarm == nil)
        try take(true, 5)
        let again = try #require(try alarm.alarm)
        #expect(again.firstResult == 52 && again.estimate.prevalence == 1)
    }

    @Test(
        "DRIFT-4: at the good prevalence or better, false alarms are rarer than one in B results",
        arguments: [
            (0.02, 10, 1.5, 200, DriftWatch.Side.above), (0.05, 5, 2, 500, .above),
            (0.002, 20, 1.3, 100, .above), (0.02, 10, 1.5, 200, .below),
        ])
    func falseAlarms(
        _ breakEven: Double, _ size: Int, _ ratio: Double, _ pools: Double, _ side: DriftWatch.Side
    ) throws {
        let watch = try DriftWatch(breakEven: breakEven, side: side, ratio: ratio, pools: pools)
        var random = SeededGenerator(seed: 4)
        let better = side == .above ? watch.good * 0.7 : min(0.9, watch.good * 1.4)
        for p in [watch.good, better] {
            let runs = 100
            let lengths = try (0..<runs).map { _ in
                Double(try runLength(watch, size: size, p: p, most: Int(pools) * 10, &random))
            }
            let mean = lengths.reduce(0, +) / Double(runs)
            figure("false alarms, p* \(breakEven), p \(p), B \(pools): one in \(mean) or more")
            #expect(mean > pools, "seed \(random.seed), p \(p): one in \(mean)")
        }
    }

    @Test(
        "DRIFT-5: a jump is found within the delay of Wald and Lorden",
        arguments: [(0.02, 10, 1.5, 1_000.0), (0.05, 5, 2, 500), (0.002, 20, 2, 200)])
    func delays(_ breakEven: Double, _ size: Int, _ ratio: Double, _ pools: Double) throws {
        let watch = try DriftWatch(breakEven: breakEven, ratio: ratio, pools: pools)
        var random = SeededGenerator(seed: 5)
        for p in [watch.bad, min(0.9, watch.bad * 2)] {
            let expected = try watch.delay(size: size, prevalence: p)
            let runs = 300
            let lengths = try (0..<runs).map { _ in
                Double(try runLength(watch, size: size, p: p, most: 1_000_000, &random))
            }
            let mean = lengths.reduce(0, +) / Double(runs)
            let square = lengths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(runs)
            let error = (square / Double(runs)).squareRoot()
            figure("delay, p* \(breakEven), p \(p), size \(size): \(mean), bound \(expected)")
            #expect(mean - 4 * error < expected, "seed \(random.seed), p \(p): \(mean)")
            // Nor can it be much faster than the evidence comes in.
            #expect(mean > 0.3 * expected, "seed \(random.seed), p \(p): \(mean)")
        }
    }

    @Test("DRIFT-2: after a jump the alarm names a start near it")
    func starts() throws {
        let watch = try DriftWatch(breakEven: 0.02, pools: 1_000)
        var random = SeededGenerator(seed: 6)
        var near = 0
        let runs = 40
        for _ in 0..<runs {
            var alarm = SwitchAlarm<Int>(watch)
            for number in 1...2_000 {
                let p = number <= 1_000 ? 0.005 : 0.06
                let positive = random.bernoulli(1 - pow(1 - p, 10))
                try alarm.observe(PoolResult(time: number, size: 10, positive: positive))
            }
            let found = try #require(try alarm.alarm)
            near += abs(found.firstResult - 1_001) <= 10 ? 1 : 0
            #expect(found.estimate.interval.lowerBound > watch.breakEven)
        }
        #expect(near > 33, "seed \(random.seed): \(near) of \(runs)")
    }

    @Test("DRIFT-6: results out of order and settings out of range are refused")
    func refusals() throws {
        let watch = try DriftWatch(breakEven: 0.02)
        let results = try [3, 3, 2].map { try PoolResult(time: $0, size: 5, positive: false) }
        #expect(throws: PoolingFault.self) { try SwitchAlarm(watch, over: results) }
        #expect(try SwitchAlarm(watch, over: results.dropLast()).alarm == nil)
        #expect(throws: PoolingFault.self) { try PoolResult(time: 0, size: 0, positive: true) }
        for (breakEven, ratio, pools) in [
            (0, 1.5, 100), (0.7, 1.5, 100), (0.02, 1, 100), (0.02, 1.5, 1.0), (.nan, 1.5, 100),
        ] {
            #expect(throws: PoolingFault.self) {
                try DriftWatch(breakEven: breakEven, ratio: ratio, pools: pools)
            }
        }
        #expect(try watch.delay(size: 10, prevalence: watch.good) == .infinity)
    }

    /// Results until the alarm, or `most` without one: a lower bound of the true length.
    private func runLength(
        _ watch: DriftWatch, size: Int, p: Double, most: Int, _ random: inout SeededGenerator
    ) throws -> Int {
        var alarm = SwitchAlarm<Int>(watch)
        let chance = 1 - pow(1 - p, Double(size))
        for number in 1...most {
            let positive = random.bernoulli(chance)
            try alarm.observe(PoolResult(time: number, size: size, positive: positive))
            if alarm.sum >= watch.threshold { return number }
        }
        return most
    }

    private func figure(_ text: String) {
        if getenv("SWABLINE_FIGURES") != nil { print(text) }
    }
}
