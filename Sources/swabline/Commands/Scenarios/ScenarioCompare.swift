import ArgumentParser
import Foundation
import LabOperations
import LabScreening
import LabSimulation

/// Scenarios side by side.
struct ScenarioCompare: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Play scenarios with the same chance and say which differences are real.",
        discussion: """
            The first scenario is what the others are held against. Every run of one is paired \
            with the run of the same seed of the other; a difference is marked with * when its \
            interval leaves zero out with 95 % for all measures together.
            """)
    @OptionGroup var output: OutputOptions
    @Argument(help: "Two or more: files, or names of `scenario list`.") var scenarios: [String]
    @Option(help: "How many seeds, from 1 on; or 1-20, or 1,4,7-9.") var seeds = SeedList.first(20)
    @Option(help: "Cores to use (default: all).") var threads: Int?

    func validate() throws {
        guard 2...20 ~= scenarios.count else {
            throw ValidationError("Name from two to twenty scenarios.")
        }
        guard try seeds.counted().count >= 2 else {
            throw ValidationError("A comparison needs two seeds at least.")
        }
        guard threads.map({ $0 >= 1 }) ?? true else {
            throw ValidationError("--threads is at least 1.")
        }
    }

    func run() throws {
        try session(output) {
            let read = try scenarios.map(ScenarioSource.scenario)
            let runs = try ScenarioRuns.play(
                read, seeds: try seeds.counted(), threads: threads, note: "comparing")
            let comparison = ScenarioComparison(
                zip(read, runs).map { ScenarioStudy($0, $1) })
            switch output.format {
            case .json: try printJSON(comparison)
            case .text: print(Self.text(comparison))
            }
        }
    }

    private static func text(_ comparison: ScenarioComparison) -> String {
        let names = comparison.columns.map(\.name)
        var heading = ["", names[0]]
        for name in names.dropFirst() { heading += [name, "difference"] }
        var parts = [
            "\(count(comparison.seeds.count, "run")) of each with the same chance; differences "
                + "from \(names[0]), * where they are real."
        ]
        for group in MeasureWords.groups {
            let rows = group.measures.map { measure in
                comparison.columns.enumerated().reduce([measure.english]) { row, part in
                    let (place, column) = part
                    let mean = column.measures[measure.name].map {
                        StudyText.number($0.mean, measure)
                    }
                    guard place > 0 else { return row + [mean ?? "-"] }
                    return row + [mean ?? "-", difference(column, measure)]
                }
            }
            heading[0] = group.english
            parts.append(table(heading, rows))
        }
        parts.append(
            comparison.columns.map {
                "\($0.name): the goal is reached in \($0.feasible.times) of "
                    + count($0.feasible.runs, "run")
            }.joined(separator: "\n"))
        return parts.joined(separator: "\n\n")
    }

    private static func difference(
        _ column: ScenarioComparison.Column, _ measure: MeasureWords
    ) -> String {
        guard let difference = column.differences[measure.name] else { return "-" }
        let half = StudyText.number(difference.halfWidth, measure)
        return "\(StudyText.number(difference.mean, measure)) ± \(half)"
            + (difference.isReal ? " *" : "")
    }
}
