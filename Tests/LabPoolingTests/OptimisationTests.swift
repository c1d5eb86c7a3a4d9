import LabPooling
import LabStatistics
import Testing

@Suite("The best scheme")
struct OptimisationTests {
    private func drawnModel(_ random: inout SeededGenerator, stages: Int) throws -> TestModel {
        TestModel.init(
            try (0..<stages).map { _ in
                try Accuracy(
                    sensitivity: random.uniform(from: 0.8, to: 1),
                    specificity: random.uniform(from: 0.9, to: 1))
            })
    }

    /// All trees over so many people with exactly so many stages at most, parts in falling size.
    private static func trees(_ size: Int, stages: Int) throws -> [PoolTree] {
        if stages == 2 { return [try PoolTree(size: size)] }
        func cut(_ left: Int, _ most: Int) throws -> [[PoolTree]] {
            if left == 0 { return [[]] }
            var all: [[PoolTree]] = []
            for part in 1...min(left, most) {
                let heads = part == 1 ? [PoolTree.person] : try trees(part, stages: stages - 1)
                for tail in try cut(left - part, part) {
                    for head in heads { all.append([head] + tail) }
                }
            }
            return all
        }
        return try cut(size, size - 1).map { try PoolTree(parts: $0) }
    }

    @Test(
        "OPT-1: for each first pool the best cut is the best of all cuts",
        arguments: SchemeQuestion.Objective.allCases.filter { $0 != .sensitivity }, [2, 3, 4])
    func bestOfAllCuts(_ objective: SchemeQuestion.Objective, _ stages: Int) throws {
        for seed in UInt64(1)...3 {
            var random = SeededGenerator(seed: seed)
            let prevalence = random.uniform(from: 0.005, to: 0.2)
            let model = try drawnModel(&random, stages: stages)
            let floor = [0, 0.6, 0.75][Int(seed) - 1]
            let question = try SchemeQuestion(objective, floor: floor)
            let search = try SchemeSearch(
                prevalence: prevalence, sizes: 4...(stages == 4 ? 8 : 11), model: model,
                question: question)
            let found = Dictionary(
                try search.schemes(ofStages: stages).map { ($0.scheme.people, $0) }
            ) { first, _ in first }
            for size in search.sizes {
                let all = try Self.trees(size, stages: stages).map { tree in
                    let scheme = Scheme.hierarchy([tree])
                    return try scheme.characteristics(
                        among: .alike(size, prevalence: prevalence),
                        accuracies: Array(
                            model.accuracies(first: size, stages: stages).prefix(scheme.stages)))
                }.filter { $0.leastSensitivity >= floor }
                let best = all.map(question.value).min()
                let ours = found[size].map { question.value(of: $0.characteristics) }
                #expect((best == nil) == (ours == nil), "seed \(seed), \(size) people")
                if let best, let ours {
                    #expect(abs(best - ours) < 1e-10, "seed \(seed), \(size) people")
                }
            }
        }
    }

    @Test("OPT-2: fewest tests never buys what the floor forbids")
    func floorHolds() throws {
        // With Se 0.95 at 30 % "fewest tests" alone pools 120 people and misses them.
        let accuracy = try Accuracy(sensitivity: 0.95, specificity: 0.99)
        func best(floor: Double) throws -> FoundScheme? {
            try SchemeSearch(
                prevalence: 0.3, sizes: 2...120, model: TestModel(stages: [accuracy]),
                question: SchemeQuestion(.tests, floor: floor)
            ).best(ofStages: [2, 3])
        }
        #expect(try best(floor: 0.93)?.scheme == Scheme("1"))
        #expect(try best(floor: 0.96) == nil)
        let loose = try #require(try best(floor: 0))
        #expect(loose.isAtEdge && loose.scheme.people == 120)
    }

    @Test("OPT-3: an optimum at the edge of the search says so")
    func edge() throws {
        func best(_ sizes: ClosedRange<Int>) throws -> FoundScheme? {
            try SchemeSearch(
                prevalence: 0.001, sizes: sizes, model: TestModel(stages: [.perfect]),
                question: SchemeQuestion(.tests)
            ).best(ofStages: [2])
        }
        #expect(try best(2...20)?.isAtEdge == true)
        #expect(try best(50...60)?.isAtEdge == true)
        let free = try #require(try best(2...100))
        // Samuels (1978): the best size is 1 + floor or ceiling of 1/sqrt(p).
        #expect(!free.isAtEdge && free.scheme.people == 32)
    }

