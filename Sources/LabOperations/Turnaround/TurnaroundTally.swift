internal import LabDomain
internal import LabStatistics
internal import LabStore

/// Sums up the durations of tubes by segment and group.
///
/// A segment at a time, over tubes whose groups are numbers: a city's day has 100,000 tubes.
struct TurnaroundTally {
    /// The durations of one group.
    private struct Gathered {
        var hours: [Double] = []
        /// Which of them cannot be right.
        var odd: [Int] = []
        var missing = 0

        /// Without those that cannot be right.
        var clean: [Double] {
            let odd = Set(odd)
            return hours.indices.filter { !odd.contains($0) }.map { hours[$0] }
        }
    }

    private let question: TurnaroundQuestion
    private let zone: Zone
    private let laboratory: String

    init(_ question: TurnaroundQuestion, zone: Zone, laboratory: String) {
        (self.question, self.zone, self.laboratory) = (question, zone, laboratory)
    }

    /// The report on some tubes, in the order in which they were received.
    func report(on parts: [ArraySlice<TubeTimes>]) -> TurnaroundReport {
        let groups = TubeGroups(parts, question, zone: zone, laboratory: laboratory)
        var lines: [TurnaroundReport.Line] = []
        var odd: [(place: Int, odd: TurnaroundReport.Odd)] = []
        var rows: [TurnaroundReport.Row] = []
        for segment in question.only.map({ [$0] }) ?? TurnaroundSegment.allCases {
            let gathered = gather(segment, parts, groups, &odd)
            lines += Self.lines(segment, gathered, groups)
            if segment == question.listed { rows = list(segment, parts, groups) }
        }
        // Sorting is not stable: segments of one tube keep their order by it.
        let order = odd.indices.sorted { (odd[$0].place, $0) < (odd[$1].place, $1) }
        return TurnaroundReport(
            laboratory: laboratory, from: question.from, to: question.to,
            tubes: parts.reduce(0) { $0 + $1.count }, hours: question.hours, lines: lines,
            odd: order.map { odd[$0].odd }, rows: rows)
    }

    private func gather(
        _ segment: TurnaroundSegment, _ parts: [ArraySlice<TubeTimes>], _ groups: TubeGroups,
        _ odd: inout [(place: Int, odd: TurnaroundReport.Odd)]
    ) -> [Gathered] {
        var gathered = [Gathered](repeating: Gathered(), count: groups.names.count)
        var place = 0
        for part in parts {
            for tube in part.indices {
                let group = Int(groups.of[place])
                if let span = segment.span(of: part[tube]) {
                    let hours = hours(span)
                    if let reason = fault(span) {
                        gathered[group].odd.append(gathered[group].hours.count)
                        odd.append(
                            (
                                place,
                                TurnaroundReport.Odd(
                                    tube: part[tube].tube, box: part[tube].box, segment: segment,
                                    reason: reason, hours: hours)
                            ))
                    }
                    gathered[group].hours.append(hours)
                } else {
                    gathered[group].missing += 1
                }
                place += 1
            }
        }
        return gathered
    }

    private static func lines(
        _ segment: TurnaroundSegment, _ gathered: [Gathered], _ groups: TubeGroups
    ) -> [TurnaroundReport.Line] {
        gathered.indices.sorted { groups.names[$0] < groups.names[$1] }.map { group in
            let found = gathered[group]
            let all = TurnaroundReport.Figures(found.hours, missing: found.missing)
            return TurnaroundReport.Line(
                segment: segment, group: groups.names[group], all: all,
                clean: found.odd.isEmpty
                    ? all : TurnaroundReport.Figures(found.clean, missing: found.missing))
        }
    }

    private func hours(_ span: (start: Timestamp, end: Timestamp)) -> Double {
        question.hours.minutes(from: span.start, to: span.end, zone: zone) / 60
    }

    /// Why a duration by the clock on the wall cannot be right.
    private func fault(
        _ span: (start: Timestamp, end: Timestamp)
    ) -> RecordedTurnaround.Rejected.Reason? {
        let hours = Double(span.start.span(to: span.end).milliseconds) / 3_600_000
        if hours < 0 { return .negative }
        return hours > question.longest ? .tooLong : nil
    }
}

extension TurnaroundTally {
    /// The tubes behind a segment, the longest first; those without a duration stand last.
    private func list(
        _ segment: TurnaroundSegment, _ parts: [ArraySlice<TubeTimes>], _ groups: TubeGroups
    ) -> [TurnaroundReport.Row] {
        let wanted = question.listedGroup.map { groups.names.firstIndex(of: $0) ?? -1 }
        var found: [(hours: Double, part: Int, tube: Int, group: Int)] = []
        var place = 0
        for number in parts.indices {
            for tube in parts[number].indices {
                let group = Int(groups.of[place])
                place += 1
                guard wanted ?? group == group else { continue }
                let hours = segment.span(of: parts[number][tube]).map(hours)
                found.append((hours ?? -.infinity, number, tube, group))
            }
        }
        let rows = question.listedRows ?? 0..<found.count
        // Only what may stand on the page is put in order.
        var hours = SelectedQuantiles(of: found.map { -$0.hours })
        if let last = hours.value(at: rows.upperBound) { found.removeAll { -$0.hours > last } }
        found.sort { one, other in
            one.hours != other.hours
                ? one.hours > other.hours
                : parts[one.part][one.tube].tube > parts[other.part][other.tube].tube
        }
        return found[min(rows.lowerBound, found.count)..<min(rows.upperBound, found.count)].map {
            let tube = parts[$0.part][$0.tube]
            return TurnaroundReport.Row(
                tube: tube.tube, box: tube.box, unit: tube.unit, group: groups.names[$0.group],
                hours: $0.hours.isFinite ? $0.hours : nil)
        }
    }
}

/// Which group each tube belongs to, by number.
private struct TubeGroups {
    private(set) var names: [String] = []
    private(set) var of: [Int32] = []
    private var numbers: [String: Int32] = [:]
    private var days: [Int32: Int32] = [:]

    init(
        _ parts: [ArraySlice<TubeTimes>], _ question: TurnaroundQuestion, zone: Zone,
        laboratory: String
    ) {
        of.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for part in parts {
            for place in part.indices {
                let number =
                    switch question.split {
                    case .none: number(of: "")
                    case .unit: number(of: part[place].unit)
                    case .class: number(of: part[place].risk)
                    case .laboratory: number(of: laboratory)
                    case .shift:
                        number(
                            of: question.dayShift.hold(part[place].received, zone: zone)
                                ? "day" : "night")
                    case .day: number(of: zone.day(of: part[place].received))
                    }
                of.append(number)
            }
        }
    }

    private mutating func number(of name: String) -> Int32 {
        if let number = numbers[name] { return number }
        let number = Int32(clamping: names.count)
        numbers[name] = number
        names.append(name)
        return number
    }

    private mutating func number(of day: CalendarDay) -> Int32 {
        let key = Int32(clamping: day.daysSinceEpoch)
        if let number = days[key] { return number }
        let number = number(of: day.description)
        days[key] = number
        return number
    }
}
