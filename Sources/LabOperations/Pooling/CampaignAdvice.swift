package import LabDomain
internal import LabExchange
internal import LabPooling

/// What a recorded pooled campaign says of its prevalence, its clusters and its cost.
package struct CampaignAdvice: Codable, Sendable {
    package let pools: Int
    package let people: Int
    package let positivePools: Int
    /// From the pool results alone, with a 95 % interval.
    package let prevalence: Double
    package let low: Double
    package let high: Double
    /// Samples that their own retest found, and their share; nil where nothing was retested.
    package let confirmed: Int
    package let confirmedShare: Double
    /// Positive pools with a positive sample, those all of whose samples were retested without one,
    /// and those of which nobody can say.
    package let confirmedPools: Int
    package let unconfirmedPools: Int
    package let unsettledPools: Int
    /// False alarms among pools that hold nobody positive.
    package let falseAlarms: Double
    /// Correlation of two people of a pool with its 95 % interval; nil where nothing tells.
    package let correlation: Double?
    package let correlationLow: Double?
    package let correlationHigh: Double?
    /// Tests that the campaign took: pools and the retests recorded.
    package let observedTests: Int
    /// What each model expects at the confirmed share, with these false alarms.
    package let testsIfIndependent: Double
    package let testsIfCorrelated: Double?

    /// Reads a campaign, `sample_no,pool_no,pool_ct,individual_ct`.
    ///
    /// - Parameters:
    ///   - file: The CSV.
    ///   - positiveAtMost: The Ct up to which a sample's own retest counts as positive.
    /// - Throws: `Refusal` with every faulty line.
    package init(file: [UInt8], positiveAtMost: Cq) throws {
        let campaign = try RehearseCampaign.read(file)
        let found = campaign.pools.map { pool in
            (pool: pool, positives: pool.samples.count { $0.isPositive(upTo: positiveAtMost) })
        }
        pools = found.count
        people = found.reduce(0) { $0 + $1.pool.samples.count }
        positivePools = found.count { $0.pool.isPositive }
        let bySize = Dictionary(grouping: found) { $0.pool.samples.count }.sorted {
            $0.key < $1.key
        }
        let estimate = try PrevalenceEstimate(
            try bySize.map { size, own in
                try PoolCount(
                    size: size, tested: own.count, positive: own.count { $0.pool.isPositive })
            })
        prevalence = estimate.prevalence
        (low, high) = (estimate.interval.lowerBound, estimate.interval.upperBound)
        confirmed = found.reduce(0) { $0 + $1.positives }
        let share = Double(confirmed) / Double(max(1, people))
        confirmedShare = share
        confirmedPools = found.count { $0.positives > 0 }
        let settled = found.filter {
            !$0.pool.isPositive || $0.pool.samples.allSatisfy(\.wasTested)
        }
        unconfirmedPools = settled.count { $0.pool.isPositive && $0.positives == 0 }
        unsettledPools = found.count { $0.positives == 0 } - settled.count { $0.positives == 0 }
        let clear = settled.count { $0.positives == 0 }
        let alarms = clear > 0 ? Double(unconfirmedPools) / Double(clear) : 0
        falseAlarms = alarms
        observedTests =
            found.count + found.reduce(0) { $0 + $1.pool.samples.count(where: \.wasTested) }
        let clustering = try? Clustering(
            try Dictionary(grouping: settled) { $0.pool.samples.count }.flatMap { size, own in
                try Dictionary(grouping: own, by: \.positives).sorted { $0.key < $1.key }.map {
                    try RetestedPools(size: size, positives: $0.key, pools: $0.value.count)
                }
            }, prevalence: share)
        correlation = clustering?.correlation
        correlationLow = clustering?.interval.lowerBound
        correlationHigh = clustering?.interval.upperBound
        let sizes = found.map(\.pool.samples.count)
        func expected(_ model: ClusterModel) -> Double {
            sizes.reduce(0) { total, size in
                let positive = 1 - model.clear(size, prevalence: share)
                return total + 1 + Double(size) * (positive + (1 - positive) * alarms)
            }
        }
        testsIfIndependent = expected(.independent)
        testsIfCorrelated = clustering.map { expected($0.model) }
    }
}
