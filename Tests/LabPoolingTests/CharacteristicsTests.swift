import LabPooling
import LabStatistics
import Testing

@Suite("What a scheme costs and misses")
struct CharacteristicsTests {
    private func drawn(_ random: inout SeededGenerator, stages: Int) throws -> [Accuracy] {
        try (0..<stages).map { _ in
            try Accuracy(
                sensitivity: random.uniform(from: 0.5, to: 1),
                specificity: random.uniform(from: 0.5, to: 1))
        }
    }

    private func expectEqual(
        _ ours: Characteristics, _ all: Enumeration, _ comment: Comment, hasVariance: Bool = true
    ) {
        #expect(abs(ours.tests - all.tests) < 1e-10, comment)
        if hasVariance {
            #expect(abs((ours.variance ?? .nan) - all.variance) < 1e-9, comment)
        }
        for (index, person) in ours.people.enumerated() {
            if all.positive[index] > 1e-9 {
                let found = all.found[index] / all.positive[index]
                #expect(abs(person.sensitivity - found) < 1e-9, comment)
            }
            if all.positive[index] < 1 - 1e-9 {
                let falsely = all.falsely[index] / (1 - all.positive[index])
                #expect(abs(person.specificity - (1 - falsely)) < 1e-9, comment)
            }
        }
    }

    @Test(
        "SCHEME-2: every scheme equals the sum over all its ways, risks and accuracies drawn",
        arguments: [
            "1", "4>1", "6>3>1", "5>2+2+1>1", "5>3+2>2+1+1+1>1", "6>halve(3 stages)>1",
            "pools(3+1+2)>1",
            "2x2>1", "4>2x2>1", "5>sterrett(1)", "5>sterrett(2)", "6>sterrett",
        ])
    func equalsEnumeration(_ text: String) throws {
        for seed in UInt64(1)...4 {
            var random = SeededGenerator(seed: seed)
            let scheme = try Scheme(text)
            let risks = (0..<scheme.people).map { _ in random.uniform(from: 0, to: 0.6) }
            let accuracies = try drawn(&random, stages: scheme.stages)
            let ours = try scheme.characteristics(among: .risks(risks), accuracies: accuracies)
            let all = Enumeration(
                scheme, states: Enumeration.states(risks), accuracies: accuracies)
            expectEqual(
                ours, all, "\(text), seed \(seed)",
                hasVariance: !text.contains("x"))
        }
    }

    @Test(
        "CORR-2: with shared fate tests, variance and errors equal the sum over all ways",
        arguments: ["6>1", "6>3>1", "6>2>1", "5>3+2>1", "6>4+2>2+2+1+1>1"])
    func clustersEqualEnumeration(_ text: String) throws {
        for (seed, size) in [(UInt64(1), 2), (2, 3), (3, 4), (4, 6)] {
            var random = SeededGenerator(seed: seed)
            let scheme = try Scheme(text)
            let prevalence = random.uniform(from: 0.01, to: 0.4)
            let model = ClusterModel.betaBinomial(
                correlation: random.uniform(from: 0.01, to: 0.9))
            let accuracies = try drawn(&random, stages: scheme.stages)
            let crowd = Crowd.clusters(
                people: scheme.people, prevalence: prevalence, size: size, model)
            let ours = try scheme.characteristics(among: crowd, accuracies: accuracies)
            let all = Enumeration(
                scheme,
                states: Enumeration.states(
                    people: scheme.people, prevalence: prevalence, size: size, model),
                accuracies: accuracies)
            expectEqual(ours, all, "\(text), clusters of \(size), seed \(seed)")
        }
    }

    @Test(
        "CORR-2: households of different sizes in one pool equal the sum over all ways",
        arguments: ["6>1", "6>3>1", "6>4+2>2+2+1+1>1"])
    func householdsEqualEnumeration(_ text: String) throws {
        for (seed, sizes) in [(UInt64(1), [3, 2, 1]), (2, [1, 4, 1]), (3, [6]), (4, [2, 2, 2])] {
            var random = SeededGenerator(seed: seed)
            let scheme = try Scheme(text)
            let prevalence = random.uniform(from: 0.01, to: 0.4)
            let model = ClusterModel.betaBinomial(
                correlation: random.uniform(from: 0.01, to: 0.9))
            let accuracies = try drawn(&random, stages: scheme.stages)
            let ours = try scheme.characteristics(
                among: .households(sizes, prevalence: prevalence, model), accuracies: accuracies)
            // One household after the other, each a cluster of its own.
            var states: [(isPositive: [Bool], probability: Double)] = [([], 1)]
            for size in sizes {
                let own = Enumeration.states(
                    people: size, prevalence: prevalence, size: size, model)
                states = states.flatMap { before in
                    own.map {
                        (before.isPositive + $0.isPositive, before.probability * $0.probability)
                    }
                }
            }
            expectEqual(
                ours, Enumeration(scheme, states: states, accuracies: accuracies),
                "\(text), households \(sizes), seed \(seed)")
        }
    }

