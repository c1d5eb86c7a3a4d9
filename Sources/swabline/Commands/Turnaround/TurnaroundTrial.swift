import ArgumentParser
import Foundation
import LabSimulation
import LabStatistics

/// Forecasts and moves on many invented laboratory-days.
struct TurnaroundTrial: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trial",
        abstract: "Put the forecast and its moves to the test on simulated laboratory-days.",
        discussion: """
            Every day has a laboratory of its own with its own machines, stage times, breakdowns \
            and surges, tubes of 6, 12 and 24 hours. The forecaster is told the number of machines \
            and sees the logs of three days before and of the day itself as far as it has gone. A \
            breach is flagged from a probability of 0.4 on.

            The same days are then worked in another way: plates filled in the order of earliest \
            deadlines when a machine is free, and with the moves that were found by simulating \
            them, which here are boxes sent to another laboratory (330 minutes, courier included, \
            at most a tenth of the day). Intervals are 95 %, by resampling days.

            Exit code 1 when a bar is missed: recall at least 0.9, false flags at most 10 %, Brier \
            score below both simple forecasters, and breaches cut by half at least.
            """)
    @OptionGroup var output: OutputOptions
    @Option(help: "How many laboratory-days.") var days = 200
    @Option(help: "The seed of all of them.") var seed: UInt64 = 1
    @Option(help: "Futures for each forecast.") var futures = 100
    @Option(help: "Cores to use (default: all).") var threads: Int?

    func validate() throws {
        guard (1...100_000).contains(days), (10...100_000).contains(futures),
            threads.map({ $0 >= 1 }) ?? true
        else {
            throw ValidationError("--days and --threads are at least 1, --futures at least 10.")
        }
    }

    func run() throws {
        var passes = false
        try session(output) {
            let (seed, futures, days) = (seed, futures, days)
            let results = inParallel(
                days, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
                progress: { overwrite("\($0) of \(count(days, "day"))") },
                { ForecastTrial.run(day: $0, seed: seed, futures: futures) })
            overwrite("")
            let sum = TrialSum(results, seed: seed)
            switch output.format {
            case .json: try printJSON(TrialAnswer(sum))
            case .text: print(TrialAnswer(sum).text)
            }
            passes = sum.passes
        }
        if !passes { throw ExitCode(1) }
    }
}

/// What a trial came to, as it is printed.
struct TrialAnswer: Encodable {
    let sum: TrialSum

    init(_ sum: TrialSum) { self.sum = sum }

    private struct Figures: Encodable {
        let forecasts: Int
        let late: Int
        let recall: Double?
        let falseFlags: Double?
        let brier: Double?
        let mae: Double?
        let coverage: Double?

        private enum CodingKeys: String, CodingKey {
            case forecasts, late, recall, brier
            case falseFlags = "false_flags"
            case mae = "mae_minutes"
            case coverage = "coverage_80"
        }

        init(_ score: ForecastScore) {
            (forecasts, late) = (score.count, score.late)
            (recall, brier) = (score.recall, score.brier)
            falseFlags = score.precision.map { 1 - $0 }
            (mae, coverage) = (score.meanAbsoluteError, score.coverage)
        }
    }

    private struct Way: Encodable {
        let breaches: Int
        let share: Double
        let cut: Double?
        let low: Double?
        let high: Double?

        private enum CodingKeys: String, CodingKey {
            case breaches, share, cut
            case low = "cut_low"
            case high = "cut_high"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case days, seed, tubes, sent, passes, ours
        case stageMean = "stage_mean"
        case queueRate = "queue_rate"
        case firstCome = "first_come"
        case ordered = "earliest_deadline"
        case steered = "with_moves"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(sum.days, forKey: .days)
        try container.encode(sum.seed, forKey: .seed)
        try container.encode(sum.tubes, forKey: .tubes)
        try container.encode(sum.sent, forKey: .sent)
        try container.encode(sum.passes, forKey: .passes)
        try container.encode(Figures(sum.ours), forKey: .ours)
        try container.encode(Figures(sum.stageMean), forKey: .stageMean)
        try container.encode(Figures(sum.queueRate), forKey: .queueRate)
        try container.encode(way(sum.firstCome, nil), forKey: .firstCome)
        try container.encode(way(sum.ordered, sum.cutByOrder), forKey: .ordered)
        try container.encode(way(sum.steered, sum.cutByMoves), forKey: .steered)
    }

    private func way(_ breaches: Int, _ cut: TrialSum.Cut?) -> Way {
        Way(
            breaches: breaches, share: Double(breaches) / Double(max(1, sum.tubes)),
            cut: cut?.share, low: cut?.low, high: cut?.high)
    }

    /// For people: one table of forecasters, one of ways to work.
    var text: String {
        func row(_ name: String, _ score: ForecastScore) -> [String] {
            [
                name, digits(score.recall, 4), digits(score.precision.map { 1 - $0 }, 4),
                digits(score.brier, 4), digits(score.meanAbsoluteError, 4),
                digits(score.coverage, 4),
            ]
        }
        func way(_ name: String, _ breaches: Int, _ cut: TrialSum.Cut?) -> [String] {
            let share = 100 * Double(breaches) / Double(max(1, sum.tubes))
            let words = cut.map {
                String(
                    format: "%.1f %% (%.1f to %.1f)", 100 * $0.share, 100 * $0.low, 100 * $0.high)
            }
            return [name, "\(breaches)", String(format: "%.2f %%", share), words ?? "-"]
        }
        let head = ["forecaster", "recall", "false flags", "Brier", "MAE min", "80 % band"]
        let forecasters = [
            row("state run forward", sum.ours), row("mean of the stage", sum.stageMean),
            row("queue over rate", sum.queueRate),
        ]
        let ways = [
            way("first come, first served", sum.firstCome, nil),
            way("earliest deadline", sum.ordered, sum.cutByOrder),
            way("... and moves", sum.steered, sum.cutByMoves),
        ]
        return "\(count(sum.days, "laboratory-day")), \(sum.tubes) tubes, "
            + "\(sum.ours.count) forecasts\n\n" + table(head, forecasters) + "\n\n"
            + table(["way to work", "breaches", "of all tubes", "fewer by (95 %)"], ways) + "\n"
            + "\(count(sum.sent, "tube")) sent to another laboratory.\n"
            + (sum.passes ? "Every bar is met." : "A bar is MISSED.")
    }
}
