/// What a scheme is wanted for, and what it must keep to.
///
/// Fewest tests alone is never asked for: with Se < 1 that rewards missing positives, so every
/// question has a floor on sensitivity.
package struct SchemeQuestion: Sendable {
    /// What is to be small or large.
    package enum Objective: String, CaseIterable, Sendable {
        /// Fewest expected tests a person.
        case tests
        /// Fewest expected tests for one positive that is found.
        case testsPerPositive = "tests-per-positive"
        /// Fewest expected tests for one person classified rightly (Malinovsky, Albert and Roy
        /// 2016).
        case testsPerCorrect = "tests-per-correct"
        /// The largest share of positives found.
        case sensitivity
    }

    package let objective: Objective
    /// The least chance of being found that any positive person must have.
    package let floor: Double
    /// The most expected tests a person: wells available over people that wait; nil is no limit.
    package let mostTestsPerPerson: Double?
    /// The most stages, single tests included: time left over the time of one round.
    package let mostStages: Int

    /// A question.
    ///
    /// The floor is 0.85 where none is given: the share of individually found positives that the
    /// FDA asks pooled tests to find (template for pooling, 2020).
    /// - Throws: `PoolingFault` for a floor outside 0 ... 1 and limits that nothing can keep.
    package init(
        _ objective: Objective = .tests, floor: Double = 0.85, mostTestsPerPerson: Double? = nil,
        mostStages: Int = 4
    ) throws(PoolingFault) {
        try PoolingFault.check(floor, named: "floor")
        guard mostStages >= 1 else { throw .range(field: "stages", from: 1, to: 4) }
        if let limit = mostTestsPerPerson, !(limit > 0) {
            throw .range(field: "wells a person", from: 0, to: .infinity)
        }
        self.objective = objective
        self.floor = floor
        self.mostTestsPerPerson = mostTestsPerPerson
        self.mostStages = mostStages
    }

    /// Whether a scheme keeps to the floor and the limits.
    package func admits(_ characteristics: Characteristics, stages: Int) -> Bool {
        // Products of the same sensitivities in another order differ in the last bit.
        characteristics.leastSensitivity >= floor - 1e-12 && stages <= mostStages
            && characteristics.testsPerPerson <= (mostTestsPerPerson ?? .infinity)
    }

    /// What is minimised; infinite where a scheme finds nobody.
    package func value(of characteristics: Characteristics) -> Double {
        switch objective {
        case .tests: return characteristics.testsPerPerson
        case .testsPerPositive: return characteristics.testsPerPositiveFound ?? .infinity
        case .testsPerCorrect:
            let right = characteristics.truePositives + characteristics.trueNegatives
            return right > 0 ? characteristics.tests / right : .infinity
        case .sensitivity: return -(characteristics.sensitivity ?? 0)
        }
    }
}

/// A scheme with what it costs and misses.
package struct FoundScheme: Sendable {
    package let scheme: Scheme
    package let characteristics: Characteristics
    /// Whether its first pool is as large or as small as the search allowed, so that a wider search
    /// may find a better one.
    package let isAtEdge: Bool
}
