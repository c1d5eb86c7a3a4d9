import ArgumentParser
import Foundation
import LabDomain
import LabOperations
import LabScreening
import LabSimulation
import LabStore

/// Long work that is done beside the pages.
struct JobCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job",
        abstract: "Long work on scenarios: ask for it, see how far it is, cancel it.",
        discussion: """
            Jobs are done one at a time by `swabline serve`, or by `job run`. They survive a \
            restart: a job that was running is begun again, and its seeds give the same result.
            """,
        subcommands: [List.self, Ask.self, Run.self, Result.self, Cancel.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List jobs, the latest first.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try session(options, output) { laboratory, handle in
                let zone = try laboratory.rules().settings.zone
                let jobs = try laboratory.jobs(as: handle).rows
                try show(jobs, output, in: laboratory) { jobs in
                    table(
                        ["job", "kind", "of", "asked", "by", "state", ""],
                        jobs.map {
                            [
                                $0.id, $0.kind.rawValue, $0.title, zone.minuteText($0.askedAt),
                                $0.askedBy, $0.state.rawValue, Self.progress($0),
                            ]
                        })
                }
            }
        }

        private static func progress(_ job: StoredJob) -> String {
            job.state == .running ? "\(Int(100 * job.progress.share)) %" : ""
        }
    }

    struct Ask: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask for a simulation, a comparison or a plan.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "simulate, compare or plan.") var kind: JobKind
        @Argument(help: "Files, or names of scenarios kept here or of `scenario list`.")
        var scenarios: [String]
        @Option(help: "Runs of each scenario.") var runs = 20
        @Option(help: "Runs with one more of each resource; 0 looks for no bottleneck.")
        var bottleneckRuns = 10
        @Option(help: "The chance that a plan keeps every goal.") var probability = 0.95
        @Option(help: "Seconds to plan.") var seconds = 120

        func run() throws {
            try session(options, output) { laboratory, handle in
                let parts = try scenarios.map {
                    let input = try ScenarioSource.input($0, in: laboratory, as: handle)
                    return JobInput.Part(name: input.head.name, yaml: input.yaml)
                }
                var input = JobInput(kind, parts)
                input.runs = runs
                input.bottleneckRuns = min(bottleneckRuns, runs)
                (input.probability, input.seconds) = (probability, seconds)
                let done = try laboratory.perform(
                    AskJob(input), as: handle, key: keys.key, at: .now)
                try show(done.answer, output, in: laboratory) { $0.job }
            }
        }
    }

    struct Run: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Do every job that waits, and end.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try session(options, output) { laboratory, handle in
                // Whoever may look at jobs may lend them a machine.
                _ = try laboratory.jobs(as: handle)
                let worker = JobWorker(laboratory) { .now }
                var done: [StoredJob] = []
                while let job = try worker.runOne() { done.append(job) }
                try show(done, output, in: laboratory) { jobs in
                    table(
                        ["job", "of", "state"],
                        jobs.map { [$0.id, $0.title, $0.state.rawValue] })
                }
            }
        }
    }

    struct Result: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a file of a job's result.",
            discussion: """
                Files: result.json, result.csv, report.en.html, report.zh.html; scenario.yaml of a \
                simulation, plan.yaml of a plan.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The job.") var job: String
        @Option(help: "Which file.") var file = "result.json"

        func run() throws {
            try session(options, output) { laboratory, handle in
                guard let bytes = try laboratory.file(file, ofJob: job, as: handle) else {
                    throw Refusal(
                        .unknown, "The job has no such file.",
                        remedy: "See swabline job list; only jobs that are done have files.")
                }
                FileHandle.standardOutput.write(Data(bytes))
            }
        }
    }

    struct Cancel: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a job that waits or runs.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The job.") var job: String

        func run() throws {
            try perform(CancelJob(job), options, keys, output) {
                $0.wasRunning ? "\($0.job) ends within seconds." : "\($0.job) is cancelled."
            }
        }
    }
}

extension JobKind: ExpressibleByArgument {}

extension ScenarioSource {
    /// The text of a scenario: one kept in the laboratory, a ready one, or a file.
    static func input(
        _ name: String, in laboratory: Laboratory, as handle: String
    ) throws -> (head: ScenarioName, yaml: String) {
        if name != "-", let known = try laboratory.scenario(name, as: handle) {
            return (ScenarioName(name: known.head.name), known.yaml)
        }
        let scenario = try scenario(name)
        return (ScenarioName(name: scenario.name), ScenarioFile.write(scenario))
    }

    /// What a scenario is called.
    struct ScenarioName {
        let name: String
    }
}
