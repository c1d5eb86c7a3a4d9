import ArgumentParser
import Foundation
import LabScreening
import LabSimulation

/// The resources of a citywide screening.
struct PlanScreeningCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "screening",
        abstract: "Find the least-cost resources with which a city's screening keeps its goal.",
        discussion: """
            SCENARIO is a file, or the name of a ready one (swabline scenario list). Planned are \
            sites, lines, samplers by shift, couriers, which part of a district goes to which of \
            its laboratories, which laboratories open, and their machines and people by shift.

            First a program of flows (by Clp and Cbc) gives a lower bound of the cost and a plan. \
            Then the plan is simulated: what makes it late is added, what nobody misses is taken \
            away. At last fresh replications say how often every goal is kept; the plan is called \
            feasible only when they prove the chosen probability with 95 % confidence.

            The bound holds for every choice of laboratories, couriers, machines, people and \
            shares in the program of flows, with sites by the rules below; what chance costs \
            every plan is part of the gap that is printed. Rules: 2,000 to 3,000 people a site, \
            lines at work for 85 % of the busiest hour at most, four hours from the swab to the \
            laboratory, somebody at reception and review in each shift of 8 hours.

            When the goal cannot be met within the limits, the least is named that makes it \
            possible: hours, people in a tube, machines or people at one station. The plan is a \
            scenario file that swabline simulate takes. Exit status 1: no plan was proved.
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The scenario's file, - for standard input, or a ready one's name.")
    var scenario: String
    @Option(help: "The chance that every goal is kept.") var probability = 0.95
    @Option(
        help: "Everybody is sampled within this time, as 48h or 2d (default: the scenario's).",
        transform: PlanTime.minutes)
    var within: Double?
    @Option(
        help: "Each result within this time of receipt, as 12h (default: the scenario's).",
        transform: PlanTime.minutes)
    var window: Double?
    @Option(
        help: """
            Seconds to plan; a proof is finished if twice that suffices (default: 120, or 600 \
            above 5 million people).
            """)
    var timeLimit: Double?
    @Option(help: "Replications of the proof, 100 at least.") var replications = 100
    @Option(help: "A laboratory has at most so many times what the scenario gives it.")
    var grow = 2.0
    @Option(help: "The first seed.") var seed: UInt64 = 1
    @Option(help: "Cores to use (default: all).") var threads: Int?
    @Option(
        name: [.customLong("output"), .customShort("o")],
        help: "Write the plan to this new YAML file.")
    var file: String?

    func validate() throws {
        guard (0.5...0.99).contains(probability) else {
            throw ValidationError("--probability lies between 0.5 and 0.99.")
        }
        guard replications >= 100, replications <= 100_000 else {
            throw ValidationError("--replications is 100 to 100000.")
        }
        guard grow >= 0.1, grow <= 100, timeLimit.map({ $0 > 0 && $0 <= 86_400 }) ?? true,
            threads.map({ $0 >= 1 }) ?? true
        else {
            throw ValidationError(
                "--grow is 0.1 to 100, --time-limit up to 86400 seconds, --threads at least 1.")
        }
    }

    func run() throws {
        var proved = false
        try session(output) {
            if let file { try refuseIfTaken(file) }
            var asked = try ScenarioSource.scenario(scenario)
            if let window {
                asked.goal.resultsWithin += window - asked.goal.window
                asked.goal.window = window
            }
            if let within { asked = asked.sampled(within: within) }
            let report = ScreeningReport(try planner(asked).answer(asked), asked)
            overwrite("")
            if let file, let plan = report.planned {
                try Data(ScenarioFile.write(plan.scenario).utf8)
                    .write(to: URL(fileURLWithPath: file))
            }
            proved = report.isProved
            switch output.format {
            case .json: try printJSON(report.document)
            case .text:
                print(report.text)
                if let file, report.planned != nil {
                    print("\nWritten to \(file); play it: swabline simulate \(file) --seeds 1-20")
                }
            }
        }
        if !proved { throw ExitCode(1) }
    }

    private func planner(_ scenario: Scenario) -> ScreeningPlanner {
        var wishes = ScreeningPlanner.Wishes()
        wishes.probability = probability
        wishes.replications = replications
        wishes.seconds = timeLimit ?? (scenario.expectedPeople > 5_000_000 ? 600 : 120)
        wishes.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        wishes.seed = seed
        wishes.rules.growth = grow
        let limit = wishes.seconds
        let began = DispatchTime.now()
        let clock: @Sendable () -> Double = {
            Double(DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1e9
        }
        return ScreeningPlanner(wishes, clock: clock) { note in
            overwrite("\(Int(clock())) of \(Int(limit)) s  \(note.words)")
        }
    }
}

/// A length of time on the command line.
enum PlanTime {
    @Sendable static func minutes(_ text: String) throws -> Double {
        let units: [Character: Double] = ["m": 1, "h": 60, "d": 1_440]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Double(text.dropLast()),
            number > 0, number * unit <= 30 * 1_440
        else { throw ValidationError("Write a time as 48h, 2d or 90m, up to 30 days.") }
        return number * unit
    }
}
