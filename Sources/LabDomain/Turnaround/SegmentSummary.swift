internal import LabStatistics

/// One segment of the way of many samples, in hours: how long it took them.
///
/// Quantiles come first: a single forgotten time stamp moves a mean by days.
package struct SegmentSummary: Hashable, Sendable, Codable {
    /// How many samples have a duration here.
    package let count: Int
    package let mean: Double?
    package let median: Double?
    package let p90: Double?
    package let p95: Double?
    package let minimum: Double?
    package let maximum: Double?
    /// The share that took 12 hours at most.
    package let within12Hours: Double?
    /// The share that took 24 hours at most.
    package let within24Hours: Double?

    enum CodingKeys: String, CodingKey {
        case count = "n"
        case mean
        case median
        case p90
        case p95
        case minimum
        case maximum
        case within12Hours = "within_12h"
        case within24Hours = "within_24h"
    }

    /// The summary of durations in hours; of none, every figure but the number is nil.
    package init(hours: [Double]) {
        let quantiles = Quantiles(of: hours)
        count = hours.count
        mean = hours.isEmpty ? nil : hours.reduce(0, +) / Double(hours.count)
        median = quantiles(0.5)
        p90 = quantiles(0.9)
        p95 = quantiles(0.95)
        minimum = quantiles.ordered.first
        maximum = quantiles.ordered.last
        within12Hours = quantiles.share(within: 12)
        within24Hours = quantiles.share(within: 24)
    }
}
