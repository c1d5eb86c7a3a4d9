/// Pools of one size that were tested, and how many of them came out positive.
package struct PoolCount: Hashable, Sendable {
    /// People in each pool; 1 is a single test.
    package let size: Int
    package let tested: Int
    package let positive: Int
    /// How well a test tells such pools apart; a larger pool may have less sensitivity.
    package let accuracy: Accuracy

    /// A count of results; invalid ones are not in it.
    /// - Throws: `PoolingFault` for a size below 1, more positive than tested, or a test whose
    ///   sensitivity and specificity together are not above 1: it tells nothing.
    package init(
        size: Int, tested: Int, positive: Int, accuracy: Accuracy = .perfect
    ) throws(PoolingFault) {
        guard size >= 1 else { throw .range(field: "pool size", from: 1, to: .infinity) }
        guard tested >= 0 else { throw .range(field: "pools tested", from: 0, to: .infinity) }
        guard 0...tested ~= positive else {
            throw .range(field: "positive pools", from: 0, to: Double(tested))
        }
        try accuracy.checkInformative()
        self.size = size
        self.tested = tested
        self.positive = positive
        self.accuracy = accuracy
    }
}

/// What was thought of the prevalence before any result, in the weight of single tests.
package struct PriorBelief: Hashable, Sendable {
    /// As many people would have to be tested singly to know as much; need not be whole.
    package let people: Double
    /// The share of them expected positive.
    package let prevalence: Double

    /// A belief worth `people` single tests, at least 0.
    package init(people: Double, prevalence: Double) throws(PoolingFault) {
        guard people >= 0, people < 1e12 else {
            throw .range(field: "people behind the prior", from: 0, to: 1e12)
        }
        try PoolingFault.check(prevalence, named: "expected prevalence")
        self.people = people
        self.prevalence = prevalence
    }
}

extension Accuracy {
    /// Refuses a test that is positive no more often with a positive than without one.
    func checkInformative() throws(PoolingFault) {
        guard sensitivity + specificity > 1 else {
            throw .beyond(
                "sensitivity and specificity must add to more than 1: the test tells nothing")
        }
    }
}
