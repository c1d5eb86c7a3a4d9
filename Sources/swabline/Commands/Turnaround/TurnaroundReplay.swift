import ArgumentParser
import Foundation
import LabOperations
import LabSimulation

/// Yesterday once more: what would have been predicted when, and what came.
struct TurnaroundReplay: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Walk through a laboratory's log and score what would have been forecast.",
        discussion: """
            The log is two tables (CSV, also packed with gzip), with times in minutes. Samples: \
            sample, parent (the pool of a single that was called back), members, positive, \
            tube_closed, received, reception_start, reception_end, plate, and perhaps limit \
            (minutes from receipt to the deadline). Plates: plate, priority, wells, formed, \
            last_extraction_start, last_pcr_start, last_review_start, released, repeats. An empty \
            time means "not yet".

            At each step the forecast knows only what had happened by then. Scored are the pools \
            that were in the laboratory, once a step each, while their deadline was still --lead \
            minutes away; a breach is a release after the deadline. Two simple forecasters are \
            scored beside: the mean remaining time of the stage, and the queue's length over the \
            rate of release. Rows whose times cannot be right are left out and listed.
            """)
    @OptionGroup var output: OutputOptions
    @Option(help: "The table of samples.") var samples: String
    @Option(help: "The table of plates.") var plates: String
    @Option(help: "Servers: reception=4,extraction=6,pcr=7,review=2.") var machines: MachineList
    @Option(help: "An earlier log of the laboratory to learn from: SAMPLES,PLATES; repeatable.")
    var learnFrom: [LogFiles] = []
    @Option(help: "Minutes between forecasts.") var every = 60.0
    @Option(help: "Minutes from receipt to the deadline.") var limit = 720.0
    @Option(help: "Minutes that must be left to the deadline of a forecast that is scored.")
    var lead = 120.0
    @Option(help: "Who goes first: first-come or earliest-deadline.")
    var order = LineOrder.firstCome
    @Option(help: "Futures for each forecast.") var futures = 200
    @Option(help: "The seed of the futures.") var seed: UInt64 = 1
    @Flag(help: "Tell on standard error how long a step took, in seconds of one core.")
    var time = false

    func validate() throws {
        guard every.isFinite, every >= 1 else {
            throw ValidationError("--every is at least 1 minute.")
        }
        guard limit > 0, lead >= 0 else {
            throw ValidationError("--limit is above 0, --lead at least 0.")
        }
        guard (10...100_000).contains(futures) else {
            throw ValidationError("--futures is from 10 to 100,000.")
        }
    }

    func run() throws {
        try session(output) {
            let recorded = try log(LogFiles(samples: samples, plates: plates))
            let history = try learnFrom.map { try log($0).log }
            var plan = ForecastReplay.Plan(stations: machines.stations)
            (plan.every, plan.lead, plan.order) = (every, lead, order)
            (plan.futures, plan.seed) = (futures, seed)
            let start = clock()
            let replay = ForecastReplay(recorded.log, history: history, plan: plan)
            if time {
                let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
                note(String(format: "%.4f s a step", seconds / Double(max(1, replay.steps))))
            }
            let answer = ReplayAnswer(replay, recorded, seed: seed)
            switch output.format {
            case .json: try printJSON(answer)
            case .text: print(answer.text)
            }
        }
    }

    private func log(_ files: LogFiles) throws -> RecordedLaboratory {
        try RecordedLaboratory(
            samples: try read(files.samples), plates: try read(files.plates), limit: limit)
    }
}

extension LineOrder: ExpressibleByArgument {}

extension LogFiles {
    init(samples: String, plates: String) { (self.samples, self.plates) = (samples, plates) }
}

/// The scores of a replay.
struct ReplayAnswer: Encodable {
    /// One forecaster's figures; null where one is not defined.
    struct Score: Encodable {
        let score: ForecastScore

        private enum CodingKeys: String, CodingKey {
            case forecasts, late, auc, recall, precision, brier
            case mae = "mae_minutes"
            case coverage = "coverage_80"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(score.count, forKey: .forecasts)
            try container.encode(score.late, forKey: .late)
            try container.encode(score.auc, forKey: .auc)
            try container.encode(score.recall, forKey: .recall)
            try container.encode(score.precision, forKey: .precision)
            try container.encode(score.meanAbsoluteError, forKey: .mae)
            try container.encode(score.brier, forKey: .brier)
            try container.encode(score.coverage, forKey: .coverage)
        }

        var cells: [String] {
            [
                digits(score.auc, 5), digits(score.recall, 4), digits(score.precision, 4),
                digits(score.meanAbsoluteError, 4), digits(score.brier, 4),
                digits(score.coverage, 4),
            ]
        }
    }

    let ours: Score
    let stageMean: Score
    let queueRate: Score
    let steps: Int
    let seed: UInt64
    let rejected: [RecordedLaboratory.Odd]

    init(_ replay: ForecastReplay, _ recorded: RecordedLaboratory, seed: UInt64) {
        ours = Score(score: replay.ours)
        stageMean = Score(score: replay.stageMean)
        queueRate = Score(score: replay.queueRate)
        steps = replay.steps
        self.seed = seed
        rejected = recorded.odd
    }

    private enum CodingKeys: String, CodingKey {
        case steps, seed, rejected, naive
    }

    private enum NaiveKeys: String, CodingKey {
        case stageMean = "stage_mean"
        case queueRate = "queue_rate"
    }

    /// Our figures stand at the top of the answer.
    func encode(to encoder: any Encoder) throws {
        try ours.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(steps, forKey: .steps)
        try container.encode(seed, forKey: .seed)
        try container.encode(rejected, forKey: .rejected)
        var naive = container.nestedContainer(keyedBy: NaiveKeys.self, forKey: .naive)
        try naive.encode(stageMean, forKey: .stageMean)
        try naive.encode(queueRate, forKey: .queueRate)
    }

    /// For people: a line a forecaster.
    var text: String {
        let head = ["forecaster", "AUC", "recall", "precision", "MAE min", "Brier", "80 % band"]
        let rows = [
            ["state run forward"] + ours.cells, ["mean of the stage"] + stageMean.cells,
            ["queue over rate"] + queueRate.cells,
        ]
        let odd = rejected.prefix(20).map {
            "  \($0.table), line \($0.line): \($0.reason.rawValue)"
        }
        return
            "\(count(ours.score.count, "forecast")) at \(count(steps, "step")), "
            + "\(ours.score.late) of them about tubes that were late.\n\n" + table(head, rows)
            + (odd.isEmpty
                ? ""
                : "\n\(count(rejected.count, "row")) left out:\n" + odd.joined(separator: "\n"))
    }
}
