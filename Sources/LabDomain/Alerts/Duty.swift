/// A line of the duty list: a role at some hours, reached over some channels.
package struct Duty: Hashable, Sendable {
    /// The days of the week.
    package enum Day: String, CaseIterable, Hashable, Sendable {
        case mon, tue, wed, thu, fri, sat, sun
    }

    /// 1 is told first, 2 when nobody acknowledged in time, and so on.
    package let step: Int
    package let role: Role
    /// Minutes of the day: on duty from the first up to the second, over midnight when that is
    /// smaller; nil is around the clock.
    package let hours: Hours?
    /// The days on which the duty begins.
    package let days: Set<Day>
    package let kinds: Set<AlertKind>
    /// Names of channels; the screen is always one.
    package let channels: [String]

    /// Minutes of the day.
    package struct Hours: Hashable, Sendable {
        package let from: Int
        package let to: Int

        /// From one minute of the day up to another, not the same.
        package init?(from: Int, to: Int) {
            guard (0..<1_440).contains(from), (0..<1_440).contains(to), from != to else {
                return nil
            }
            self.from = from
            self.to = to
        }
    }

    /// A line of the duty list.
    package init(
        step: Int, role: Role, hours: Hours? = nil, days: Set<Day> = Set(Day.allCases),
        kinds: Set<AlertKind> = Set(AlertKind.allCases), channels: [String] = []
    ) {
        self.step = step
        self.role = role
        self.hours = hours
        self.days = days
        self.kinds = kinds
        self.channels = channels
    }

    /// Whether the duty holds at an instant of a zone; a duty over midnight belongs to the day on
    /// which it began (ALERT-5).
    package func isOn(at instant: Timestamp, in zone: Zone) -> Bool {
        let local = instant.milliseconds + Int64(zone.minutesEast) * 60_000
        let day = Int((Double(local) / 86_400_000).rounded(.down))
        let minute = Int((local - Int64(day) * 86_400_000) / 60_000)
        guard let hours else { return begins(on: day) }
        if hours.from < hours.to {
            return begins(on: day) && (hours.from..<hours.to).contains(minute)
        }
        return (begins(on: day) && minute >= hours.from)
            || (begins(on: day - 1) && minute < hours.to)
    }

    /// Day 0, 1 January 1970, was a Thursday.
    private func begins(on day: Int) -> Bool {
        let weekday = ((day + 3) % 7 + 7) % 7
        return days.contains(Day.allCases[weekday])
    }
}
