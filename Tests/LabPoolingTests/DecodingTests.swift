import LabPooling
import LabStatistics
import Testing

@Suite("What pools say of their members")
struct DecodingTests {
    /// Bayes' rule over all states, written out.
    private func bruteForce(_ risks: [Double], _ readings: [PoolReading]) -> [Double]? {
        var whole = 0.0
        var positive = risks.map { _ in 0.0 }
        for (state, prior) in Enumeration.states(risks) {
            let weight = readings.reduce(prior) { weight, reading in
                let isPositive = reading.members.contains { state[$0] }
                let reads =
                    isPositive ? reading.accuracy.sensitivity : 1 - reading.accuracy.specificity
                return weight * (reading.isPositive ? reads : 1 - reads)
            }
            whole += weight
            for person in risks.indices where state[person] { positive[person] += weight }
        }
        return whole > 0 ? positive.map { $0 / whole } : nil
    }

    private func drawn(_ random: inout SeededGenerator, people: Int) throws
        -> (risks: [Double], readings: [PoolReading])
    {
        let risks = (0..<people).map { _ in random.uniform(from: 0, to: 0.5) }
        let readings = try (0..<random.whole(in: 0...6)).map { _ in
            let members = (0..<people).filter { _ in random.bernoulli(0.4) }
            return PoolReading(
                members: members.isEmpty ? [0] : members, isPositive: random.bernoulli(0.5),
                accuracy: try Accuracy(
                    sensitivity: random.uniform(from: 0.6, to: 1),
                    specificity: random.uniform(from: 0.6, to: 1)))
        }
        return (risks, readings)
    }

    @Test("DEC-1: after any readings each posterior is Bayes' rule over all states")
    func posteriors() throws {
        for seed in UInt64(1)...60 {
            var random = SeededGenerator(seed: seed)
            let (risks, readings) = try drawn(&random, people: random.whole(in: 1...8))
            let ours = try Evidence(risks: risks, readings: readings).posteriors()
            let all = bruteForce(risks, readings)
            #expect((ours == nil) == (all == nil), "seed \(seed)")
            for (one, other) in zip(ours ?? [], all ?? []) {
                #expect(abs(one - other) < 1e-12, "seed \(seed)")
            }
        }
    }

    @Test("DEC-1: readings that cannot all be true are told, not explained away")
    func impossible() throws {
        let readings = [
            PoolReading(members: [0, 1], isPositive: true, accuracy: .perfect),
            PoolReading(members: [0], isPositive: false, accuracy: .perfect),
            PoolReading(members: [1], isPositive: false, accuracy: .perfect),
        ]
        #expect(try Evidence(risks: [0.1, 0.1], readings: readings).posteriors() == nil)
    }

    @Test("DEC-2: rare positives in an array of 36 are decoded without loss of digits")
    func rarePositives() throws {
        // One positive at (3, 5); perfect lines: only the crossing can be it, whatever the risk.
        let lines = (0..<6).flatMap { line in
            [
                PoolReading(
                    members: (0..<6).map { line * 6 + $0 }, isPositive: line == 3,
                    accuracy: .perfect),
                PoolReading(
                    members: (0..<6).map { $0 * 6 + line }, isPositive: line == 5,
                    accuracy: .perfect),
            ]
        }
        let risks = Array(repeating: 1e-9, count: 36)
        let ours = try #require(try Evidence(risks: risks, readings: lines).posteriors())
        #expect(abs(ours[3 * 6 + 5] - 1) < 1e-12)
        #expect(ours.enumerated().allSatisfy { $0.offset == 23 || $0.element < 1e-12 })
    }

