import Glibc
import LabStatistics
import ReferenceFiles
import Testing

@testable import LabPooling

@Suite("Prevalence from pools")
struct PrevalenceEstimateTests {
    private static let kenya = "campaigns/kenya_2020_pools_of_6_001_125.csv"

    @Test("EST-1: equal pools and a perfect test have the closed form 1 - (1 - x/n)^(1/k)")
    func closedForm() throws {
        for (size, tested) in [(1, 40), (5, 30), (10, 100), (50, 7)] {
            for positive in 0...tested {
                let found = try estimate((size, tested, positive)).prevalence
                let share = Double(positive) / Double(tested)
                let expected = 1 - pow(1 - share, 1 / Double(size))
                #expect(abs(found - expected) < 1e-12 + 1e-9 * expected)
            }
        }
    }

    @Test("EST-1: false alarms and misses are taken off")
    func imperfect() throws {
        let accuracy = try Accuracy(sensitivity: 0.9, specificity: 0.98)
        for positive in 5..<170 {
            let count = try PoolCount(size: 8, tested: 200, positive: positive, accuracy: accuracy)
            let found = try PrevalenceEstimate([count])
            // 1 - p to the power of k = (Se - x/n) / (Se + Sp - 1)
            let clear = (0.9 - Double(positive) / 200) / 0.88
            #expect(abs(found.prevalence - (1 - pow(clear, 0.125))) < 1e-9)
            #expect(found.interval.contains(found.prevalence))
        }
    }

    // Roots of the published equations in p by a second program (scipy's brentq).
    @Test(
        "EST-2: estimate and limits are the roots of the published equations",
        arguments: [
            ([(6, 125, 40)], 1, 1, [0.062_254_867_0, 0.045_312_935_5, 0.082_984_088_4]),
            (
                [(50, 5, 1), (25, 5, 1), (10, 5, 0), (5, 5, 0)], 1, 1,
                [0.004_851_597_4, 0.000_844_834_0, 0.015_520_353_7]
            ),
            (
                [(10, 80, 9), (5, 40, 2), (1, 30, 1)], 0.95, 0.99,
                [0.011_181_791_5, 0.005_353_548_9, 0.020_060_374_9]
            ),
            (
                [(20, 200, 3), (10, 100, 1)], 0.9, 0.998,
                [0.000_758_995_2, 0.000_153_445_3, 0.002_012_291_0]
            ),
        ] as [([(Int, Int, Int)], Double, Double, [Double])])
    func published(
        _ groups: [(Int, Int, Int)], _ se: Double, _ sp: Double, _ expected: [Double]
    ) throws {
        let accuracy = try Accuracy(sensitivity: se, specificity: sp)
        let counts = try groups.map {
            try PoolCount(size: $0.0, tested: $0.1, positive: $0.2, accuracy: accuracy)
        }
        let found = try PrevalenceEstimate(counts)
        let three = [found.prevalence, found.interval.lowerBound, found.interval.upperBound]
        for (one, other) in zip(three, expected) { #expect(abs(one - other) < 1e-9) }
        // Parts of a count in another order are the same count.
        let split = try groups.reversed().flatMap { size, tested, positive in
            [
                try PoolCount(size: size, tested: positive, positive: positive, accuracy: accuracy),
                try PoolCount(
                    size: size, tested: tested - positive, positive: 0, accuracy: accuracy),
            ]
        }
        #expect(try PrevalenceEstimate(split) == found)
    }

    @Test("EST-3: all negative and all positive pools have exact limits")
    func unanimous() throws {
        let none = try estimate((10, 50, 0))
        #expect(none.prevalence == 0 && none.interval.lowerBound == 0)
        #expect(abs(none.interval.upperBound - (1 - pow(0.025, 1.0 / 500))) < 1e-12)
        let mixed = try PrevalenceEstimate([
            PoolCount(size: 20, tested: 10, positive: 0),
            PoolCount(size: 1, tested: 30, positive: 0),
        ])
        #expect(abs(mixed.interval.upperBound - (1 - pow(0.025, 1.0 / 230))) < 1e-12)
        let all = try estimate((5, 8, 8))
        #expect(all.prevalence == 1 && all.interval.upperBound == 1)
        let clear = 1 - pow(0.025, 1.0 / 8)
        #expect(abs(all.interval.lowerBound - (1 - pow(clear, 0.2))) < 1e-12)
    }

    @Test("EST-3: results that contradict the accuracy have the limits of the nearest that do not")
    func contradiction() throws {
        let weak = try Accuracy(sensitivity: 0.8, specificity: 0.9)
        func estimate(_ positive: Int) throws -> PrevalenceEstimate {
            try PrevalenceEstimate([
                PoolCount(size: 10, tested: 400, positive: positive, accuracy: weak)
            ])
        }
        // 40 false alarms are expected of 400 pools without a positive, 320 finds of all with one.
        let (least, most) = (try estimate(40), try estimate(320))
        for positive in [0, 1, 20] {
            let few = try estimate(positive)
            #expect(few.prevalence == 0 && few.interval.lowerBound == 0)
            #expect(abs(few.interval.upperBound - least.interval.upperBound) < 1e-9)
        }
        for positive in [340, 399, 400] {
            let many = try estimate(positive)
            #expect(many.prevalence == 1 && many.interval.upperBound == 1)
            #expect(abs(many.interval.lowerBound - most.interval.lowerBound) < 1e-6)
        }
        #expect((0.001..<0.01).contains(least.interval.upperBound))
        #expect((0.2..<0.5).contains(most.interval.lowerBound))
    }

    @Test("EST-3: more positives never lower a limit, whatever the accuracy")
    func order() throws {
        for accuracy in [Accuracy.perfect, try Accuracy(sensitivity: 0.9, specificity: 0.97)] {
            var before: ClosedRange<Double> = 0...0
            for positive in 0...60 {
                let found = try PrevalenceEstimate([
                    PoolCount(size: 6, tested: 60, positive: positive, accuracy: accuracy)
                ])
                #expect(found.interval.lowerBound >= before.lowerBound)
                #expect(found.interval.upperBound >= before.upperBound)
                #expect(found.interval.contains(found.prevalence))
                before = found.interval
            }
        }
    }

    @Test("EST-4: a prior counts like so many perfect single tests")
    func prior() throws {
        let counts = [try PoolCount(size: 10, tested: 40, positive: 6)]
        let singles = try PoolCount(size: 1, tested: 200, positive: 2)
        let believed = try PrevalenceEstimate(
            counts, prior: PriorBelief(people: 200, prevalence: 0.01))
        #expect(
            abs(believed.prevalence - (try PrevalenceEstimate(counts + [singles])).prevalence)
                < 1e-12)
        let alone = try PrevalenceEstimate([], prior: PriorBelief(people: 50, prevalence: 0.02))
        #expect(abs(alone.prevalence - 0.02) < 1e-12)
        // A faint belief moves nothing by a jump, also where no pool is positive.
        let none = [try PoolCount(size: 10, tested: 40, positive: 0)]
        let bare = try PrevalenceEstimate(none)
        for people in [0, 0.001, 1, 5] {
            let faint = try PrevalenceEstimate(
                none, prior: PriorBelief(people: people, prevalence: 0.01))
            #expect(abs(faint.interval.upperBound / bare.interval.upperBound - 1) < 0.02)
            #expect(faint.interval.lowerBound == 0)
        }
    }

