internal import LabDomain

/// When to look at the laboratory again: soon after something happened, and each minute.
struct EventWatch: Sendable {
    /// After an event, others that come within this time are looked at together with it.
    static let quiet = Span.seconds(1)
    /// However many come, nobody waits longer than this for the first.
    static let longest = Span.seconds(3)
    static let always = Span.minutes(1)
    /// Looking takes one part in so many of one core at most.
    static let share = 3

    private var known: Int?
    private var firstNew: Span?
    private var lastNew: Span?
    private var looked: Span?
    private var restsUntil = Span(milliseconds: .min)

    /// Whether to look now.
    /// - Parameters:
    ///   - last: The number of the last fact.
    ///   - now: The time since the machine was started.
    /// - Returns: Whether something new has settled, or a minute is over.
    mutating func isDue(last: Int, at now: Span) -> Bool {
        if let known, last != known {
            firstNew = firstNew ?? now
            lastNew = now
        }
        known = last
        guard let looked else { return true }
        if looked.milliseconds + Self.always.milliseconds <= now.milliseconds { return true }
        guard now >= restsUntil, let firstNew, let lastNew else { return false }
        return now.milliseconds - lastNew.milliseconds >= Self.quiet.milliseconds
            || now.milliseconds - firstNew.milliseconds >= Self.longest.milliseconds
    }

    /// Somebody looked, from one time to another; what the look itself wrote is nothing new.
    mutating func looked(from start: Span, to end: Span, last: Int) {
        looked = start
        (firstNew, lastNew, known) = (nil, nil, last)
        let took = end.milliseconds - start.milliseconds
        restsUntil = Span(milliseconds: end.milliseconds + took * Int64(Self.share - 1))
    }
}
