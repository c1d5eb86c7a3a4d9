internal import LabDomain
internal import LabOperations

/// What is asked of the look back: its period, hours, segment and groups, as a form gives them.
struct LookBackQuestion: Hashable, Sendable {
    /// Longer periods are for the command line.
    static let longest = 92

    var first: CalendarDay
    var last: CalendarDay
    var split: TurnaroundQuestion.Split
    var segment: TurnaroundSegment
    var isStaffed: Bool
    var staffed: StaffedHours
    /// The group whose tubes are listed; nil lists those of all.
    var group: String?
    /// How many rows of the list lie before the page's.
    var skipped: Int
    /// Whether what was typed could not be meant, so that something else is shown.
    var isMended = false

    /// What a query asks; what it leaves out is yesterday and today, the whole day round.
    init(_ query: Fields, today: CalendarDay) {
        let yesterday = CalendarDay(daysSinceEpoch: today.daysSinceEpoch - 1)
        let typed = (query["from"], query["to"])
        let days = (
            typed.0.flatMap { CalendarDay(text: $0) }, typed.1.flatMap { CalendarDay(text: $0) }
        )
        first = days.0 ?? days.1 ?? yesterday
        last = days.1 ?? days.0 ?? today
        let length = last.daysSinceEpoch - first.daysSinceEpoch
        if length < 0 || length >= Self.longest {
            first = CalendarDay(daysSinceEpoch: last.daysSinceEpoch - (length < 0 ? 0 : 91))
            isMended = true
        }
        if (typed.0 ?? "").isEmpty == false && days.0 == nil { isMended = true }
        if (typed.1 ?? "").isEmpty == false && days.1 == nil { isMended = true }
        split = query["by"].flatMap(TurnaroundQuestion.Split.init) ?? .unit
        segment =
            query["segment"].flatMap(TurnaroundSegment.init(rawValue:)) ?? .receiptToValidation
        let hours = StaffedHours(
            text: "\(query["opens"] ?? "08:00")-\(query["closes"] ?? "20:00")")
        isStaffed = query["hours"] == "staffed"
        if isStaffed && hours == nil { isMended = true }
        staffed = hours ?? StaffedHours(opens: 480, closes: 1_200)
        group = query["group"]
        skipped = min(1_000_000, max(0, query.number("skip") ?? 0))
    }

    /// The same question for the operation.
    func question(in zone: Zone) -> TurnaroundQuestion {
        var question = TurnaroundQuestion(
            from: zone.start(of: first), to: zone.start(of: last.next))
        question.split = split
        if isStaffed { question.hours = staffed }
        question.listedGroup = group
        question.listedRows = skipped..<(skipped + LookBackPage.mostRows)
        return question
    }

    /// The address that asks this.
    var path: String {
        var parts = [
            "from=\(first)", "to=\(last)", "by=\(split.rawValue)", "segment=\(segment.rawValue)",
        ]
        if isStaffed {
            parts += ["hours=staffed", "opens=\(Self.text(staffed.opens))"]
            parts.append("closes=\(Self.text(staffed.closes))")
        }
        if let group { parts.append("group=\(encoded(group))") }
        if skipped > 0 { parts.append("skip=\(skipped)") }
        return "/turnaround?" + parts.joined(separator: "&")
    }

    /// The same with something else.
    func with(_ change: (inout LookBackQuestion) -> Void) -> LookBackQuestion {
        var other = self
        other.skipped = 0
        change(&other)
        return other
    }

    /// A minute of the day as a field for times takes it.
    static func text(_ minutes: Int) -> String {
        func padded(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "\(padded(minutes / 60)):\(padded(minutes % 60))"
    }
}
