import Glibc
package import LabStatistics

/// Arrivals whose rate is constant within each hour of the opening times: a Poisson process.
///
/// One unit exponential a person is spent along the cumulative rate, which is exact: nothing is
/// thinned, nothing is approximated.
package struct ArrivalProfile: Sendable {
    /// The beginning of each stretch of constant rate, in order.
    package let starts: [Double]
    /// The length of every stretch.
    package let length: Double
    /// Each stretch's share of all expected arrivals.
    package let shares: [Double]

    /// Hours with weights, repeated day after day.
    /// - Parameters:
    ///   - weights: One an hour from the opening on; their sum means a whole day.
    ///   - days: How many days alike.
    ///   - hour: The length of an hour, in the unit of the simulation.
    ///   - day: The length of a day, in the same unit.
    package init(hourlyWeights weights: [Double], days: Int, hour: Double, day: Double) {
        let total = weights.reduce(0, +) * Double(days)
        starts = (0..<days).flatMap { d in
            weights.indices.map { day * Double(d) + hour * Double($0) }
        }
        shares = (0..<days).flatMap { _ in weights.map { $0 / total } }
        length = hour
    }
}

/// The arrivals at one place, drawn one after the other.
package struct Arrivals {
    private var random: SeededGenerator
    private let expected: Double
    private var stretch = 0
    private var rate = 0.0
    private var end = 0.0
    private var now = 0.0

    /// Arrivals of a profile.
    /// - Parameters:
    ///   - expected: How many are expected in all.
    ///   - profile: The hours.
    ///   - random: This place's own source of chance.
    package init(expected: Double, profile: ArrivalProfile, random: SeededGenerator) {
        self.random = random
        self.expected = expected
        open(profile)
    }

    private mutating func open(_ profile: ArrivalProfile) {
        now = profile.starts[stretch]
        end = now + profile.length
        rate = expected * profile.shares[stretch] / profile.length
    }

    /// The time of the next arrival, or nil when the last stretch is over.
    @inline(__always)
    package mutating func next(_ profile: ArrivalProfile) -> Double? {
        var hazard = random.unitExponential()
        while true {
            let time = now + hazard / rate
            if time < end {
                now = time
                return time
            }
            hazard = max(0, hazard - (end - now) * rate)
            stretch += 1
            guard stretch < profile.starts.count else {
                stretch -= 1
                return nil
            }
            open(profile)
        }
    }
}

extension SeededGenerator {
    /// A waiting time with mean 1: −ln(1 − U), where 1 − U is exact.
    @inline(__always)
    mutating func unitExponential() -> Double {
        -log(1 - uniform())
    }
}
