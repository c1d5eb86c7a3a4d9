/// When a receiver is sent what waits for it.
package struct SendingSchedule: Hashable, Sendable {
    /// When the messages that may wait are sent.
    package enum Times: Hashable, Sendable {
        case atOnce
        /// At each whole multiple of a span since midnight, a day being cut into equal parts.
        case every(Span)
        /// At minutes of the day, at least one, in their order.
        case at([Int])
    }

    package let times: Times
    /// Whether positives and what changes an earlier message go at once, whatever the times.
    package let urgentAtOnce: Bool

    /// A schedule; what is urgent goes at once unless said.
    package init(_ times: Times, urgentAtOnce: Bool = true) {
        self.times = times
        self.urgentAtOnce = urgentAtOnce
    }

    /// When a message that was made at a moment may leave (SEND-2).
    /// - Returns: The moment itself, or the next time of the schedule after it.
    package func due(_ made: Timestamp, isUrgent: Bool, in zone: Zone) -> Timestamp {
        if isUrgent, urgentAtOnce { return made }
        let offset = Int64(zone.minutesEast) * 60_000
        let local = made.milliseconds + offset
        let midnight = local - Self.sinceMidnight(local)
        switch times {
        case .atOnce: return made
        case .every(let span):
            let since = Self.sinceMidnight(local)
            let step = max(span.milliseconds, 1)
            let next = min((since + step - 1) / step * step, Self.day)
            return Timestamp(milliseconds: midnight + next - offset)
        case .at(let minutes):
            let instants = minutes.map { midnight + Int64($0) * 60_000 }
            let next = instants.first { $0 >= local } ?? instants[0] + Self.day
            return Timestamp(milliseconds: next - offset)
        }
    }

    /// A message waits this long for its time at most: what is due later was stamped by a clock
    /// that has been set back since.
    package static let longestWait = Span(milliseconds: day)

    private static let day: Int64 = 86_400_000

    private static func sinceMidnight(_ local: Int64) -> Int64 {
        let rest = local % day
        return rest < 0 ? rest + day : rest
    }
}
