import ArgumentParser
import Foundation
import LabDomain
import LabOperations
import LabScreening
import LabSettings
import LabSimulation

/// Citywide screenings as files.
struct ScenarioCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario",
        abstract: "Citywide screenings to be simulated and planned: make, look at, compare.",
        subcommands: [
            ScenarioNew.self, ScenarioList.self, ScenarioShow.self, ScenarioCheck.self,
            ScenarioCompare.self, ScenarioSave.self,
        ])
}

/// Where a scenario comes from.
enum ScenarioSource {
    /// A file, `-` for standard input, or the name of a ready one.
    static func scenario(_ name: String) throws -> Scenario {
        if let ready = ReadyScenario(rawValue: name) { return try ready.scenario() }
        guard name == "-" || FileManager.default.fileExists(atPath: name) else {
            throw Refusal(
                .unknown, "There is no scenario of this name, and no such file.",
                remedy: "Name a file, or one of `scenario list`.")
        }
        let file = name == "-" ? "scenario" : URL(fileURLWithPath: name).lastPathComponent
        do {
            return try ScenarioFile.read(try readText(name), file: file)
        } catch let faults as SettingsFaults {
            throw Refusal(
                .badData, "The scenario is faulty; nothing was played.",
                remedy: "Compare with swabline scenario show jingdezhen.",
                places: faults.faults.map {
                    Refusal.Place(
                        line: $0.place.line, column: $0.place.column,
                        subject: $0.place.path.isEmpty ? nil : $0.place.path,
                        code: "scenario", message: $0.message, remedy: "")
                })
        }
    }
}

/// The ready scenarios.
struct ScenarioList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the scenarios that come with the program.")
    @OptionGroup var output: OutputOptions

    private struct Row: Encodable {
        let name: String
        let title: String
        let people: Int
        let districts: Int
        let laboratories: Int
        let source: String
    }

    func run() throws {
        try session(output) {
            let rows = try ReadyScenario.allCases.map { ready in
                let scenario = try ready.scenario()
                return Row(
                    name: ready.rawValue, title: scenario.title,
                    people: scenario.districts.reduce(0) { $0 + $1.people },
                    districts: scenario.districts.count,
                    laboratories: scenario.laboratories.count, source: scenario.source)
            }
            switch output.format {
            case .json: try printJSON(rows)
            case .text:
                print(
                    table(
                        ["name", "people", "districts", "laboratories", "what"],
                        rows.map {
                            [
                                $0.name, "\($0.people)", "\($0.districts)", "\($0.laboratories)",
                                $0.title,
                            ]
                        }))
            }
        }
    }
}

/// A scenario with every key.
struct ScenarioShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print a scenario as YAML, with every key and its unit.",
        discussion: "Write it to a file, change it, and hand it to `simulate`.")
    @OptionGroup var output: OutputOptions
    @Argument(help: "A file, - for standard input, or a name of `scenario list`.")
    var scenario: String

    func run() throws {
        try session(output) {
            print(ScenarioFile.write(try ScenarioSource.scenario(scenario)), terminator: "")
        }
    }
}

/// Whether a scenario can be played.
struct ScenarioCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what is wrong with a scenario, with line and column, or what it holds.",
        discussion: "Exit code 65 when something is wrong.")
    @OptionGroup var output: OutputOptions
    @Argument(help: "A file, - for standard input, or a name of `scenario list`.")
    var scenario: String

    private struct Answer: Encodable {
        let name: String
        let people: Int
        let sites: Int
        let lines: Int
        let couriers: Int
        let laboratories: Int
        let extractors: Int
        let cyclers: Int
    }

    func run() throws {
        try session(output) {
            let scenario = try ScenarioSource.scenario(scenario)
            let answer = Answer(
                name: scenario.name, people: scenario.districts.reduce(0) { $0 + $1.people },
                sites: scenario.districts.reduce(0) { $0 + $1.sites.count },
                lines: scenario.districts.reduce(0) {
                    $0 + $1.sites.reduce(0) { $0 + $1.lines }
                },
                couriers: scenario.districts.reduce(0) { $0 + $1.couriers },
                laboratories: scenario.laboratories.count,
                extractors: scenario.laboratories.reduce(0) { $0 + $1.extractors.most },
                cyclers: scenario.laboratories.reduce(0) { $0 + $1.cyclers.most })
            switch output.format {
            case .json: try printJSON(answer)
            case .text:
                print(
                    "\(answer.name) can be played: \(answer.people) people, "
                        + "\(count(answer.sites, "site")) with \(count(answer.lines, "line")), "
                        + "\(count(answer.couriers, "courier")), laboratories: "
                        + "\(answer.laboratories) with "
                        + "\(count(answer.extractors, "extraction machine")) and "
                        + "\(count(answer.cyclers, "PCR machine")).")
            }
        }
    }
}
