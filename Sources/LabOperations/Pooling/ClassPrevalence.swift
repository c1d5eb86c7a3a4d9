package import LabDomain
internal import LabPooling
internal import LabStore

/// What is thought of the share of positives in one risk class.
package struct ClassPrevalence: Codable, Hashable, Sendable {
    package let risk: RiskClass
    package let prevalence: Double
    /// The limits between which it lies with 95 %; nil where nothing was tested yet.
    package let low: Double?
    package let high: Double?
    /// People behind it whose first tests were read.
    package let people: Int
    /// Tubes and pools that were read, and how many of them positive.
    package let tests: Int
    package let positive: Int
    /// What the programme expects, weighed like 1,000 people; nil where it names nothing.
    package let expected: Double?

    /// How many people's tests the programme's expectation is worth.
    static let weight = 1_000.0

    /// Estimates a class from its first readings and the programme's expectation.
    ///
    /// - Returns: Nil where there are neither.
    init?(_ risk: RiskClass, from readings: [FirstReading], expected: Double?) throws {
        let own = readings.filter { $0.risk == risk }
        guard !own.isEmpty || expected != nil else { return nil }
        let counts = try ClassPrevalence.counts(own)
        let prior = try expected.map {
            try PriorBelief(people: ClassPrevalence.weight, prevalence: $0)
        }
        prevalence = try PrevalenceEstimate(counts, prior: prior).prevalence
        let interval = own.isEmpty ? nil : try PrevalenceEstimate(counts).interval
        low = interval?.lowerBound
        high = interval?.upperBound
        self.risk = risk
        self.expected = expected
        people = own.reduce(0) { $0 + $1.people }
        tests = own.count
        positive = own.count { $0.isPositive && $0.poolState != .unconfirmed }
    }

    /// Readings by size; a pool that no member explained is a false alarm.
    static func counts(_ readings: [FirstReading]) throws -> [PoolCount] {
        try Dictionary(grouping: readings, by: \.people).sorted { $0.key < $1.key }
            .map { size, own in
                try PoolCount(
                    size: size, tested: own.count,
                    positive: own.count { $0.isPositive && $0.poolState != .unconfirmed })
            }
    }
}

extension StoreView {
    /// The classes' prevalence by the programme and by what was read in two days before an instant.
    func prevalence(under rules: Rules, at now: Timestamp) throws -> [RiskClass: ClassPrevalence] {
        let readings = try firstReadings(since: now.advanced(by: .hours(-48)))
            .filter { $0.readAt <= now }
        var classes: [RiskClass: ClassPrevalence] = [:]
        for risk in RiskClass.allCases {
            classes[risk] = try ClassPrevalence(
                risk, from: readings, expected: rules.programme.collection.prevalence[risk])
        }
        return classes
    }
}
