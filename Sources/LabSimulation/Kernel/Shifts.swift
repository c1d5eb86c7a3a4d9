/// How many servers are on duty, by time of day: two levels that repeat.
///
/// A server on duty may begin a service; one that is under way at the end of a shift is finished.
package struct Shifts: Sendable, Equatable {
    /// Servers from the beginning of the period to `change`.
    package let early: Int
    /// Servers from `change` to the end of the period.
    package let late: Int
    /// After how long the levels repeat.
    package let period: Double
    /// When, within the period, the level changes.
    package let change: Double

    /// The same number of servers at all times.
    package static func always(_ servers: Int) -> Shifts {
        Shifts(early: servers, late: servers, period: 1, change: 1)
    }

    /// Two levels.
    package init(early: Int, late: Int, period: Double, change: Double) {
        precondition(early >= 0 && late >= 0 && period > 0, "Shifts have servers and a length.")
        (self.early, self.late, self.period, self.change) = (early, late, period, change)
    }

    /// The servers on duty at a time.
    @inline(__always)
    package func level(at time: Double) -> Int {
        if early == late { return early }
        return time - period * (time / period).rounded(.down) < change ? early : late
    }

    /// The next time after `time` at which more servers are on duty than before; nil for never.
    package func nextRise(after time: Double) -> Double? {
        guard early != late else { return nil }
        let rise = early > late ? 0 : change
        let start = period * (time / period).rounded(.down) + rise
        return start > time ? start : start + period
    }
}
