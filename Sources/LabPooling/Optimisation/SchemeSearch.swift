/// The best scheme for people of one prevalence, over a range of first pools.
///
/// For each first pool the best partition into smaller pools is exact: the expected tests are a
/// sum over the parts, so a dynamic program over the people that are left finds it among all
/// partitions. Objectives that are quotients are reached by Dinkelbach's iteration (Management
/// Science 13 (1967) 492), each step of which is such a sum.
package struct SchemeSearch: Sendable {
    package let prevalence: Double
    /// People in the first pool.
    package let sizes: ClosedRange<Int>
    package let model: TestModel
    package let question: SchemeQuestion

    /// A search over first pools of 2 to 500 people.
    ///
    /// - Throws: `PoolingFault` for a prevalence that is none and for sizes outside that range.
    package init(
        prevalence: Double, sizes: ClosedRange<Int>, model: TestModel, question: SchemeQuestion
    ) throws(PoolingFault) {
        try PoolingFault.check(prevalence, named: "prevalence")
        guard sizes.lowerBound >= 2, sizes.upperBound <= 500 else {
            throw .range(field: "sizes", from: 2, to: 500)
        }
        self.prevalence = prevalence
        self.sizes = sizes
        self.model = model
        self.question = question
    }

    /// The best scheme of so many stages for each size of the first pool that has one.
    ///
    /// - Parameter stages: 2, 3 or 4.
    /// - Returns: One scheme for each size that keeps to the floor, in the order of sizes.
    /// - Throws: `PoolingFault` for another number of stages.
    package func schemes(ofStages stages: Int) throws(PoolingFault) -> [FoundScheme] {
        guard (2...4).contains(stages) else { throw .range(field: "stages", from: 2, to: 4) }
        var found: [FoundScheme] = []
        for size in sizes where size >= stages {
            guard let scheme = try best(size, stages) else { continue }
            found.append(scheme)
        }
        return found
    }

    /// The best of all: schemes of the given stages and individual testing.
    ///
    /// Exact for fewest tests, and for the other objectives without a limit on tests. With one, the
    /// best of each first pool and the scheme with the fewest tests are weighed, so that a scheme
    /// is found whenever one keeps the limit.
    /// - Parameter stages: Numbers of stages among 1 ... 4.
    /// - Returns: Nil when not even individual testing keeps to the question's limits.
    /// - Throws: `PoolingFault` for another number of stages.
    package func best(ofStages stages: [Int]) throws(PoolingFault) -> FoundScheme? {
        let single = Scheme.hierarchy([.person])
        var found = [
            FoundScheme(
                scheme: single,
                characteristics: try characteristics(of: single, first: 1, stages: 1),
                isAtEdge: false)
        ]
        for count in stages where count > 1 && count <= question.mostStages {
            // The costs of all cuts settle which one has the fewest tests: only that one is read.
            if question.objective == .tests {
                if let cheapest = try cheapest(ofStages: count) { found.append(cheapest) }
            } else {
                found += try schemes(ofStages: count)
                // Where wells are short, what has fewer tests may fit though it is not the best.
                if question.mostTestsPerPerson != nil,
                    let cheapest = try cheapest(ofStages: count)
                {
                    found.append(cheapest)
                }
            }
        }
        return found.filter { question.admits($0.characteristics, stages: $0.scheme.stages) }
            .min {
                let (left, right) = (
                    question.value(of: $0.characteristics), question.value(of: $1.characteristics)
                )
                return abs(left - right) < 1e-9
                    ? $0.characteristics.tests < $1.characteristics.tests : left < right
            }
    }

    private func cheapest(ofStages stages: Int) throws(PoolingFault) -> FoundScheme? {
        guard (2...4).contains(stages) else { throw .range(field: "stages", from: 2, to: 4) }
        var least = Double.infinity
        var place: Int?
        for size in sizes where size >= stages {
            let cut = PoolCut(
                size: size, prevalence: prevalence,
                accuracies: model.accuracies(first: size, stages: stages), floor: question.floor)
            guard let tests = try cut.fewestTests(), tests / Double(size) < least else { continue }
            (least, place) = (tests / Double(size), size)
        }
        guard let place else { return nil }
        return try best(place, stages, fewestTests: true)
    }

    private func characteristics(
        of scheme: Scheme, first: Int, stages: Int
    ) throws(PoolingFault) -> Characteristics {
        try scheme.characteristics(
            among: .alike(scheme.people, prevalence: prevalence),
            accuracies: Array(model.accuracies(first: first, stages: stages).prefix(scheme.stages)))
    }

    private func best(
        _ size: Int, _ stages: Int, fewestTests: Bool = false
    ) throws(PoolingFault) -> FoundScheme? {
        let cut = PoolCut(
            size: size, prevalence: prevalence,
            accuracies: model.accuracies(first: size, stages: stages), floor: question.floor)
        // What one positive found, or one person classified rightly, is worth in tests.
        var price = 0.0
        var last: FoundScheme?
        for _ in 0..<30 {
            let free = PoolCut.Worth(positive: 0, negative: 0)
            guard let tree = try cut.best(worth: fewestTests ? free : worth(price)) else {
                return last
            }
            let scheme = Scheme.hierarchy([tree])
            let found = FoundScheme(
                scheme: scheme,
                characteristics: try scheme.characteristics(
                    among: .alike(size, prevalence: prevalence),
                    accuracies: Array(
                        model.accuracies(first: size, stages: stages).prefix(scheme.stages))),
                isAtEdge: size == sizes.upperBound
                    || (size == sizes.lowerBound && sizes.lowerBound > 2))
            let value = question.value(of: found.characteristics)
            guard !fewestTests,
                question.objective == .testsPerPositive || question.objective == .testsPerCorrect
            else { return found }
            guard last == nil || value < price - 1e-13 else { return last }
            price = value
            last = found
        }
        return last
    }

    private func worth(_ value: Double) -> PoolCut.Worth {
        switch question.objective {
        case .tests: PoolCut.Worth(positive: 0, negative: 0)
        case .testsPerPositive: PoolCut.Worth(positive: value, negative: 0)
        case .testsPerCorrect: PoolCut.Worth(positive: value, negative: value)
        // Of all partitions the one that loses nobody; tests decide between equals.
        case .sensitivity: PoolCut.Worth(positive: 1e6, negative: 0)
        }
    }
}
