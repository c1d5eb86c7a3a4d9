import ArgumentParser
import Foundation
import LabDomain
import LabOperations

extension StaffedHours: ExpressibleByArgument {
    /// Hours as they are typed.
    public init?(argument: String) { self.init(text: argument) }
}

extension TurnaroundQuestion.Split: ExpressibleByArgument {}
extension TurnaroundSegment: ExpressibleByArgument {}

/// Looking back on a stored laboratory.
struct TurnaroundReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "How long the stored samples took: seven segments, whole and by group.",
        discussion: """
            Segments: request-to-collection, collection-to-receipt, receipt-to-test, \
            receipt-to-result, receipt-to-validation, result-to-validation and overall (from the \
            request, or the collection where nobody asked before, to the validated result). A \
            missing time is counted as missing. Durations that cannot be right, negative or longer \
            than --longest, are named with their tubes; figures stand with and without them. The \
            report is closed when each breach of the period is over, has its cause and is \
            acknowledged (swabline alert acknowledge).
            """)
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Received from this instant on, like 2021-08-03T00:00:00+08:00.")
    var from: String?
    @Option(help: "Received before this instant.") var to: String?
    @Option(help: "Split by unit, class, laboratory, shift or day (of receipt: the trend).")
    var by = TurnaroundQuestion.Split.none
    @Option(help: "Count only these hours of each day, like 08:00-20:00.")
    var staffed: StaffedHours = .always
    @Option(help: "The hours of the day shift.")
    var dayShift = StaffedHours(opens: 480, closes: 1_200)
    @Option(help: "The longest duration in hours that can be right.") var longest = 168.0
    @Option(help: "List the tubes of a segment, the longest first.")
    var list: TurnaroundSegment?

    func run() throws {
        try session(options, output) { laboratory, handle in
            let zone = try laboratory.rules().settings.zone
            var question = TurnaroundQuestion(
                from: try instant(from, zone) ?? Timestamp(milliseconds: 0),
                to: try instant(to, zone) ?? .now)
            (question.split, question.hours, question.dayShift) = (by, staffed, dayShift)
            (question.longest, question.listed) = (longest, list)
            let report = try laboratory.turnaround(question, at: .now, as: handle)
            try show(report, output, in: laboratory) { text($0) }
        }
    }

    private func instant(_ text: String?, _ zone: Zone) throws -> Timestamp? {
        guard let text else { return nil }
        guard let instant = zone.instant(from: text) else {
            throw ValidationError("Instants are like 2021-08-03T00:00:00+08:00.")
        }
        return instant
    }

    private func breaches(_ report: TurnaroundReport) -> String {
        guard let sum = report.breaches, sum.batches > 0 else {
            return "Every limit of the period was kept."
        }
        let missing = [
            (sum.open, "still open"), (sum.withoutCause, "without cause"),
            (sum.unacknowledged, "not acknowledged"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return "Breaches: \(sum.batches), with \(count(sum.late, "late clock")): "
            + (sum.isClosed
                ? "each has its cause and is acknowledged; the report is closed."
                : missing.joined(separator: ", ") + "; the report is not closed.")
    }

    private func text(_ report: TurnaroundReport) -> String {
        func hours(_ value: Double?) -> String { value.map { String(format: "%.2f", $0) } ?? "-" }
        func row(
            _ line: TurnaroundReport.Line, _ figures: TurnaroundReport.Figures, _ which: String
        )
            -> [String]
        {
            [
                line.segment.rawValue, line.group, which, "\(figures.n)", "\(figures.missing)",
                hours(figures.mean), hours(figures.median), hours(figures.p90), hours(figures.p95),
                hours(figures.min), hours(figures.max),
            ]
        }
        let head = [
            "segment", "group", "rows", "n", "missing", "mean h", "median", "P90", "P95", "min",
            "max",
        ]
        let lines = report.lines.flatMap { line in
            [row(line, line.all, "all")]
                + (line.all == line.clean ? [] : [row(line, line.clean, "clean")])
        }
        let odd = report.odd.prefix(20).map {
            "  \($0.tube), \($0.segment.rawValue): \($0.reason.rawValue) (\(hours($0.hours)) h)"
        }
        let listed = report.rows.prefix(100).map {
            ["\($0.tube)", "\($0.box)", $0.unit, $0.group, hours($0.hours)]
        }
        return "\(report.laboratory): \(count(report.tubes, "tube")).\n\n" + table(head, lines)
            + (odd.isEmpty
                ? ""
                : "\n\n\(count(report.odd.count, "odd duration")):\n" + odd.joined(separator: "\n"))
            + "\n\n" + breaches(report)
            + (listed.isEmpty ? "" : "\n\n" + table(["tube", "box", "unit", "group", "h"], listed))
    }
}