    @Test("DEC-3: the next wells are the best of all cuts of the sorted row")
    func nextTests() throws {
        for seed in UInt64(1)...20 {
            var random = SeededGenerator(seed: seed)
            let risks = (0..<6).map { _ in random.uniform(from: 0, to: 0.3) }
            let accuracy = try Accuracy(
                sensitivity: random.uniform(from: 0.8, to: 1),
                specificity: random.uniform(from: 0.8, to: 1))
            let pool = PoolReading(
                members: Array(0..<6), isPositive: true, accuracy: accuracy)
            let evidence = try Evidence(risks: risks, readings: [pool])
            let posteriors = try #require(bruteForce(risks, [pool]))
            let row = (0..<6).sorted { posteriors[$0] < posteriors[$1] }
            var least = Double.infinity
            for cuts in 0..<32 {
                var stretches: [[Int]] = [[]]
                for (place, person) in row.enumerated() {
                    stretches[stretches.count - 1].append(person)
                    if place < 5, cuts >> place & 1 == 1 { stretches.append([]) }
                }
                guard stretches.allSatisfy({ $0.count <= 4 }) else { continue }
                let cost = stretches.reduce(0.0) { total, stretch in
                    if stretch.count == 1 { return total + 1 }
                    // P(stretch reads positive | pool was), by the states.
                    var whole = 0.0
                    var reads = 0.0
                    for (state, prior) in Enumeration.states(risks) {
                        func read(_ members: [Int]) -> Double {
                            members.contains { state[$0] }
                                ? accuracy.sensitivity : 1 - accuracy.specificity
                        }
                        whole += prior * read(pool.members)
                        reads += prior * read(pool.members) * read(stretch)
                    }
                    return total + 1 + Double(stretch.count) * reads / whole
                }
                least = min(least, cost)
            }
            let ours = try #require(
                evidence.nextTests(
                    for: Array(0..<6), pool: accuracy, single: accuracy, mostPeople: 4, floor: 0))
            #expect(abs(ours.expected - least) < 1e-10, "seed \(seed)")
            #expect(ours.tests.flatMap(\.members).sorted() == Array(0..<6))
            let strict = evidence.nextTests(
                for: Array(0..<6), pool: accuracy, single: accuracy, mostPeople: 4, floor: 1)
            #expect(strict?.tests.count == 6, "a floor that pools miss leaves single tests")
        }
    }

    @Test("DEC-4: every person has a named outcome")
    func namedOutcomes() {
        func test(
            _ kind: MemberTest.Kind, _ members: [Int], _ result: MemberTest.Result
        ) -> MemberTest { MemberTest(kind: kind, members: members, result: result) }

        #expect(
            outcomes(of: 3, after: [test(.pool, [0, 1], .notDetected)]) == [
                .negative, .negative, nil,
            ])
        #expect(
            outcomes(of: 2, after: [test(.pool, [0, 1], .grey)]) == [
                .awaitingRetest, .awaitingRetest,
            ])
        #expect(outcomes(of: 1, after: [test(.mixed, [0], .detected)]) == [.awaitingRecollection])
        #expect(outcomes(of: 2, after: [test(.pool, [0, 1], .invalid)]) == [.invalid, .invalid])
        let half = [
            test(.pool, [0, 1, 2, 3], .detected), test(.pool, [0, 1], .notDetected),
            test(.pool, [2, 3], .detected), test(.single, [2], .notDetected),
        ]
        #expect(outcomes(of: 4, after: half) == [.negative, .negative, .negative, .awaitingRetest])
        let found = half + [test(.single, [3], .detected)]
        #expect(outcomes(of: 4, after: found) == [.negative, .negative, .negative, .positive])
        let none = half + [test(.single, [3], .notDetected)]
        #expect(
            outcomes(of: 4, after: none) == [.discordant, .discordant, .discordant, .discordant])
        let grey = half + [test(.single, [3], .grey)]
        #expect(outcomes(of: 4, after: grey)[3] == .awaitingRetest)
        #expect(outcomes(of: 4, after: grey + [test(.single, [3], .detected)])[3] == .positive)
    }

    @Test("DEC-5: readings that name nobody, somebody twice or a stranger are refused")
    func refuses() {
        func evidence(_ members: [Int]) throws -> Evidence {
            try Evidence(
                risks: [0.1, 0.1],
                readings: [PoolReading(members: members, isPositive: true, accuracy: .perfect)])
        }
        for members in [[], [0, 0], [2], [-1]] {
            #expect(throws: PoolingFault.self) { try evidence(members) }
        }
        #expect(throws: PoolingFault.self) { try Evidence(risks: [1.5], readings: []) }
    }
}
