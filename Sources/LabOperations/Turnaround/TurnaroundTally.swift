internal import LabDomain
internal import LabStore

/// Gathers the durations of tubes by segment and group.
struct TurnaroundTally {
    private struct Key: Hashable {
        let segment: TurnaroundSegment
        let group: String
    }

    private struct Gathered {
        var all: [Double] = []
        var clean: [Double] = []
        var missing = 0
    }

    private let question: TurnaroundQuestion
    private let zone: Zone
    private let laboratory: String
    private let segments: [TurnaroundSegment]
    private var gathered: [Key: Gathered] = [:]
    private var odd: [TurnaroundReport.Odd] = []
    private var rows: [TurnaroundReport.Row] = []
    private var tubes = 0

    init(_ question: TurnaroundQuestion, zone: Zone, laboratory: String) {
        (self.question, self.zone, self.laboratory) = (question, zone, laboratory)
        segments = question.only.map { [$0] } ?? TurnaroundSegment.allCases
    }

    mutating func add(_ times: TubeTimes) {
        tubes += 1
        let group = group(of: times)
        for segment in segments {
            let hours = segment.span(of: times).map {
                question.hours.minutes(from: $0.start, to: $0.end, zone: zone) / 60
            }
            let reason = segment.span(of: times).flatMap { fault($0.start.span(to: $0.end)) }
            note(hours, reason, Key(segment: segment, group: group))
            if let hours, let reason {
                odd.append(
                    TurnaroundReport.Odd(
                        tube: times.tube, box: times.box, segment: segment, reason: reason,
                        hours: hours))
            }
            if segment == question.listed {
                rows.append(
                    TurnaroundReport.Row(
                        tube: times.tube, box: times.box, unit: times.unit, group: group,
                        hours: hours))
            }
        }
    }

    private mutating func note(
        _ hours: Double?, _ reason: RecordedTurnaround.Rejected.Reason?, _ key: Key
    ) {
        guard let hours else {
            gathered[key, default: Gathered()].missing += 1
            return
        }
        gathered[key, default: Gathered()].all.append(hours)
        if reason == nil { gathered[key, default: Gathered()].clean.append(hours) }
    }

    /// Why a duration by the clock on the wall cannot be right.
    private func fault(_ span: Span) -> RecordedTurnaround.Rejected.Reason? {
        let hours = Double(span.milliseconds) / 3_600_000
        if hours < 0 { return .negative }
        return hours > question.longest ? .tooLong : nil
    }

    private func group(of times: TubeTimes) -> String {
        switch question.split {
        case .none: ""
        case .unit: times.unit
        case .class: times.risk
        case .laboratory: laboratory
        case .shift: question.dayShift.hold(times.received, zone: zone) ? "day" : "night"
        case .day: zone.day(of: times.received).description
        }
    }

    var report: TurnaroundReport {
        let order = TurnaroundSegment.allCases
        let keys = gathered.keys.sorted {
            let places = (order.firstIndex(of: $0.segment), order.firstIndex(of: $1.segment))
            return (places.0 ?? 0, $0.group) < (places.1 ?? 0, $1.group)
        }
        let lines = keys.map { key in
            let found = gathered[key] ?? Gathered()
            return TurnaroundReport.Line(
                segment: key.segment, group: key.group,
                all: TurnaroundReport.Figures(found.all, missing: found.missing),
                clean: TurnaroundReport.Figures(found.clean, missing: found.missing))
        }
        return TurnaroundReport(
            laboratory: laboratory, from: question.from, to: question.to, tubes: tubes,
            hours: question.hours, lines: lines, odd: odd,
            rows: rows.sorted { ($0.hours ?? -1, $0.tube) > ($1.hours ?? -1, $1.tube) })
    }
}
