import ArgumentParser
import Foundation
import LabSimulation
import LabStatistics

/// Queueing theory, ours against others'.
struct Queues: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queues",
        abstract: "Closed forms of queues, and our simulations held to them.",
        subcommands: [QueuesCheck.self])
}

/// Every row of a table, by formula and by simulation.
struct QueuesCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Recompute a table of closed forms by formula and by simulation.",
        discussion: """
            The table has the columns case,family,parameters,measure,value,kind. A formula must \
            come within a relative 1e-12 of rows of the kind exact and approximation, within 1e-8 \
            of exact8; values under 1e-300 count as 0. A simulation must hold our formula inside \
            its 99.99 % interval (Student's, 24 repetitions); one miss in a table is allowed. \
            Probabilities under 1e-4, deterministic families and approximations are checked by \
            formula alone.

            Exit code 1 when a formula misses, when a row cannot be computed, or when two \
            simulations or more miss. Progress goes to standard error.
            """)
    @OptionGroup var output: OutputOptions
    @Argument(help: "The CSV file, or - for standard input.") var table: String
    @Option(help: "The seed of every simulation.") var seed: UInt64 = 1
    @Option(help: "The most arrivals in one of 24 repetitions; 0 for formulas alone.")
    var effort = 400_000
    @Option(help: "Cores to use (default: all).") var threads: Int?
    @Option(help: "Leave a case out, such as one that is known to be wrong; repeatable.")
    var without: [String] = []

    func validate() throws {
        guard effort == 0 || (1_000...1_000_000_000).contains(effort) else {
            throw ValidationError("--effort is 0, or from 1,000 to 1,000,000,000.")
        }
        guard threads.map({ $0 >= 1 }) ?? true else {
            throw ValidationError("--threads is at least 1.")
        }
    }

    func run() throws {
        var passes = false
        try session(output) {
            let rows = try QueueTable.rows(try read(table)).filter { !without.contains($0.name) }
            let cases = Dictionary(grouping: rows.indices) { rows[$0].queue }.values
                .sorted { $0[0] < $1[0] }
            let (random, effort) = (SeededGenerator(seed: seed), effort)
            let checked = inParallel(
                cases.count, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
                progress: { overwrite("\($0) of \(count(cases.count, "case"))") },
                { place in
                    QueueCheck.check(cases[place].map { rows[$0] }, random, effort: effort)
                })
            overwrite("")
            var verdicts: [(place: Int, verdict: QueueVerdict)] = []
            for (places, found) in zip(cases, checked) {
                verdicts += zip(places, found).map { (place: $0, verdict: $1) }
            }
            let report = QueueReport(
                verdicts.sorted { $0.place < $1.place }.map(\.verdict), seed: seed)
            switch output.format {
            case .json: try printJSON(report)
            case .text: print(report.text)
            }
            passes = report.passes
        }
        if !passes { throw ExitCode(1) }
    }
}
