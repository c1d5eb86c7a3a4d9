/// What a machine's clocks say at one moment: the one on the wall, which people set, and the one
/// that counts since the machine was started, which nobody sets.
package struct MachineClock: Hashable, Sendable {
    package let wall: Timestamp
    /// Since the machine was started, the time that it slept included.
    package let uptime: Span
    /// Which start; other after each.
    package let boot: String

    /// Both clocks.
    package init(wall: Timestamp, uptime: Span, boot: String) {
        self.wall = wall
        self.uptime = uptime
        self.boot = boot
    }

    /// So far the two may part between two looks: a time server's small corrections.
    package static let tolerance = Span.minutes(2)

    /// What this clock should show on the wall, by the last reading that was trusted.
    ///
    /// After another start nothing is known but that time does not run backwards.
    package func expectedWall(after trusted: MachineClock) -> Timestamp {
        guard boot == trusted.boot, uptime >= trusted.uptime else {
            return max(wall, trusted.wall)
        }
        let since = uptime.milliseconds - trusted.uptime.milliseconds
        return trusted.wall.advanced(by: Span(milliseconds: since))
    }

    /// How far the wall clock has jumped since the last reading that was trusted; nil when it has
    /// not (ALERT-7).
    package func jump(since trusted: MachineClock) -> Span? {
        let jump = expectedWall(after: trusted).span(to: wall)
        return abs(jump.milliseconds) > Self.tolerance.milliseconds ? jump : nil
    }

    /// The time by which deadlines are judged: while the clock has jumped, the earlier of what it
    /// shows and what it should show, so that a jump makes nothing late.
    package func judged(since trusted: MachineClock?) -> Timestamp {
        guard let trusted, jump(since: trusted) != nil else { return wall }
        return min(wall, expectedWall(after: trusted))
    }
}