    @Test("OPT-4: limits on wells and stages are kept, and the most sensitive scheme found")
    func limits() throws {
        let model = try TestModel(
            stages: [
                Accuracy(sensitivity: 0.95, specificity: 0.99),
                Accuracy(sensitivity: 0.99, specificity: 0.99),
            ],
            kept: { 1 - 0.01 * Double($0) })
        func best(_ objective: SchemeQuestion.Objective, wells: Double?, stages: Int) throws
            -> FoundScheme?
        {
            try SchemeSearch(
                prevalence: 0.01, sizes: 2...30, model: model,
                question: SchemeQuestion(
                    objective, floor: 0.5, mostTestsPerPerson: wells, mostStages: stages)
            ).best(ofStages: [2, 3, 4])
        }
        #expect(try best(.sensitivity, wells: nil, stages: 4)?.scheme == Scheme("1"))
        let few = try #require(try best(.sensitivity, wells: 0.3, stages: 2))
        #expect(few.characteristics.testsPerPerson <= 0.3)
        // The next smaller pool would need more wells than there are.
        let smaller = try Scheme("\(few.scheme.people - 1)>1").characteristics(
            among: .alike(few.scheme.people - 1, prevalence: 0.01),
            accuracies: model.accuracies(first: few.scheme.people - 1, stages: 2))
        #expect(smaller.testsPerPerson > 0.3)
        // The most sensitive cuts need 0.275 wells a person; another cut fits into 0.25.
        let tight = try SchemeSearch(
            prevalence: 0.02, sizes: 2...20,
            model: TestModel(stages: [Accuracy(sensitivity: 0.95, specificity: 0.99)]),
            question: SchemeQuestion(.sensitivity, floor: 0.8, mostTestsPerPerson: 0.25)
        ).best(ofStages: [2, 3])
        #expect(try #require(tight).characteristics.testsPerPerson <= 0.25)
        #expect(try best(.tests, wells: nil, stages: 1)?.scheme == Scheme("1"))
        #expect(try best(.tests, wells: 0.05, stages: 2) == nil)
    }

    @Test("OPT-5: two-stage pools of individual risks are the best of all set partitions")
    func setPartitions() throws {
        for seed in UInt64(1)...12 {
            var random = SeededGenerator(seed: seed)
            let risks = (0..<7).map { _ in random.uniform(from: 0, to: 0.4) }
            let model = try drawnModel(&random, stages: 1)
            let most = random.whole(in: 2...7)
            let accuracy = model.stages[0]
            func cost(_ pool: [Int]) -> Double {
                if pool.count == 1 { return 1 }
                let clear = pool.reduce(1) { $0 * (1 - risks[$1]) }
                let read =
                    accuracy.sensitivity
                    - (accuracy.sensitivity + accuracy.specificity - 1) * clear
                return 1 + Double(pool.count) * read
            }
            var least = Double.infinity
            func place(_ person: Int, _ pools: [[Int]]) {
                guard person < risks.count else {
                    if pools.allSatisfy({ $0.count <= most }) {
                        least = min(least, pools.reduce(0) { $0 + cost($1) })
                    }
                    return
                }
                for index in pools.indices {
                    var more = pools
                    more[index].append(person)
                    place(person + 1, more)
                }
                place(person + 1, pools + [[person]])
            }
            place(0, [])
            let ours = try #require(
                try RiskSearch(risks: risks, mostPeople: most, model: model, floor: 0).twoStages())
            #expect(abs(ours.tests - least) < 1e-10, "seed \(seed)")
            let stated = try ours.scheme.characteristics(
                among: .risks(ours.order.map { risks[$0] }), accuracies: model.stages)
            #expect(abs(stated.tests - ours.tests) < 1e-10, "seed \(seed)")
        }
    }

    @Test("OPT-6: three-stage pools of individual risks are the best of all contiguous cuts")
    func contiguousCuts() throws {
        for seed in UInt64(1)...8 {
            var random = SeededGenerator(seed: seed)
            let risks = (0..<8).map { _ in random.uniform(from: 0, to: 0.25) }.sorted()
            let model = try drawnModel(&random, stages: 3)
            let floor = seed % 2 == 0 ? 0 : 0.6
            /// All ways to write a number as an ordered sum.
            func sums(_ number: Int) -> [[Int]] {
                number == 0
                    ? [[]]
                    : (1...number).flatMap { head in sums(number - head).map { [head] + $0 } }
            }
            var least = Double.infinity
            for blocks in sums(8) {
                var start = 0
                var total = 0.0
                for block in blocks {
                    let crowd = Crowd.risks(Array(risks[start..<start + block]))
                    var cheapest = Double.infinity
                    for parts in sums(block) where block == 1 || parts.count > 1 {
                        let tree =
                            block == 1
                            ? .person
                            : try PoolTree(parts: parts.map { try PoolTree(size: $0) })
                        for stages in [2, 3] where stages == 3 || parts.allSatisfy({ $0 == 1 }) {
                            let scheme = Scheme.hierarchy([tree])
                            let all = model.accuracies(
                                first: block, stages: block == 1 ? 1 : stages)
                            let figures = try scheme.characteristics(
                                among: crowd, accuracies: Array(all.prefix(scheme.stages)))
                            if figures.leastSensitivity >= floor {
                                cheapest = min(cheapest, figures.tests)
                            }
                        }
                    }
                    total += cheapest
                    start += block
                }
                least = min(least, total)
            }
            let ours = try RiskSearch(risks: risks, mostPeople: 8, model: model, floor: floor)
                .threeStages()
            #expect((ours == nil) == (least == .infinity), "seed \(seed)")
            if let ours { #expect(abs(ours.tests - least) < 1e-10, "seed \(seed)") }
        }
    }
}

extension TestModel {
    fileprivate init(_ stages: [Accuracy]) {
        // Never empty in these tests.
        guard let model = try? TestModel(stages: stages) else { preconditionFailure() }
        self = model
    }
}
