internal import LabDomain

/// A limit of time as a list shows it: when, and how much is left.
struct Due: Hashable, Sendable {
    let at: String
    let left: String
    let isLate: Bool
    /// Less than two hours are left.
    let isSoon: Bool
    /// The class of the row: `late`, `soon` or nothing.
    var row: String { isLate ? "late" : isSoon ? "soon" : "" }
    let kind: String

    /// A limit as it looks now, or as it looked when its clock came to rest.
    init(_ due: Timestamp, restedAt: Timestamp? = nil, for visit: Visit) {
        let slack = (restedAt ?? visit.now).span(to: due).milliseconds
        isLate = slack < 0
        isSoon = !isLate && restedAt == nil && slack < Span.hours(2).milliseconds
        kind = isLate ? "bad" : isSoon ? "warn" : ""
        at = visit.time(due)
        let minutes = Int(slack.magnitude / 60_000)
        left = visit.words.say(
            isLate ? "due.late" : restedAt == nil ? "due.left" : "due.spare",
            [
                "h": "\(minutes / 60)",
                "min": minutes % 60 < 10 ? "0\(minutes % 60)" : "\(minutes % 60)",
            ])
    }
}
