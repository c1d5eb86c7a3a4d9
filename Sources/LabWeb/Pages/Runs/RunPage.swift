internal import Foundation
internal import LabDomain
internal import LabOperations
internal import LabStore

/// One run: controls first, then what it says of every well, then its review.
struct RunPage: Hashable, Sendable {
    struct Figure: Hashable, Sendable {
        let count: Int
        let word: String
        let kind: String
    }

    /// The wells with one verdict.
    struct List: Hashable, Sendable {
        let title: String
        let note: String
        let rows: [WellRow]
    }

    let plate: String
    let kit: String
    let assay: String
    let state: RunStateTag
    let enteredBy: String
    let readAt: String
    let judgedBy: String?
    let judgedAt: String
    let isInvalid: Bool
    let isRefused: Bool
    let channels: [String]
    let controls: [ControlRow]
    let figures: [Figure]
    let lists: [List]
    let wells: [WellRow]
    let looks: [LookRow]
    let hasLooks: Bool
    let keys: [CurveKey]
    /// Where the curves of all wells stand; nil where the run's file has none.
    let curvesPath: String?
    let review: RunReview
    let picture: PlatePicture
    /// The next run that the one who looks may review, once this one needs no review.
    let next: NextRun?

    /// A run as whoever looks may see it; nil while the plate waits for one.
    init?(
        _ report: RunReport, on sheet: PlateSheet, curves: [RunCurve] = [],
        next: PlateID? = nil, for visit: Visit
    ) {
        guard let run = report.run else { return nil }
        let words = visit.words
        plate = report.plate.id.text
        kit = words.word("kit", report.plate.kit)
        assay = report.plate.assay
        state = RunStateTag(run.run.state, words)
        enteredBy = run.run.enteredBy
        readAt = visit.time(run.run.readAt)
        judgedBy = run.run.reviewedBy
        judgedAt = run.reviewedAt.map(visit.time) ?? ""
        isInvalid = run.run.state == .invalid
        isRefused = run.run.state == .refused
        channels = report.channels
        let pictures = CurvePictures(curves, of: report, words: words)
        keys = CurveKey.all(report.channels)
        curvesPath =
            pictures.isEmpty
            ? nil : "/runs/" + encoded(report.plate.id.text) + "/curves"
        controls = report.controls.map { ControlRow($0, of: report, pictures, words) }
        figures = [Verdict.detected, .grey, .invalid, .notDetected].map { verdict in
            Figure(
                count: run.verdicts[verdict] ?? 0, word: words.word("verdict", verdict),
                kind: VerdictTag.kind(of: verdict))
        }
        let rows = report.samples.map { WellRow($0, report.channels, for: visit) }
        lists = Self.lists(report.samples, rows, of: run.run.state, words)
        wells = rows
        looks = report.looks.map { LookRow($0, of: run.run, in: report, pictures, for: visit) }
        hasLooks = !report.looks.isEmpty
        review = RunReview(run.run, canBeRefused: report.canBeRefused, for: visit)
        picture = PlatePicture(
            sheet, readings: Self.readings(of: report, words), by: .verdict, words: words,
            at: visit.now)
        self.next = run.run.state == .valid ? nil : next.map { NextRun($0) }
    }

    /// What the run says of each well, for the picture of the plate.
    static func readings(
        of report: RunReport, _ words: Catalogue
    ) -> [WellPosition: WellReading] {
        func text(_ cqs: [String: Cq]) -> String {
            report.channels.map { "\($0) \(cqText(cqs[$0]))" }.joined(separator: " · ")
        }
        var readings: [WellPosition: WellReading] = [:]
        for control in report.controls {
            readings[control.well] = WellReading(
                control.failedTargets.isEmpty ? .held : .failed, cq: text(control.cqs))
        }
        for sample in report.samples {
            readings[sample.test.well] = WellReading(
                verdict: sample.test.result.verdict, cq: text(sample.cqs),
                reason: sample.test.result.reason.map { words.word("verdictReason", $0) } ?? "",
                disagrees: !sample.disagreements.isEmpty)
        }
        return readings
    }

    /// What the reviewer must look at one by one; a run that says nothing about anybody has none.
    private static func lists(
        _ samples: [RunReport.Sample], _ rows: [WellRow], of state: StoredRun.State,
        _ words: Catalogue
    ) -> [List] {
        guard state == .valid || state == .reviewed else { return [] }
        func list(_ name: String, _ belongs: (RunReport.Sample) -> Bool) -> List {
            let own = zip(samples, rows).filter { belongs($0.0) }.map(\.1)
            return List(
                title: words.count("run.list.\(name)", own.count),
                note: words.say("run.list.\(name).note"), rows: own)
        }
        return [
            list("disagreements") { !$0.disagreements.isEmpty },
            list("detected") { $0.test.result.verdict == .detected },
            list("grey") { $0.test.result.verdict == .grey },
            list("invalid") { $0.test.result.verdict == .invalid },
        ].filter { !$0.rows.isEmpty }
    }
}

/// The run that is to be looked at next.
struct NextRun: Hashable, Sendable {
    let path: String
    let plate: String

    init(_ plate: PlateID) {
        path = "/runs/" + encoded(plate.text)
        self.plate = plate.text
    }
}

/// One sample well in a table.
struct WellRow: Hashable, Sendable {
    let well: String
    let code: String
    let kind: String
    let purpose: String
    let cqs: [String]
    let verdict: VerdictTag
    let reason: String
    let disagreements: [String]

    init(_ sample: RunReport.Sample, _ channels: [String], for visit: Visit) {
        let test = sample.test
        let words = visit.words
        well = test.well.description
        code = test.of.text
        let kind = words.word("testedKind", test.kind)
        self.kind =
            test.kind == .pool ? kind + words.count("run.poolOf", test.members) : kind
        purpose = words.word("purpose", test.purpose)
        cqs = channels.map { cqText(sample.cqs[$0]) }
        verdict = VerdictTag(test.result.verdict, words)
        reason = test.result.reason.map { words.word("verdictReason", $0) } ?? ""
        disagreements = sample.disagreements.map { words.word("disagreement", $0) }
    }
}

/// A verdict as a sign, a word and a colour.
struct VerdictTag: Hashable, Sendable {
    let sign: String
    let word: String
    let kind: String

    init(_ verdict: Verdict, _ words: Catalogue) {
        word = words.word("verdict", verdict)
        kind = Self.kind(of: verdict)
        sign =
            switch verdict {
            case .detected: "+"
            case .notDetected: "−"
            case .grey: "?"
            case .invalid: "✗"
            }
    }

    static func kind(of verdict: Verdict) -> String {
        switch verdict {
        case .detected: "bad"
        case .notDetected: "good"
        case .grey: "warn"
        case .invalid: ""
        }
    }
}

/// A cycle with two decimals; a stroke where no curve crossed the threshold.
func cqText(_ cq: Cq?) -> String {
    cq.map { String(format: "%.2f", $0.cycles) } ?? "–"
}