    @Test("SCHEME-3: two infected among 100 drawn people: 320/11 tests at 10:1, 2950/99 at 5:1")
    func workedVector() throws {
        for (size, expected) in [(10, 320.0 / 11), (5, 2_950.0 / 99)] {
            let pools = Array(repeating: "\(size)", count: 100 / size).joined(separator: "+")
            let ours = try Scheme("pools(\(pools))>1").characteristics(
                among: .drawn(people: 100, infected: 2), accuracies: [.perfect])
            #expect(abs(ours.tests - expected) < 1e-12)
        }
    }

    @Test(
        "SCHEME-3: a known number of infected equals the sum over all ways",
        arguments: ["pools(3+3)>1", "6>3>1", "pools(4+2)>2+2+1+1>1"])
    func drawnEqualsEnumeration(_ text: String) throws {
        for infected in 0...6 {
            var random = SeededGenerator(seed: UInt64(infected))
            let scheme = try Scheme(text)
            let accuracies = try drawn(&random, stages: scheme.stages)
            let ours = try scheme.characteristics(
                among: .drawn(people: 6, infected: infected), accuracies: accuracies)
            let states = (0..<64).map { bits in (0..<6).map { bits >> $0 & 1 == 1 } }
                .filter { $0.count { $0 } == infected }
            let all = Enumeration(
                scheme, states: states.map { ($0, 1 / Double(states.count)) },
                accuracies: accuracies)
            expectEqual(ours, all, "\(text), \(infected) infected")
        }
    }

    @Test("SCHEME-4: a master pool keeps its own specificity")
    func masterSpecificity() throws {
        // 3x3, p 0.001, Sp 0.6 of the master: 0.993722 ± 0.000019 by simulation; 0.994056 with the
        // specificity of the rows in its place.
        let accuracies = try [(0.9, 0.6), (0.9, 0.9), (0.9, 0.9)].map {
            try Accuracy(sensitivity: $0.0, specificity: $0.1)
        }
        let ours = try Scheme("9>3x3>1").characteristics(
            among: .alike(9, prevalence: 0.001), accuracies: accuracies)
        let specificity = try #require(ours.specificity)
        #expect(abs(specificity - 0.993_758) < 4e-5)
    }

    @Test("SCHEME-5: bad input is refused by the name of its field")
    func refuses() throws {
        #expect(throws: PoolingFault.probability(field: "sensitivity")) {
            try Accuracy(sensitivity: 1.2, specificity: 1)
        }
        #expect(throws: PoolingFault.probability(field: "specificity")) {
            try Accuracy(sensitivity: 1, specificity: .nan)
        }
        let scheme = try Scheme("10>5>1")
        #expect(throws: PoolingFault.probability(field: "risk 3")) {
            try scheme.characteristics(
                among: .risks([0, 0, 2, 0, 0, 0, 0, 0, 0, 0]), accuracies: [.perfect])
        }
        #expect(throws: PoolingFault.stages(needed: 3, given: 2)) {
            try scheme.characteristics(
                among: .alike(10, prevalence: 0), accuracies: [.perfect, .perfect])
        }
        #expect(throws: PoolingFault.self) {
            try scheme.characteristics(among: .alike(9, prevalence: 0), accuracies: [.perfect])
        }
    }

    @Test(
        "SCHEME-1: what does not nest, or is no scheme, cannot be written",
        arguments: [
            "", "10", "10>", "10>5", "10>4>1", "10>10>1", "10>5+4>1", "10>5+6>1", "3x4>1",
            "8>3x3>1",
            "10>5>5>1", "0>1", "x>1", "10>halve(3 stages; leaves 4+6)>1", "10>sterrett(3)", "1e9>1",
            "99999999999999999999>1",
        ])
    func notation(_ text: String) {
        #expect(throws: PoolingFault.self) { try Scheme(text) }
    }

    @Test("SCHEME-1: a scheme is read with its parts in order, however it is written")
    func notationReads() throws {
        #expect(try Scheme("10:1") == Scheme("10 > 1"))
        #expect(try Scheme("10>5>1") == Scheme("10>5+5>1"))
        #expect(try Scheme("10>halve(3 stages)>1") == Scheme("10>5+5>1"))
        #expect(try Scheme("12>8+2+1+1>5+3+(1+1)>1").stages == 4)
        #expect(try Scheme("3>1+1+1>1").people == 3)
        #expect(try Scheme("64>8x8>1") == .array(side: 8, hasMaster: true))
        #expect(try Scheme("1:1").people == 1)
    }
}
