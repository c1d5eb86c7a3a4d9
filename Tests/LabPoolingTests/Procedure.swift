import LabPooling

/// A scheme carried out test by test, written without the formulas: the judge of them.
struct Procedure {
    let scheme: Scheme
    let people: Int

    /// Carries the scheme out.
    /// - Parameter read: Reads a pool of people in a stage (0 for the first).
    /// - Returns: Who was declared positive, and the number of tests.
    func run(_ read: (_ pool: [Int], _ stage: Int) -> Bool) -> (declared: Set<Int>, tests: Int) {
        var declared: Set<Int> = []
        var tests = 0
        func test(_ pool: [Int], _ stage: Int) -> Bool {
            tests += 1
            let isPositive = read(pool, stage)
            if isPositive, pool.count == 1 { declared.insert(pool[0]) }
            return isPositive
        }
        switch scheme {
        case .hierarchy(let trees):
            var start = 0
            for tree in trees {
                walk(tree, start, 0, test)
                start += tree.size
            }
        case .array(let side, let hasMaster):
            let all = Array(0..<side * side)
            if hasMaster, !test(all, 0) { break }
            let stage = hasMaster ? 1 : 0
            let rows = (0..<side).map { row in test(all.filter { $0 / side == row }, stage) }
            let columns = (0..<side).map { column in
                test(all.filter { $0 % side == column }, stage)
            }
            for person in all {
                let (row, column) = (rows[person / side], columns[person % side])
                if row && column || row && !columns.contains(true)
                    || column && !rows.contains(true)
                {
                    // A pool of one in an array is still an individual test of the last stage.
                    _ = test([person], stage + 1)
                }
            }
        case .sterrett(let size, let search):
            let pools: Int
            switch search {
            case .once: pools = 1
            case .twice: pools = 2
            case .full: pools = size
            }
            sterrett(Array(0..<size), pools, test)
        }
        return (declared, tests)
    }

    private func walk(_ tree: PoolTree, _ start: Int, _ stage: Int, _ test: ([Int], Int) -> Bool) {
        guard test(Array(start..<start + tree.size), stage) else { return }
        var place = start
        for part in tree.parts {
            walk(part, place, stage + 1, test)
            place += part.size
        }
    }

    private func sterrett(_ row: [Int], _ searches: Int, _ test: ([Int], Int) -> Bool) {
        guard !row.isEmpty, test(row, 0), row.count > 1 else { return }
        for (index, person) in row.enumerated() {
            let isPositive = test([person], 0)
            if isPositive, searches > 0 {
                return sterrett(Array(row[(index + 1)...]), searches - 1, test)
            }
        }
    }
}

/// Every way in which a scheme can go, with its probability.
struct Enumeration {
    var tests = 0.0
    var secondMoment = 0.0
    /// P(positive), P(positive and declared), P(negative and declared) of each person.
    var positive: [Double]
    var found: [Double]
    var falsely: [Double]

    /// Plays every true state, each with its probability.
    init(
        _ scheme: Scheme, states: [(isPositive: [Bool], probability: Double)],
        accuracies: [Accuracy]
    ) {
        let people = scheme.people
        let procedure = Procedure(scheme: scheme, people: people)
        positive = Array(repeating: 0, count: people)
        found = positive
        falsely = positive
        for (state, weight) in states where weight > 0 {
            var forced: [Bool] = []
            while true {
                var taken: [Bool] = []
                var probability = weight
                let (declared, tests) = procedure.run { pool, stage in
                    let outcome = taken.count < forced.count ? forced[taken.count] : true
                    let accuracy = accuracies[stage]
                    let reads =
                        pool.contains { state[$0] }
                        ? accuracy.sensitivity : 1 - accuracy.specificity
                    probability *= outcome ? reads : 1 - reads
                    taken.append(outcome)
                    return outcome
                }
                self.tests += probability * Double(tests)
                secondMoment += probability * Double(tests * tests)
                for person in 0..<people where declared.contains(person) {
                    if state[person] { found[person] += probability }
                    if !state[person] { falsely[person] += probability }
                }
                // The next way: the last positive reading becomes negative.
                while let last = taken.last, !last { taken.removeLast() }
                guard !taken.isEmpty else { break }
                taken[taken.count - 1] = false
                forced = taken
            }
            for person in 0..<people where state[person] { positive[person] += weight }
        }
    }

    var variance: Double { secondMoment - tests * tests }

    /// All true states of independent people.
    static func states(_ risks: [Double]) -> [(isPositive: [Bool], probability: Double)] {
        (0..<1 << risks.count).map { bits in
            let state = risks.indices.map { bits >> $0 & 1 == 1 }
            return (state, zip(risks, state).reduce(1) { $0 * ($1.1 ? $1.0 : 1 - $1.0) })
        }
    }

    /// All true states of people in clusters, from P(clear) by inclusion and exclusion.
    static func states(
        people: Int, prevalence: Double, size: Int, _ model: ClusterModel
    ) -> [(isPositive: [Bool], probability: Double)] {
        (0..<1 << people).map { bits in
            let state = (0..<people).map { bits >> $0 & 1 == 1 }
            var probability = 1.0
            for start in stride(from: 0, to: people, by: size) {
                let cluster = start..<min(people, start + size)
                let positives = cluster.count { state[$0] }
                var exactly = 0.0
                var choose = 1.0
                for j in 0...positives {
                    let clear = model.clear(cluster.count - positives + j, prevalence: prevalence)
                    exactly += (j % 2 == 0 ? 1 : -1) * choose * clear
                    choose *= Double(positives - j) / Double(j + 1)
                }
                probability *= max(0, exactly)
            }
            return (state, probability)
        }
    }
}
