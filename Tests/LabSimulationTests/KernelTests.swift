import LabStatistics
import Testing

@testable import LabSimulation

@Suite("The kernel of simulations")
struct KernelTests {
    @Test(
        "SIM-17: events come by time, and at equal times as they were scheduled", arguments: 1...20)
    func order(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var list = EventList(capacity: 1)
        var expected: [(time: Double, number: Int32)] = []
        var number: Int32 = 0
        var now = 0.0
        for _ in 0..<2_000 {
            // Whole numbers make equal times frequent.
            if random.bernoulli(0.55) {
                let time = now + Double(random.index(below: 6))
                list.schedule(UInt8(random.index(below: 9)), at: time, subject: 7, detail: number)
                expected.append((time, number))
                number += 1
            } else {
                expected.sort { ($0.time, $0.number) < ($1.time, $1.number) }
                let event = list.next()
                #expect(event?.time == expected.first?.time, "seed \(seed)")
                #expect(event?.detail == expected.first?.number, "seed \(seed)")
                if !expected.isEmpty { now = expected.removeFirst().time }
            }
            let first = expected.map(\.time).min() ?? .infinity
            #expect(list.nextTime == first && list.count == expected.count)
        }
    }

    @Test("SIM-17: an event keeps its kind, subject and detail")
    func contents() {
        var list = EventList()
        list.schedule(255, at: 1.5, subject: -3, detail: .max)
        let event = list.next()
        #expect(event?.kind == 255 && event?.subject == -3 && event?.detail == .max)
        #expect(list.next() == nil && list.nextTime == .infinity)
    }

    @Test("SIM-18: who came first leaves a line first, whatever comes and goes", arguments: 1...20)
    func line(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var line = WaitingLine<Int32>(capacity: 2, blank: 0)
        var expected: [Int32] = []
        for number in 0..<3_000 {
            if random.bernoulli(0.52) {
                line.append(Int32(number))
                expected.append(Int32(number))
            } else if !expected.isEmpty {
                #expect(line.removeFirst() == expected.removeFirst(), "seed \(seed)")
            }
            #expect(line.count == expected.count && line.first == expected.first)
        }
    }

    @Test("SIM-19: a quantile is within 0.1 % of the nearest rank", arguments: 1...10)
    func quantiles(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var histogram = LogHistogram()
        var all: [Double] = []
        for _ in 0..<5_000 {
            let value = random.bernoulli(0.2) ? 0 : 300 * random.exponential(rate: 2)
            if value == 0 { histogram.addZero() } else { histogram.add(value) }
            all.append(value)
        }
        all.sort()
        for q in [0.0, 0.1, 0.2, 0.5, 0.9, 0.99, 0.999, 1] {
            let exact = all[max(1, Int((q * 5_000).rounded(.up))) - 1]
            #expect(abs(histogram.quantile(q) - exact) <= 0.001 * exact, "seed \(seed), \(q)")
        }
        let above = all.count { $0 > 150 }
        #expect(abs(histogram.share(above: 150) - Double(above) / 5_000) < 0.002)
        #expect(histogram.max == all.last && histogram.count == 5_000)
    }

    @Test("SIM-19: what is counted many times weighs as much; nothing counted has no quantile")
    func weights() {
        var histogram = LogHistogram()
        #expect(histogram.quantile(0.5) == 0)
        histogram.add(10, times: 99)
        histogram.add(1_000)
        #expect(abs(histogram.quantile(0.99) - 10) < 0.01)
        #expect(abs(histogram.quantile(0.995) - 1_000) < 1)
    }

    @Test("SIM-20: the urgent are served first, and never by more than are on duty")
    func station() {
        var station = Station(Shifts(early: 2, late: 1, period: 1_440, change: 720))
        for item in UInt32(1)...4 { station.enter(item, urgently: item == 4) }
        #expect(station.next(at: 100) == 4 && station.next(at: 100) == 1)
        #expect(station.next(at: 100) == nil && station.mostWaiting == 2 && station.busy == 2)
        station.leave()
        // At night one is enough: the other's service is finished, no new one begins.
        #expect(station.next(at: 800) == nil)
        #expect(station.riseToAwait(at: 800) == 1_440)
        #expect(station.riseToAwait(at: 900) == nil, "the rise is promised once")
        #expect(station.next(at: 1_440) == 2)
    }

    @Test("SIM-21: shifts have their level at every time, and say when more come")
    func shifts() {
        let day = Shifts(early: 4, late: 2, period: 1_440, change: 720)
        #expect(day.level(at: 0) == 4 && day.level(at: 719.9) == 4 && day.level(at: 720) == 2)
        #expect(day.level(at: 1_440) == 4 && day.level(at: 1_440 * 9 + 1_000) == 2)
        #expect(day.nextRise(after: 30) == 1_440 && day.nextRise(after: 1_440) == 2_880)
        let night = Shifts(early: 1, late: 3, period: 1_440, change: 720)
        #expect(night.nextRise(after: 30) == 720 && night.nextRise(after: 720) == 2_160)
        #expect(Shifts.always(3).nextRise(after: 5) == nil && Shifts.always(3).level(at: 1e6) == 3)
    }

    @Test("SIM-22: arrivals are Poisson with the profile's rate in each hour")
    func arrivals() {
        let weights = [3.0, 8, 11, 10, 8, 6, 5, 5, 6, 7, 8, 9, 9, 5]
        let profile = ArrivalProfile(hourlyWeights: weights, days: 2, hour: 60, day: 1_440)
        let master = SeededGenerator(seed: 3)
        var counts = [Double](repeating: 0, count: 28)
        var totals: [Double] = []
        for number in 0..<150 {
            var arrivals = Arrivals(
                expected: 1_000, profile: profile,
                random: master.stream(named: "arrivals", number: UInt64(number)))
            var (last, total) = (0.0, 0.0)
            while let time = arrivals.next(profile) {
                #expect(time >= last)
                (last, total) = (time, total + 1)
                let minute = time.truncatingRemainder(dividingBy: 1_440)
                counts[(time >= 1_440 ? 14 : 0) + Int(minute / 60)] += 1
            }
            totals.append(total)
        }
        var chiSquare = 0.0
        for (hour, count) in counts.enumerated() {
            let expected = 150 * 1_000 * weights[hour % 14] / 200
            chiSquare += (count - expected) * (count - expected) / expected
        }
        // 28 free counts: 62 is passed once in 5,000.
        #expect(chiSquare < 62)
        let mean = totals.reduce(0, +) / 150
        let variance = totals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 149
        #expect(abs(mean - 1_000) < 12 && abs(variance / 1_000 - 1) < 0.45)
    }
}
