import Glibc
import LabStatistics

/// How many people are positive, judged from pools of any sizes without a single retest.
package struct PrevalenceEstimate: Hashable, Sendable {
    /// The prevalence under which the results are likeliest.
    package let prevalence: Double
    /// Holds the true prevalence in `confidence` of all such estimates.
    package let interval: ClosedRange<Double>
    package let confidence: Double

    /// The maximum-likelihood estimate and a skewness-corrected score interval.
    ///
    /// For equal sizes and a perfect test the estimate is 1 − (1 − x/n)^(1/k). The limits solve
    /// U / √I − γ (z² − 1) / 6 = ± z. When all pools are negative the interval goes from 0 to
    /// the exact limit, when all are positive from the exact limit to 1. Results that
    /// contradict the accuracy (fewer positives than its false alarms, more than it can find) have
    /// the limit of the nearest results that do not.
    ///
    /// Sources: G. Hepworth, "Confidence intervals for proportions estimated by group testing
    /// with groups of unequal size", J. Agric. Biol. Environ. Stat. 10 (2005) 478, who recommends
    /// this interval; the correction is of J. J. Gart, Biometrika 72 (1985) 673, after Bartlett.
    /// - Parameters:
    ///   - counts: Pools by size; counts of one size may come in parts.
    ///   - prior: A belief that counts like so many perfect single tests; nothing by default.
    ///   - confidence: 0.5 ... 0.99.
    /// - Throws: `PoolingFault` when nothing was tested or believed, or the confidence is wrong.
    package init(
        _ counts: [PoolCount], prior: PriorBelief? = nil, confidence: Double = 0.95
    ) throws(PoolingFault) {
        guard 0.5...0.99 ~= confidence else {
            throw .range(field: "confidence", from: 0.5, to: 0.99)
        }
        let likelihood = PoolLikelihood(counts, prior)
        guard likelihood.tested > 0 else { throw .empty(field: "the pools tested") }
        let miss = (1 - confidence) / 2
        let z = -StandardNormal.quantile(miss)
        let estimate = likelihood.mostLikely()
        let lower = likelihood.lower(z: z, miss: miss)
        let upper = likelihood.upper(z: z, miss: miss)
        prevalence = -expm1(-estimate)
        interval = -expm1(-min(lower, estimate))...(-expm1(-max(upper, estimate)))
        self.confidence = confidence
    }
}

extension PoolLikelihood {
    /// Results by size and accuracy in a fixed order, so that parts in any order give one sum.
    init(_ counts: [PoolCount], _ prior: PriorBelief?) {
        let parts = Dictionary(grouping: counts) { Key(size: $0.size, accuracy: $0.accuracy) }
        let ordered = parts.sorted { $0.key.order < $1.key.order }
        var groups: [Group] = ordered.map { key, counts in
            let tested = counts.reduce(0) { $0 + $1.tested }
            let positive = counts.reduce(0) { $0 + $1.positive }
            return Group(
                size: Double(key.size), tested: Double(tested), positive: Double(positive),
                sensitivity: key.accuracy.sensitivity, specificity: key.accuracy.specificity)
        }
        if let prior {
            groups.append(
                Group(
                    size: 1, tested: prior.people, positive: prior.people * prior.prevalence,
                    sensitivity: 1, specificity: 1))
        }
        self.groups = groups.filter { $0.tested > 0 }
    }

    private struct Key: Hashable {
        let size: Int
        let accuracy: Accuracy

        var order: (Int, Double, Double) { (size, accuracy.sensitivity, accuracy.specificity) }
    }
}
