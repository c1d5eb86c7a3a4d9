package import LabDomain
internal import LabPooling
internal import LabStore

/// What is thought of the share of positives in one risk class.
package struct ClassPrevalence: Codable, Hashable, Sendable {
    package let risk: RiskClass
    package let prevalence: Double
    /// What the tests alone say, with the limits between which it lies with 95 %; nil where nothing
    /// was tested yet.
    package let measured: Double?
    package let measuredLow: Double?
    package let measuredHigh: Double?
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
    init?(
        _ risk: RiskClass, from readings: [CountedReadings], expected: Double?,
        under rules: Rules
    ) throws {
        let own = readings.filter { $0.risk == risk }
        guard !own.isEmpty || expected != nil else { return nil }
        let counts = try rules.counts(own)
        let prior = try expected.map {
            try PriorBelief(people: ClassPrevalence.weight, prevalence: $0)
        }
        prevalence = try PrevalenceEstimate(counts, prior: prior).prevalence
        let alone = own.isEmpty ? nil : try PrevalenceEstimate(counts)
        measured = alone?.prevalence
        measuredLow = alone?.interval.lowerBound
        measuredHigh = alone?.interval.upperBound
        self.risk = risk
        self.expected = expected
        people = own.reduce(0) { $0 + $1.tests * $1.people }
        tests = own.reduce(0) { $0 + $1.tests }
        positive = own.reduce(0) { $0 + $1.positive }
    }
}

extension ClassPrevalence {
    /// What is planned with: somebody may know of more positives than the laboratory has seen, not
    /// of fewer.
    static func share(wished: Double?, known: ClassPrevalence?) -> Double? {
        guard let wished else { return known?.prevalence }
        guard let known, known.tests > 0 else { return wished }
        return max(wished, known.prevalence)
    }
}

extension Rules {
    /// Readings by size and kind, each with the sensitivity of its wells.
    ///
    /// Finds that later tests refuted are no positives any more, so that no false alarm is left to
    /// take off.
    func counts(_ readings: [CountedReadings]) throws -> [PoolCount] {
        let model = try testModel()
        return try Dictionary(grouping: readings) { [$0.people, $0.kind == .pool ? 1 : 0] }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, own in
                try PoolCount(
                    size: key[0], tested: own.reduce(0) { $0 + $1.tests },
                    positive: own.reduce(0) { $0 + $1.positive },
                    accuracy: try accuracy(of: key[0], isPool: key[1] == 1, model))
            }
    }

    /// What a well finds and keeps: its false alarms are refuted by the tests after it.
    func accuracy(of people: Int, isPool: Bool, _ model: TestModel) throws -> Accuracy {
        let stages = people > 1 && isPool ? 2 : 1
        let first = model.accuracies(first: people, stages: stages)[0]
        // A size that nobody validated says nothing; it is taken as a single test.
        let found = first.sensitivity > 0 ? first.sensitivity : settings.bench.sensitivity
        return try Accuracy(sensitivity: found, specificity: 1)
    }
}

extension StoreView {
    /// The classes' prevalence by the programme and by what was read in two days before an instant.
    func prevalence(
        under rules: Rules, at now: Timestamp, _ kept: KeptReadings
    ) throws -> [RiskClass: ClassPrevalence] {
        let readings = try kept.readings(
            since: now.advanced(by: .hours(-48)), until: now, in: self)
        var classes: [RiskClass: ClassPrevalence] = [:]
        for risk in RiskClass.allCases {
            classes[risk] = try ClassPrevalence(
                risk, from: readings, expected: rules.programme.collection.prevalence[risk],
                under: rules)
        }
        return classes
    }
}
