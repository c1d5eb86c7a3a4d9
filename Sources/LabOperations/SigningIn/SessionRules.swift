package import LabDomain

/// How long somebody stays signed in (ACT-7).
package enum SessionRules {
    /// A shift.
    package static let longest = Span.hours(12)
    /// Without a sign of life.
    package static let idle = Span.hours(2)
    /// A sign of life is kept no more often than this, so that looking writes nothing.
    static let touch = Span.minutes(5)
}
