internal import LabDomain
internal import LabOperations
internal import LabStore

/// How long the tubes of a period took, and which limits were not kept.
struct LookBackPage: Hashable, Sendable {
    /// A tube behind the figures.
    struct TubeRow: Hashable, Sendable {
        let tube: String
        let path: String?
        let box: String
        let unit: String
        let group: String
        let hours: String
    }

    /// A duration that cannot be right.
    struct OddRow: Hashable, Sendable {
        let tube: String
        let path: String?
        let box: String
        let segment: String
        let reason: String
        let hours: String
    }

    static let mostRows = 25
    static let mostGroups = 100

    let form: LookBackForm
    let isMended: Bool
    let tubes: String
    let hasTubes: Bool
    /// When the figures were read, where something was done since.
    let asOf: String?
    let segments: [FiguresRow]
    let segment: String
    let histogram: Histogram
    let days: [FiguresRow]
    let trend: Trend
    let groupName: String
    let groups: [FiguresRow]
    let hasGroups: Bool
    /// Whether the list has a column for the group: the unit has one already.
    let showsGroup: Bool
    let groupsLeft: String?
    let group: String?
    let allGroupsPath: String
    let rows: [TubeRow]
    let previousPath: String?
    let nextPath: String?
    let odd: [OddRow]
    let oddCount: String
    let hasOdd: Bool
    let breaches: BreachHistory

    init(_ found: LookBack, _ asked: LookBackQuestion, for visit: Visit) {
        let words = visit.words
        form = LookBackForm(asked, for: visit)
        isMended = asked.isMended
        tubes = words.count("turnaround.tubesReceived", found.whole.tubes)
        hasTubes = found.whole.tubes > 0
        asOf = found.asOf.map { words.say("turnaround.asOf", ["time": visit.time($0)]) }
        segments = found.whole.lines.flatMap { line in
            FiguresRow.rows(
                words.word("turnaround.segment", line.segment), line,
                path: asked.with { ($0.segment, $0.group) = (line.segment, nil) }.path,
                isHere: line.segment == asked.segment)
        }
        segment = words.word("turnaround.segment", asked.segment)
        let chosen = found.whole.lines.first { $0.segment == asked.segment }
        histogram = Histogram(
            chosen?.clean ?? TurnaroundReport.Figures([], missing: 0), words: words)
        days = found.days.lines.flatMap { FiguresRow.rows($0.group, $0, path: nil) }
        trend = Trend(found.days.lines, words: words)
        groupName = words.word("turnaround.by", asked.split)
        let lines = found.groups.lines.sorted { ($1.all.n, $0.group) < ($0.all.n, $1.group) }
        groups = lines.prefix(Self.mostGroups).flatMap { line in
            FiguresRow.rows(
                Self.name(ofGroup: line.group, asked.split, for: visit), line,
                path: asked.with { $0.group = line.group }.path,
                isHere: asked.group == line.group)
        }
        hasGroups = asked.split != .none
        showsGroup = hasGroups && asked.split != .unit
        let left = lines.count - min(lines.count, Self.mostGroups)
        groupsLeft = left > 0 ? words.count("turnaround.moreGroups", left) : nil
        group = asked.group.map { Self.name(ofGroup: $0, asked.split, for: visit) }
        allGroupsPath = asked.with { $0.group = nil }.path
        rows = found.groups.rows.map { row in
            TubeRow(
                tube: row.tube.text, path: visit.tracePath(row.tube.text), box: row.box.text,
                unit: row.unit, group: Self.name(ofGroup: row.group, asked.split, for: visit),
                hours: hoursText(row.hours))
        }
        let next = asked.skipped + Self.mostRows
        nextPath =
            next < Self.listed(found, asked.group) ? asked.with { $0.skipped = next }.path : nil
        previousPath =
            asked.skipped > 0
            ? asked.with { $0.skipped = max(0, asked.skipped - Self.mostRows) }.path : nil
        odd = found.whole.odd.prefix(Self.mostRows).map { odd in
            OddRow(
                tube: odd.tube.text, path: visit.tracePath(odd.tube.text), box: odd.box.text,
                segment: words.word("turnaround.segment", odd.segment),
                reason: words.word("turnaround.odd", odd.reason), hours: hoursText(odd.hours))
        }
        oddCount = words.count("turnaround.oddCount", found.whole.odd.count)
        hasOdd = !odd.isEmpty
        breaches = BreachHistory(found, back: asked.path, for: visit)
    }

    /// How many tubes the list has, on all its pages.
    private static func listed(_ found: LookBack, _ group: String?) -> Int {
        found.groups.lines.filter { group == nil || $0.group == group }
            .reduce(0) { $0 + $1.all.n + $1.all.missing }
    }

    /// A group as people call it.
    private static func name(
        ofGroup group: String, _ split: TurnaroundQuestion.Split, for visit: Visit
    ) -> String {
        switch split {
        case .class:
            RiskClass(rawValue: group).map { visit.words.word("risk", $0) } ?? group
        case .shift: visit.words.text("turnaround.shift.\(group)") ?? group
        case .none, .unit, .laboratory, .day: group
        }
    }
}

/// The form in which a period is chosen.
struct LookBackForm: Hashable, Sendable {
    struct Choice: Hashable, Sendable {
        let value: String
        let text: String
        let isChosen: Bool
    }

    let from: String
    let to: String
    let splits: [Choice]
    let segments: [Choice]
    let isStaffed: Bool
    let opens: String
    let closes: String

    init(_ asked: LookBackQuestion, for visit: Visit) {
        from = asked.first.description
        to = asked.last.description
        splits = TurnaroundQuestion.Split.allCases.map {
            Choice(
                value: $0.rawValue, text: visit.words.word("turnaround.by", $0),
                isChosen: $0 == asked.split)
        }
        segments = TurnaroundSegment.allCases.map {
            Choice(
                value: $0.rawValue, text: visit.words.word("turnaround.segment", $0),
                isChosen: $0 == asked.segment)
        }
        isStaffed = asked.isStaffed
        opens = LookBackQuestion.text(asked.staffed.opens)
        closes = LookBackQuestion.text(asked.staffed.closes)
    }
}

extension Visit {
    /// Where a thing's story is told; nil when the one who looks may not read it.
    func tracePath(_ code: String) -> String? {
        leads(to: "/trace/:code") ? "/trace/" + encoded(code) : nil
    }
}
