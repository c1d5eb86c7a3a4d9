internal import LabDomain

/// The time until a limit in words and in signs.
struct TimeLeft: Sendable {
    /// How urgent something is.
    enum Urgency: String, CaseIterable, Hashable, Sendable {
        case late
        /// Less than two hours: about what a run takes.
        case soon
        case calm

        init(_ left: Span) {
            self = left < .hours(0) ? .late : left < .hours(2) ? .soon : .calm
        }

        /// The class of a table's row.
        var row: String { self == .calm ? "" : rawValue }
    }

    private let left: String
    private let late: String

    init(_ words: Catalogue) {
        left = words.say("plate.left")
        late = words.say("plate.late")
    }

    /// `3 h 20 min`, or `late by 20 min`.
    func words(_ span: Span) -> String {
        let minutes = Int(span.milliseconds.magnitude / 60_000)
        let time = minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
        let parts = (span < .hours(0) ? late : left).split(
            separator: "{time}", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.joined(separator: time)
    }

    /// `3h`, `20m`, or `!20m` when it is late: as much as a well has room for.
    func sign(_ span: Span) -> String {
        let minutes = Int(span.milliseconds.magnitude / 60_000)
        let time = minutes < 60 ? "\(minutes)m" : minutes < 6_000 ? "\(minutes / 60)h" : "99h"
        return (span < .hours(0) ? "!" : "") + time
    }
}
