/// Judges the controls of one target run by run, with what came before in mind.
package struct WestgardJudge: Sendable {
    /// One control measurement of a run.
    package struct Measurement: Hashable, Sendable {
        /// Which control it is: the last two, four and ten of each are looked at by themselves.
        package let control: String
        /// How many standard deviations it lies above the control's mean.
        package let deviation: Double

        /// A measurement.
        package init(control: String, deviation: Double) {
            self.control = control
            self.deviation = deviation
        }
    }

    /// The last ten deviations of each control, and of all controls together.
    private var lastOfControl: [String: [Double]] = [:]
    private var lastOfAll: [Double] = []

    /// A judge who has seen no run yet.
    package init() {}

    /// Judges the next run.
    ///
    /// - Parameter run: Its measurements in their order.
    /// - Returns: For each measurement the rules that it breaks, alone or with others.
    package mutating func judge(_ run: [Measurement]) -> [Set<WestgardRule>] {
        var broken = run.map { measurement in
            var last = lastOfControl[measurement.control, default: []]
            Self.take(measurement.deviation, into: &last)
            lastOfControl[measurement.control] = last
            Self.take(measurement.deviation, into: &lastOfAll)
            return Self.rules(lastOfControl: last, lastOfAll: lastOfAll)
        }
        let above = run.indices.filter { run[$0].deviation > 2 }
        let below = run.indices.filter { run[$0].deviation < -2 }
        for side in [above, below] where side.count >= 2 {
            for index in side { broken[index].insert(.twice2s) }
        }
        if !above.isEmpty, !below.isEmpty {
            for index in above + below { broken[index].insert(.range4s) }
        }
        return broken
    }

    private static func take(_ deviation: Double, into last: inout [Double]) {
        last.append(deviation)
        if last.count > 10 { last.removeFirst() }
    }

    private static func rules(
        lastOfControl: [Double], lastOfAll: [Double]
    ) -> Set<WestgardRule> {
        guard let latest = lastOfControl.last else { return [] }
        var rules: Set<WestgardRule> = []
        if abs(latest) > 2 { rules.insert(.warning2s) }
        if abs(latest) > 3 { rules.insert(.beyond3s) }
        if isStreak(of: 2, beyond: 2, lastOfControl) { rules.insert(.twice2s) }
        for last in [lastOfControl, lastOfAll] {
            if isStreak(of: 4, beyond: 1, last) { rules.insert(.four1s) }
            if isStreak(of: 10, beyond: 0, last) { rules.insert(.ten) }
        }
        return rules
    }

    /// Whether the last so many all lie beyond a limit on the same side.
    private static func isStreak(of count: Int, beyond limit: Double, _ last: [Double]) -> Bool {
        guard last.count >= count else { return false }
        let streak = last.suffix(count)
        return streak.allSatisfy { $0 > limit } || streak.allSatisfy { $0 < -limit }
    }
}
