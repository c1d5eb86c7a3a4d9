/// What a scheme costs and what it misses.
///
/// Tests read independently of each other once the true state of their pools (at least one
/// positive, or none) is known. Source of the terms: B. D. Hitt, C. R. Bilder, J. M. Tebbs,
/// C. S. McMahan, "The objective function controversy for group testing", Statistics in Medicine
/// 38 (2019) 4912.
package struct Characteristics: Hashable, Sendable {
    /// One person's part.
    package struct Person: Hashable, Sendable {
        /// P(positive).
        package let risk: Double
        /// P(declared positive | positive).
        package let sensitivity: Double
        /// P(declared negative | negative).
        package let specificity: Double
    }

    /// Expected tests for everybody together, retests included.
    package let tests: Double
    /// The variance of the number of tests; nil where the model has no formula for it.
    package let variance: Double?
    /// Everybody in the order of the scheme.
    package let people: [Person]

    /// Expected tests for one person.
    package var testsPerPerson: Double { tests / Double(people.count) }

    /// Expected positives.
    private var positives: Double { people.reduce(0) { $0 + $1.risk } }
    /// Expected positives that are declared so.
    package var truePositives: Double { people.reduce(0) { $0 + $1.risk * $1.sensitivity } }
    /// Expected negatives that are declared so.
    package var trueNegatives: Double { people.reduce(0) { $0 + (1 - $1.risk) * $1.specificity } }

    /// Pooling sensitivity PSe: of the positives, the share declared positive; nil when nobody can
    /// be positive.
    package var sensitivity: Double? { share(truePositives, positives) }

    /// Pooling specificity PSp: of the negatives, the share declared negative; nil when nobody can
    /// be negative.
    package var specificity: Double? {
        share(trueNegatives, Double(people.count) - positives)
    }

    /// Of those declared positive, the share that is positive (PPPV).
    package var positivePredictiveValue: Double? {
        let falsely = people.reduce(0) { $0 + (1 - $1.risk) * (1 - $1.specificity) }
        return share(truePositives, truePositives + falsely)
    }

    /// Of those declared negative, the share that is negative (PNPV).
    package var negativePredictiveValue: Double? {
        let missed = people.reduce(0) { $0 + $1.risk * (1 - $1.sensitivity) }
        return share(trueNegatives, trueNegatives + missed)
    }

    /// The smallest chance that anybody has of being found when positive.
    package var leastSensitivity: Double { people.map(\.sensitivity).min() ?? 0 }

    /// Expected tests for one positive that is found; nil when none can be.
    package var testsPerPositiveFound: Double? { quotient(tests, truePositives) }

    /// Sums of many people may pass 1 in the last bit.
    private func share(_ part: Double, _ whole: Double) -> Double? {
        quotient(part, whole).map { min(1, $0) }
    }

    private func quotient(_ part: Double, _ whole: Double) -> Double? {
        whole > 0 ? part / whole : nil
    }
}

extension Scheme {
    /// What the scheme costs and misses among these people.
    ///
    /// - Parameters:
    ///   - crowd: As many people as the scheme has places, in its order.
    ///   - accuracies: One for each stage in the order of testing, or one for all.
    ///   - withVariance: Whether the variance is wanted; with shared fate it takes long.
    /// - Returns: Tests, variance and everybody's sensitivity and specificity.
    /// - Throws: `PoolingFault` that names the field that is wrong.
    package func characteristics(
        among crowd: Crowd, accuracies: [Accuracy], withVariance: Bool = true
    ) throws(PoolingFault) -> Characteristics {
        try crowd.check()
        guard crowd.count == people else {
            throw .beyond(
                "the scheme has \(people) places and \(crowd.count) people are given")
        }
        let stages = try self.accuracies(accuracies)
        switch self {
        case .hierarchy(let trees):
            return HierarchyReading(crowd: crowd, accuracies: stages)
                .characteristics(of: trees, withVariance: withVariance)
        case .array(let side, let hasMaster):
            guard case .risks(let risks) = crowd else {
                throw .beyond("arrays are computed for independent people only")
            }
            return ArrayReading(
                side: side, risks: risks, accuracies: Array(stages.suffix(2)),
                master: hasMaster ? stages.first : nil
            ).characteristics
        case .sterrett(_, let search):
            guard case .risks(let risks) = crowd else {
                throw .beyond("Sterrett searches are computed for independent people only")
            }
            return SterrettReading(risks: risks, accuracy: stages[0]).characteristics(search)
        }
    }
}
