import ArgumentParser
import Foundation
import LabOperations
import LabScreening
import LabSimulation

extension PeerSize: ExpressibleByArgument {}
extension PeerScenario: ExpressibleByArgument {}

/// A city's screening, simulated.
struct Simulate: ParsableCommand {
    enum Model: String, ExpressibleByArgument, CaseIterable {
        case peer
    }

    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Simulate the screening of a whole city.",
        discussion: """
            Plays a scenario (see `swabline scenario --help`) once for each seed, and then with \
            one more of each resource to name the bottleneck. A seed gives the same bytes with any \
            number of --threads.

                swabline simulate jingdezhen --seeds 20 --report jingdezhen.html

            With --model peer it plays a fixed model instead, made so that programs can be \
            compared: sites with an hourly profile, tubes of ten that close after 20 minutes, \
            couriers, laboratories with reception, plates of 94, extraction, PCR and review, and \
            call-backs. Sizes: T (20,000 people), J (Jingdezhen, 1.62 million), Y (Yantai, 7.1 \
            million), C (Chengdu, 21 million). Scenarios: A base, B PCR short, C prevalence 0.5 %, \
            D pools of five, E shifts, F nowhere short. Times are minutes from 06:00 of the first \
            day. tat: receipt of the pooled tube to the final result; ctr: first swab to the final \
            result; p50 ... by nearest rank over people from bins below 0.1 %.

            --events FOLDER writes SIZE-labN-SCENARIO-SEED-samples.csv and -plates.csv of the \
            fixed model: every sample and plate of laboratory N with its times, as `turnaround \
            replay` reads them.
            """)
    @OptionGroup var output: OutputOptions
    @Argument(help: "A scenario: a file, - for standard input, or a name of `scenario list`.")
    var file: String?
    @Option(
        help: """
            A scenario: how many seeds, from 1 on (default: 20). Both: a list, 1-20 or 1,4,7-9.
            """)
    var seeds: SeedList?
    @Option(help: "Cores to use (default: all).") var threads: Int?
    @Option(help: "Seeds for the search of the bottleneck; 0 leaves it out.")
    var bottleneckSeeds = 10
    @Option(help: "Also write one HTML file with charts, tables, timetable and map.")
    var report: String?
    @Option(help: "The report's language: en or zh.") var language = ReportLanguage.en
    @Flag(help: "Keep one list of events for the whole city; slower, the same figures.")
    var oneList = false
    @Option(help: "A fixed model instead of a scenario.") var model: Model?
    @Option(help: "The fixed model's city: T, J, Y or C.") var size: PeerSize?
    @Option(help: "The fixed model's scenario: A to F.") var scenario: PeerScenario = .base
    @Option(help: "Also write a fixed model's laboratory's log for each seed into this folder.")
    var events: String?
    @Option(help: "Which laboratory's log, from 0.") var laboratory = 0

    func validate() throws {
        guard threads.map({ $0 >= 1 }) ?? true else {
            throw ValidationError("--threads is at least 1.")
        }
        guard (file == nil) != (model == nil) else {
            throw ValidationError("Name a scenario, or a fixed model with --model.")
        }
        guard model == nil || size != nil else {
            throw ValidationError("A fixed model needs its city: --size T, J, Y or C.")
        }
        guard model != nil || events == nil else {
            throw ValidationError("--events is for fixed models.")
        }
        if let size {
            let laboratories = PeerCity(size, scenario).laboratoryCount
            guard (0..<laboratories).contains(laboratory) else {
                throw ValidationError("--laboratory is from 0 to \(laboratories - 1).")
            }
        }
        guard model == nil || report == nil else {
            throw ValidationError("--report is for scenarios.")
        }
        guard 0...1_000 ~= bottleneckSeeds else {
            throw ValidationError("--bottleneck-seeds is from 0 to 1,000.")
        }
        guard model == nil || seeds != nil else {
            throw ValidationError("A fixed model needs its seeds: --seeds 1-20.")
        }
        if model == nil { _ = try seeds?.counted() }
    }

    func run() throws {
        try session(output) {
            if let file { try play(file) } else if let size { try playPeer(size) }
        }
    }

    private func play(_ file: String) throws {
        if let report { try refuseIfTaken(report) }
        let scenario = try ScenarioSource.scenario(file)
        let list = try (seeds ?? .first(20)).counted()
        let runs = try ScenarioRuns.play(
            [scenario], seeds: list, threads: threads, asOneList: oneList, note: scenario.name)
        let study = ScenarioStudy(scenario, runs[0])
        let few = Array(runs[0].prefix(bottleneckSeeds))
        let bottleneck =
            few.count < 2
            ? nil : try ScenarioRuns.bottleneck(scenario, few, threads: threads)
        if let report {
            let page = StudyReport(study, bottleneck, in: language).html
            try Data(page.utf8).write(to: URL(fileURLWithPath: report))
            note("The report is in \(report).")
        }
        switch output.format {
        case .json: try printJSON(StudyDocument(study, bottleneck))
        case .text: print(StudyText.text(study, bottleneck))
        }
    }

    private func playPeer(_ size: PeerSize) throws {
        let city = PeerCity(size, scenario)
        let list = seeds?.seeds ?? []
        let isWhole = oneList
        if let events {
            try EventFiles.write(
                city, named: "\(size.rawValue)-lab\(laboratory)-\(scenario.rawValue)",
                laboratory: laboratory, seeds: list, to: events)
        }
        let runs = inParallel(
            list.count, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
            progress: { overwrite("\($0) of \(count(list.count, "run"))") },
            { place in
                isWhole
                    ? PeerSimulation.runWhole(city, seed: list[place])
                    : PeerSimulation.run(city, seed: list[place])
            })
        overwrite("")
        let answer = SimulatedRuns(
            model: Model.peer.rawValue, size: size, scenario: scenario, seeds: list, runs: runs)
        switch output.format {
        case .json: try printJSON(answer)
        case .text: print(answer.text)
        }
    }
}

extension ReportLanguage: ExpressibleByArgument {}
