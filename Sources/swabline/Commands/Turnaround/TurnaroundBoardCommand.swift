import ArgumentParser
import Foundation
import LabDomain
import LabOperations
import LabSimulation

/// What a forecast of the stored laboratory is made with.
struct ForecastOptions: ParsableArguments {
    @Option(
        help: "Servers, if not those of the settings: reception=2,extraction=2,pcr=4,review=1.")
    var machines: MachineList?
    @Option(help: "Who goes first: first-come or earliest-deadline; as a rule the settings say.")
    var order: LineOrder?
    @Option(help: "A station with one more in reserve: extraction, pcr or review; repeatable.")
    var reserve: [PlateStage] = []
    @Option(help: "Minutes until another laboratory has the result of what is sent now.")
    var elsewhere: Double?
    @Option(help: "Futures to simulate.") var futures = 100
    @Option(help: "The seed of the futures.") var seed: UInt64 = 1

    func validate() throws {
        guard (10...100_000).contains(futures), elsewhere.map({ $0 >= 0 }) ?? true else {
            throw ValidationError("--futures is from 10 to 100,000, --elsewhere not negative.")
        }
    }

    /// The plan of a laboratory's settings, where nothing else was asked for.
    func plan(of laboratory: Laboratory) throws -> ForecastPlan {
        var plan = try laboratory.forecastPlan()
        if let machines { plan.stations = machines.stations }
        if let order { plan.order = order }
        if !reserve.isEmpty { plan.reserve = reserve }
        if let elsewhere { plan.elsewhere = elsewhere }
        (plan.futures, plan.seed) = (futures, seed)
        return plan
    }
}

extension PlateStage: ExpressibleByArgument {
    /// A station by its name.
    public init?(argument: String) {
        switch argument {
        case "extraction": self = .extraction
        case "pcr": self = .pcr
        case "review": self = .review
        default: return nil
        }
    }
}

/// Everything that is open, the least slack first.
struct TurnaroundBoardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "board",
        abstract: "What is open, when it will be finished, why it waits and what would help.",
        discussion: """
            A line is the tubes of one box on one plate, or on none, with one limit. The finish is \
            predicted by simulating the laboratory from its present state: half of the futures are \
            finished by then, 80 % within the band. will-breach: at least half of the futures are \
            late; at-risk: at least a tenth. Each move carries the breaches it avoids.
            """)
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var forecast: ForecastOptions

    func run() throws {
        try session(options, output) { laboratory, handle in
            let zone = try laboratory.rules().settings.zone
            let board = try laboratory.turnaroundBoard(
                try forecast.plan(of: laboratory), at: .now, as: handle)
            try show(board, output, in: laboratory) { Self.text($0, zone) }
        }
    }

    private static func help(_ line: TurnaroundBoard.Line) -> String {
        guard let move = line.move else { return line.noMove?.text ?? "" }
        let avoided = line.avoided ?? 0
        return avoided >= 0.5
            ? "\(move): avoids \(Int(avoided.rounded()))"
            : "\(move): \(line.earlierMinutes ?? 0) min earlier"
    }

    private static func text(_ board: TurnaroundBoard, _ zone: Zone) -> String {
        let rows = board.lines.map { line in
            [
                line.status.rawValue, "\(line.slackMinutes)", line.plate?.text ?? "-",
                line.box.text, line.unit, "\(line.tubes)", zone.minuteText(line.deadline),
                zone.minuteText(line.predicted),
                "\(zone.minuteText(line.low).suffix(5))-\(zone.minuteText(line.high).suffix(5))",
                line.reason.text, help(line),
            ]
        }
        let head = [
            "status", "slack min", "plate", "box", "unit", "tubes", "deadline", "predicted",
            "80 %", "why", "move",
        ]
        let moves = board.moves.map {
            "  \($0.move): avoids "
                + String(format: "%.1f (%.0f to %.0f)", $0.avoided, $0.low, $0.high)
        }
        return "\(count(board.tubes, "open tube")), "
            + String(format: "%.1f breaches expected among those in time.", board.expectedBreaches)
            + (board.isLearned ? "" : " No history yet: stage times are defaults.")
            + "\n\n" + table(head, rows)
            + (moves.isEmpty ? "" : "\n\nMoves:\n" + moves.joined(separator: "\n"))
    }
}

/// The forecast in short: how many open tubes stand how with their limits.
struct TurnaroundForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "How many open tubes will be late, and which moves avoid it.",
        discussion: "The sum of `turnaround board`, for a screen on the wall or a script.")
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var forecast: ForecastOptions

    func run() throws {
        try session(options, output) { laboratory, handle in
            let zone = try laboratory.rules().settings.zone
            let board = try laboratory.turnaroundBoard(
                try forecast.plan(of: laboratory), at: .now, as: handle)
            try show(TurnaroundSum(board), output, in: laboratory) { text($0, zone) }
        }
    }

    private func text(_ answer: TurnaroundSum, _ zone: Zone) -> String {
        let counts = TurnaroundBoard.Status.allCases.map {
            "\($0.rawValue): \(answer.tubes[$0.rawValue] ?? 0)"
        }
        let moves = answer.moves.map {
            "\n  \($0.move): avoids " + String(format: "%.1f", $0.avoided)
        }
        return counts.joined(separator: ", ")
            + String(format: "\n%.1f breaches expected", answer.expectedBreaches)
            + (answer.lastFinish.map { "; all is finished by \(zone.minuteText($0))" } ?? "")
            + moves.joined()
    }
}
