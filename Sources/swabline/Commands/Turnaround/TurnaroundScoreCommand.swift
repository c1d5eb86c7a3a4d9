import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// How the laboratory's own forecasts came true.
struct TurnaroundScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Score the forecasts that the server stored: predicted when, what came.",
        discussion: """
            Scored are tubes that are released, once for each stored forecast in which they were \
            open and their deadline was still --lead minutes away; a breach is a release after the \
            deadline. The figures are those of `turnaround replay`.
            """)
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Days back from now.") var days = 7
    @Option(help: "Minutes that must be left to the deadline of a forecast that is scored.")
    var lead = 120

    func validate() throws {
        guard (1...60).contains(days), (0...10_080).contains(lead) else {
            throw ValidationError("--days is 1 to 60, --lead 0 to 10080 minutes.")
        }
    }

    func run() throws {
        try session(options, output) { laboratory, handle in
            let now = Timestamp.now
            let score = try laboratory.storedForecastScore(
                from: now.advanced(by: .hours(-24 * days)), to: now, ahead: .minutes(lead),
                as: handle)
            try show(score, output, in: laboratory, text: text)
        }
    }

    private func text(_ score: StoredForecastScore) -> String {
        func digits(_ value: Double?) -> String {
            value.map { String(format: "%.4g", $0) } ?? "-"
        }
        return "\(count(score.times, "stored forecast")): \(score.forecasts) of tubes that are "
            + "released, \(score.open) of tubes that are not.\n\n"
            + table(
                ["auc", "recall", "precision", "mean error min", "Brier", "80 % band"],
                [
                    [
                        digits(score.auc), digits(score.recall), digits(score.precision),
                        digits(score.maeMinutes), digits(score.brier), digits(score.coverage80),
                    ]
                ])
    }
}
