import Glibc

/// Arrivals by the hour, where no steady state is reached.
package struct HourlyProfile: Sendable {
    /// What arrives in each hour of a day; hours beyond are empty.
    package let hours: [Double]

    /// A day's hours, at most 24.
    package init(hours: [Double]) {
        precondition(hours.count <= 24 && hours.allSatisfy { $0 >= 0 }, "A day has 24 hours.")
        self.hours = hours
    }

    private func amount(_ hour: Int) -> Double {
        hour % 24 < hours.count ? hours[hour % 24] : 0
    }

    /// The mean number in M_t/M/∞ at a time, empty at the start: each hour's part decays exactly.
    /// - Parameters:
    ///   - minutes: Since the start.
    ///   - service: The mean service, minutes.
    /// - Returns: People.
    package func meanInSystem(atMinute minutes: Double, service: Double) -> Double {
        var sum = 0.0
        var hour = 0
        while Double(hour) * 60 < minutes {
            let (start, end) = (Double(hour) * 60, min(Double(hour + 1) * 60, minutes))
            let decayed = exp(-(minutes - end) / service) * -expm1(-(end - start) / service)
            sum += amount(hour) / 60 * service * decayed
            hour += 1
        }
        return sum
    }

    /// What a server of constant capacity makes of the profile, as a fluid.
    package struct Fluid: Sendable {
        package var maxBacklog = 0.0
        /// The share of what arrives that waits longer than the window.
        package var late = 0.0
        package var left = 0.0
    }

    /// Pours the profile, day after day, through a server.
    package func fluid(days: Int, capacity: Double, window: Double) -> Fluid {
        var result = Fluid()
        var (backlog, lateAmount, total) = (0.0, 0.0, 0.0)
        let limit = window * capacity
        for hour in 0..<(24 * days) {
            let rate = amount(hour)
            let slope = rate - capacity
            let end = max(0, backlog + slope)
            total += rate
            // The part of the hour above the limit; a backlog that empties is below it then.
            let part: Double
            switch (backlog > limit, end > limit) {
            case (true, true): part = 1
            case (false, false): part = 0
            case (true, false): part = (backlog - limit) / -slope
            case (false, true): part = (end - limit) / slope
            }
            lateAmount += rate * part
            backlog = end
            result.maxBacklog = max(result.maxBacklog, backlog)
        }
        result.late = total > 0 ? lateAmount / total : 0
        result.left = backlog
        return result
    }

    /// The least capacity with which nothing waits longer than the window:
    /// max over s < t of (what arrives between) / (t − s + window).
    package func leastCapacity(days: Int, window: Double) -> Double {
        var best = 0.0
        for start in 0..<(24 * days) {
            var sum = 0.0
            for end in start..<(24 * days) {
                sum += amount(end)
                best = max(best, sum / (Double(end + 1 - start) + window))
            }
        }
        return best
    }
}