    @Test(
        "EST-5: 40 of 125 pools of 6 in Kenya cover the 56 of 750 found by retesting",
        .needs(reference: kenya))
    func kenyaPools() throws {
        var pools: [Substring: Bool] = [:]
        for row in try Reference.rows(Self.kenya).dropFirst() {
            pools[row[1][...]] = row[2] != "Negative"
        }
        let positive = pools.values.count { $0 }
        #expect(pools.count == 125 && positive == 40)
        let found = try estimate((6, 125, positive))
        #expect(found.interval.contains(56.0 / 750))
    }

    @Test("EST-6: counts, priors and confidences out of range are refused")
    func refusals() throws {
        for (size, tested, positive) in [(0, 1, 0), (5, -1, 0), (5, 3, 4), (5, 3, -1)] {
            #expect(throws: PoolingFault.self) {
                try PoolCount(size: size, tested: tested, positive: positive)
            }
        }
        let coin = try Accuracy(sensitivity: 0.5, specificity: 0.5)
        #expect(throws: PoolingFault.self) {
            try PoolCount(size: 5, tested: 3, positive: 1, accuracy: coin)
        }
        #expect(throws: PoolingFault.self) { try PriorBelief(people: -1, prevalence: 0.1) }
        #expect(throws: PoolingFault.self) { try PriorBelief(people: 1, prevalence: 1.1) }
        #expect(throws: PoolingFault.empty(field: "the pools tested")) {
            try PrevalenceEstimate([])
        }
        #expect(throws: PoolingFault.self) {
            try PrevalenceEstimate([PoolCount(size: 5, tested: 3, positive: 1)], confidence: 1)
        }
    }

    private func estimate(_ count: (size: Int, tested: Int, positive: Int)) throws
        -> PrevalenceEstimate
    {
        try PrevalenceEstimate([
            PoolCount(size: count.size, tested: count.tested, positive: count.positive)
        ])
    }
}
