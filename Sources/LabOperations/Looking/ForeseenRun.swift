package import LabDomain
internal import LabStore

/// What would come of an instrument's file, before anything of it is stored.
package struct ForeseenRun: Sendable {
    /// An answer that would wait for review.
    package struct Reported: Hashable, Sendable {
        package let tube: TubeID
        package let outcome: Outcome
    }

    package let answer: ImportRun.Answer
    /// Whether the file was imported before; then this is what came of it.
    package let isImported: Bool
    package let report: RunReport
    package let sheet: PlateSheet
    /// The tubes that would be answered, by their barcodes.
    package let reported: [Reported]
    package let curves: [RunCurve]
}

extension Laboratory {
    /// Reads a run's file, judges its controls, calls every well and follows what the verdicts ask
    /// for, and then forgets all of it.
    ///
    /// - Throws: `Refusal` with the place of each fault, as the import itself does.
    package func foreseeRun(
        _ command: ImportRun, as handle: String, at now: Timestamp
    ) throws -> ForeseenRun {
        try foresee(command, as: handle, at: now) { done, view in
            guard let report = try runReport(of: done.answer.plate, in: view) else {
                throw Refusal(
                    .unknown, "This laboratory has no such plate.",
                    remedy: "See swabline plate list.")
            }
            return ForeseenRun(
                answer: done.answer, isImported: done.isRepeated, report: report,
                sheet: try Self.plateSheet(of: done.answer.plate, in: view),
                reported: try view.openAnswers(of: done.answer.run).map {
                    ForeseenRun.Reported(tube: $0.tube, outcome: $0.outcome)
                },
                curves: try rules(in: view).settings.assays[report.plate.kit].map {
                    RunCurve.curves(in: command.file, of: report.readings, $0)
                } ?? [])
        }
    }
}
