/// A moment in the journey at which clocks start or stop.
package enum Moment: String, CaseIterable, Hashable, Sendable, Codable {
    case collected
    case received
    /// A specimen was found positive by every rule that applies.
    case foundPositive = "found-positive"
    case released
    /// The sending unit is known to have the result.
    case delivered
    /// The report to the health authority is written.
    case reported
    case recollectionOpened = "recollection-opened"
    case recollectionClosed = "recollection-closed"
}

/// A rule that limits the time between two moments; a programme's data.
package struct ClockRule: Hashable, Sendable, Codable {
    package let name: String
    package let starts: Moment
    package let stops: Moment
    /// Nil means that the plan names no limit: nothing runs and nothing is late.
    package let limit: Span?
    /// The article or page that says so.
    package let source: String

    /// A rule with its source.
    package init(name: String, starts: Moment, stops: Moment, limit: Span?, source: String) {
        self.name = name
        self.starts = starts
        self.stops = stops
        self.limit = limit
        self.source = source
    }
}

/// What one running or stopped clock says at a given moment (CLK-1).
package enum ClockStatus: String, CaseIterable, Hashable, Sendable, Codable {
    case due
    case late
    /// Released, but nobody knows yet that the result arrived: it neither runs nor is closed.
    case awaitingDelivery = "awaiting-delivery"
    case closedInTime = "closed-in-time"
    case closedLate = "closed-late"
}

/// One clock of one tube or person.
package struct Clock: Hashable, Sendable {
    package let startedAt: Timestamp
    package let dueAt: Timestamp
    /// When the laboratory had done its part, where that comes before the stop.
    package let pausedAt: Timestamp?
    package let stoppedAt: Timestamp?

    /// A clock as it is kept.
    package init(
        startedAt: Timestamp, dueAt: Timestamp, pausedAt: Timestamp?, stoppedAt: Timestamp?
    ) {
        self.startedAt = startedAt
        self.dueAt = dueAt
        self.pausedAt = pausedAt
        self.stoppedAt = stoppedAt
    }

    /// Where the clock stands.
    ///
    /// The release stands in for the stop until the stop is known.
    package func status(at now: Timestamp) -> ClockStatus {
        if let stoppedAt { return stoppedAt <= dueAt ? .closedInTime : .closedLate }
        if let pausedAt { return pausedAt <= dueAt ? .awaitingDelivery : .late }
        return now <= dueAt ? .due : .late
    }

    /// The time that was or is still left, negative when the limit was passed.
    package func slack(at now: Timestamp) -> Span {
        (stoppedAt ?? pausedAt ?? now).span(to: dueAt)
    }
}
