/// How much something that a clock measures presses, the most pressing first.
package enum Urgency: String, CaseIterable, Hashable, Sendable, Codable {
    /// The limit has passed: a breach.
    case late
    /// The limit is near.
    case soon
    case onTime = "on-time"
    /// Released in time, and nobody knows yet that the unit has it.
    case awaitingDelivery = "awaiting-delivery"
}

extension Urgency: Comparable {
    /// Of long limits this much is near.
    private static let nearest = Span.hours(2)
    /// Of short limits this part is near: a quarter.
    private static let parts: Int64 = 4

    package static func < (one: Self, other: Self) -> Bool { one.rank < other.rank }

    /// Written out: boards put thousands of batches in order by it.
    private var rank: Int {
        switch self {
        case .late: 0
        case .soon: 1
        case .onTime: 2
        case .awaitingDelivery: 3
        }
    }

    /// What is left of a limit when it begins to be near: a quarter of it, and two hours at most
    /// (CLK-5).
    ///
    /// Two hours are about what one more round of extraction, plate and run takes; of a limit that
    /// is hardly longer than that a fixed two hours would warn all the time.
    package static func near(limit: Span) -> Span {
        min(Span(milliseconds: limit.milliseconds / parts), nearest)
    }
}

extension Clock {
    /// How much the clock presses; nil once it has stopped.
    package func urgency(at now: Timestamp) -> Urgency? {
        switch status(at: now) {
        case .late: .late
        case .awaitingDelivery: .awaitingDelivery
        case .due:
            slack(at: now) < Urgency.near(limit: startedAt.span(to: dueAt)) ? .soon : .onTime
        case .closedInTime, .closedLate: nil
        }
    }
}
