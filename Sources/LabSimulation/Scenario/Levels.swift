/// How many are on duty over the whole time of a scenario: a staircase.
///
/// Shifts that repeat daily and reinforcements that arrive are both written out as stairs.
package struct Levels: Sendable, Hashable {
    /// A stair: from a time on, so many.
    package struct Stair: Sendable, Hashable {
        /// Minutes from the start of the scenario.
        package let from: Double
        package let count: Int

        /// So many from a time on.
        package init(from: Double, count: Int) {
            (self.from, self.count) = (from, count)
        }
    }

    /// In rising order; before the first there is nobody.
    package let stairs: [Stair]

    /// Stairs in any order; of two at the same time the later written holds.
    package init(_ stairs: [Stair]) {
        var sorted: [Stair] = []
        let ordered = stairs.enumerated()
            .sorted { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }
        for (_, stair) in ordered {
            if sorted.last?.from == stair.from { sorted.removeLast() }
            if sorted.last?.count != stair.count { sorted.append(stair) }
        }
        self.stairs = sorted
    }

    /// The same number at all times.
    package static func always(_ count: Int) -> Levels {
        Levels([Stair(from: 0, count: count)])
    }

    /// Shifts that repeat every day.
    /// - Parameters:
    ///   - shifts: From and to in minutes after midnight (a shift over midnight ends before it
    ///     begins), and how many; overlapping shifts add up.
    ///   - clock: Minutes after midnight at which the scenario starts.
    ///   - horizon: Minutes until which stairs are written out.
    /// - Returns: Stairs from 0 on.
    package static func daily(
        _ shifts: [(from: Double, to: Double, count: Int)], clock: Double, horizon: Double
    ) -> Levels {
        let changes: [Double] = shifts.map(\.from) + shifts.map(\.to) + [0]
        let times = Set(changes.map { wrapped($0 - clock) }).sorted()
        let days = Int((max(1_440, horizon) / 1_440).rounded(.up))
        var stairs = [Stair(from: 0, count: level(of: shifts, at: clock))]
        for day in 0..<days {
            for time in times {
                let at = time + 1_440 * Double(day)
                stairs.append(Stair(from: at, count: level(of: shifts, at: at + clock)))
            }
        }
        return Levels(stairs)
    }

    private static func level(
        of shifts: [(from: Double, to: Double, count: Int)], at time: Double
    ) -> Int {
        let clock = wrapped(time)
        return shifts.reduce(0) { sum, shift in
            let isOn =
                shift.from < shift.to
                ? shift.from <= clock && clock < shift.to
                : clock >= shift.from || clock < shift.to
            return sum + (isOn ? shift.count : 0)
        }
    }

    /// The minute of the day.
    private static func wrapped(_ time: Double) -> Double {
        time - 1_440 * (time / 1_440).rounded(.down)
    }

    /// The number on duty at a time.
    package func level(at time: Double) -> Int {
        stairs.last { $0.from <= time }?.count ?? 0
    }

    /// The most that are ever on duty.
    package var most: Int { stairs.map(\.count).max() ?? 0 }

    /// Minutes on duty of all together between the start and `end`.
    package func minutes(until end: Double) -> Double {
        var sum = 0.0
        for (place, stair) in stairs.enumerated() where stair.from < end {
            let next = place + 1 < stairs.count ? stairs[place + 1].from : .infinity
            sum += Double(stair.count) * (min(next, end) - stair.from)
        }
        return sum
    }

    /// Every stair that has somebody changed by so many, never below zero.
    package func adding(_ more: Int) -> Levels {
        Levels(
            stairs.map {
                Stair(from: $0.from, count: $0.count > 0 ? max(0, $0.count + more) : 0)
            })
    }
}

/// A staircase that is walked up in time.
struct Duty {
    private let stairs: [Levels.Stair]
    private var place = -1

    init(_ levels: Levels) { stairs = levels.stairs }

    /// The number on duty; times never fall from one call to the next.
    @inline(__always)
    mutating func level(at time: Double) -> Int {
        while place + 1 < stairs.count, stairs[place + 1].from <= time { place += 1 }
        return place < 0 ? 0 : stairs[place].count
    }

    /// The next time at which more are on duty than now.
    mutating func nextRise(after time: Double) -> Double? {
        let now = level(at: time)
        var next = place + 1
        while next < stairs.count {
            if stairs[next].count > now { return stairs[next].from }
            next += 1
        }
        return nil
    }
}
