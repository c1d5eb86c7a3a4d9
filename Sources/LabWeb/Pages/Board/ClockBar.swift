internal import LabDomain
internal import LabOperations

/// A bar from a clock's start to its limit, or to the present when that lies behind it.
struct ClockBar: Hashable, Sendable {
    /// All in hundredths of the bar's length.
    let elapsed: Int
    let over: Int
    let limit: Int
    let present: Int
    let isOver: Bool
    /// The bar in words.
    let text: String
    /// What is left, in words.
    let left: String
    /// The limit in milliseconds, for the page's script; nil when the clock rests.
    let due: Int64?

    init(_ clock: Clock, for visit: Visit) {
        let now = clock.stoppedAt ?? clock.pausedAt ?? visit.now
        let slack = now.span(to: clock.dueAt)
        let whole = max(
            clock.startedAt.span(to: max(clock.dueAt, now)).milliseconds, 1)
        func place(_ instant: Timestamp) -> Int {
            Int(clock.startedAt.span(to: instant).milliseconds.clamped(to: 0...whole) * 100 / whole)
        }
        present = place(now)
        limit = place(clock.dueAt)
        elapsed = min(present, limit)
        over = present - elapsed
        isOver = slack < Span(milliseconds: 0)
        due = clock.pausedAt == nil && clock.stoppedAt == nil ? clock.dueAt.milliseconds : nil
        left = due == nil ? visit.words.spared(slack) : visit.words.left(slack)
        text = visit.words.say(
            "board.bar",
            [
                "start": visit.time(clock.startedAt), "due": visit.time(clock.dueAt),
                "left": left,
            ])
    }
}

extension Catalogue {
    /// What is left of a limit, or by how much it was passed: `1 h 20 min left`.
    func left(_ slack: Span) -> String {
        say(
            slack < Span(milliseconds: 0) ? "script.time.over" : "script.time.left",
            ["time": roughly(slack)])
    }

    /// What was left when a clock came to rest, or by how much it was late then.
    func spared(_ slack: Span) -> String {
        say(
            slack < Span(milliseconds: 0) ? "board.lateBy" : "board.spare", ["time": roughly(slack)]
        )
    }

    func roughly(_ slack: Span) -> String {
        let minutes = Int(slack.milliseconds.magnitude / 60_000)
        let (hours, days) = (minutes / 60, minutes / 1_440)
        if days >= 2 { return say("script.time.days", ["d": "\(days)", "h": "\(hours % 24)"]) }
        return hours > 0
            ? say("script.time.hours", ["h": "\(hours)", "m": "\(minutes % 60)"])
            : say("script.time.minutes", ["m": "\(minutes)"])
    }
}

extension Comparable {
    fileprivate func clamped(to range: ClosedRange<Self>) -> Self {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
