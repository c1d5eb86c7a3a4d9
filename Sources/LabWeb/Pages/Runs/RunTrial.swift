internal import LabDomain
internal import LabOperations

/// What would come of a run's file, before it is imported.
struct RunTrial: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let tube: String
        let verdict: VerdictTag
    }

    /// So many tubes are listed at most; the figures count all of them.
    static let most = 100

    let plate: String
    let csrf: String
    let key: String
    let back: String
    /// What fetches the file, which need not be chosen again.
    let held: String
    let isImported: Bool
    let isInvalid: Bool
    let rules: String?
    let summary: String
    let follows: String
    let warnings: [String]
    let hasWarnings: Bool
    let reported: [Row]
    let more: String?
    let nobody: Bool
    let run: RunPage

    /// A look at a file; nil when it read nothing.
    init?(_ seen: ForeseenRun, held: String, for visit: Visit) {
        guard let run = RunPage(seen.report, on: seen.sheet, curves: seen.curves, for: visit)
        else { return nil }
        let (answer, words) = (seen.answer, visit.words)
        self.run = run
        plate = answer.plate.text
        csrf = visit.csrf
        key = visit.newKey()
        back = "/runs/" + encoded(plate)
        self.held = held
        isImported = seen.isImported
        isInvalid = !answer.isValid
        rules =
            answer.brokenRules.isEmpty
            ? nil : answer.brokenRules.map(\.rawValue).joined(separator: ", ")
        summary = words.say(
            "trial.summary",
            [
                "samples": "\(answer.samples)", "detected": "\(answer.detected)",
                "grey": "\(answer.grey)", "invalid": "\(answer.invalid)",
                "notDetected": "\(answer.notDetected)", "looks": "\(answer.looks?.count ?? 0)",
            ])
        follows = words.say(
            "trial.follows",
            [
                "tubes": "\(seen.reported.count)", "tests": "\(answer.newTests)",
                "recollections": "\(answer.recollections)",
            ])
        warnings = answer.warnings ?? []
        hasWarnings = !warnings.isEmpty
        // Whom it would be worst to report wrongly stands first.
        let ordered =
            seen.reported.filter { $0.outcome == .detected }
            + seen.reported.filter { $0.outcome != .detected }
        reported = ordered.prefix(Self.most).map {
            Row(
                tube: $0.tube.text,
                verdict: VerdictTag($0.outcome == .detected ? .detected : .notDetected, words))
        }
        nobody = reported.isEmpty
        let left = ordered.count - reported.count
        more = left > 0 ? words.count("trial.more", left) : nil
    }
}
