/// What a clock measures: a tube, or one person who is swabbed again.
package enum ClockSubject: Hashable, Sendable, Codable {
    case tube(TubeID)
    case recollection(RecollectionID)

    package var text: String {
        switch self {
        case .tube(let tube): tube.text
        case .recollection(let recollection): recollection.text
        }
    }
}

/// Clocks of one rule and batch began to run.
package struct ClocksStarted: FactPayload {
    package static let kind = FactKind.clocksStarted
    package let rule: String
    /// The rule's start and stop events, kept because another programme may know the rule no more.
    package let starts: Moment
    package let stops: Moment
    package let box: BoxID
    package let startedAt: Timestamp
    package let dueAt: Timestamp
    package let subjects: [ClockSubject]
    package var subject: String { box.text }

    /// Started clocks.
    package init(
        rule: ClockRule, box: BoxID, startedAt: Timestamp, dueAt: Timestamp,
        subjects: [ClockSubject]
    ) {
        self.rule = rule.name
        starts = rule.starts
        stops = rule.stops
        self.box = box
        self.startedAt = startedAt
        self.dueAt = dueAt
        self.subjects = subjects
    }
}

/// Clocks of one rule and batch came to rest: for good, or until delivery is known.
package struct ClocksStopped: FactPayload {
    package static let kind = FactKind.clocksStopped
    package let rule: String
    package let box: BoxID
    package let at: Timestamp
    package let by: Moment
    /// Whether the stop only stands in until delivery is known.
    package let isPause: Bool
    package let subjects: [ClockSubject]
    package var subject: String { box.text }

    /// Stopped or paused clocks.
    package init(
        rule: String, box: BoxID, at: Timestamp, by: Moment, isPause: Bool,
        subjects: [ClockSubject]
    ) {
        self.rule = rule
        self.box = box
        self.at = at
        self.by = by
        self.isPause = isPause
        self.subjects = subjects
    }
}

/// Clocks are taken away, or only their pause or stop: what was behind them counts no more.
package struct ClocksWithdrawn: FactPayload {
    package static let kind = FactKind.clocksWithdrawn
    package let rule: String
    package let box: BoxID
    /// Whether the clocks run on and only the pause, or the stop, is taken away.
    package let isPauseOnly: Bool
    package let subjects: [ClockSubject]
    package var subject: String { box.text }

    /// Clocks or pauses that count no more.
    package init(rule: String, box: BoxID, isPauseOnly: Bool, subjects: [ClockSubject]) {
        self.rule = rule
        self.box = box
        self.isPauseOnly = isPauseOnly
        self.subjects = subjects
    }
}

/// Somebody told why clocks of a rule were not kept in a box.
package struct BreachExplained: FactPayload {
    package static let kind = FactKind.breachExplained
    package let box: BoxID
    package let rule: String
    package let cause: BreachCause
    /// In a few words, without names of people; may be empty.
    package let note: String
    package var subject: String { box.text }

    /// The cause of a breach.
    package init(box: BoxID, rule: String, cause: BreachCause, note: String) {
        self.box = box
        self.rule = rule
        self.cause = cause
        self.note = note
    }
}
