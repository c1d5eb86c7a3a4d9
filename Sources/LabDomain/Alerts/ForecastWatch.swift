/// Whether a forecast of one box is bad, good or undecided, without flapping.
///
/// A forecast is redrawn after each event and wavers about its middle. It turns bad when half of
/// the futures are late for two minutes on end, or nine tenths are at once; it turns good again
/// only when at most a fifth are late for ten minutes on end. The limits are this house's.
package struct ForecastWatch: Hashable, Sendable {
    /// What the forecasts say so far.
    package enum Verdict: Hashable, Sendable {
        case bad
        case good
        case undecided
    }

    package static let badChance = 0.5
    package static let surelyBadChance = 0.9
    package static let goodChance = 0.2
    package static let badFor = Span.minutes(2)
    package static let goodFor = Span.minutes(10)

    /// Since when every forecast was bad.
    package private(set) var badSince: Timestamp?
    /// Since when every forecast was good.
    package private(set) var goodSince: Timestamp?

    /// A watch that has seen nothing, or what was kept of one.
    package init(badSince: Timestamp? = nil, goodSince: Timestamp? = nil) {
        self.badSince = badSince
        self.goodSince = goodSince
    }

    /// Takes in the chance of a breach that a forecast gives (ALERT-2).
    package mutating func see(_ chance: Double, at now: Timestamp) -> Verdict {
        badSince = chance >= Self.badChance ? min(badSince ?? now, now) : nil
        goodSince = chance <= Self.goodChance ? min(goodSince ?? now, now) : nil
        if chance >= Self.surelyBadChance { return .bad }
        if let badSince, badSince.span(to: now) >= Self.badFor { return .bad }
        if let goodSince, goodSince.span(to: now) >= Self.goodFor { return .good }
        return .undecided
    }
}
