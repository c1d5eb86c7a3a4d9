import ArgumentParser
import Foundation
import LabSimulation

extension PeerSize: ExpressibleByArgument {}
extension PeerScenario: ExpressibleByArgument {}

/// Seeds as `1-20`, or `1,4,7-9`.
struct SeedList: ExpressibleByArgument {
    let seeds: [UInt64]

    init?(argument: String) {
        var seeds: [UInt64] = []
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
                .map { UInt64($0) }
            guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil,
                first <= last, last - first < 1_000_000
            else { return nil }
            seeds += Array(first...last)
        }
        guard !seeds.isEmpty, seeds.count <= 1_000_000, Set(seeds).count == seeds.count else {
            return nil
        }
        self.seeds = seeds
    }
}

/// A city's screening, simulated.
struct Simulate: ParsableCommand {
    enum Model: String, ExpressibleByArgument, CaseIterable {
        case peer
    }

    static let configuration = CommandConfiguration(
        abstract: "Simulate the screening of a whole city.",
        discussion: """
            The model `peer` is a fixed one, made so that programs can be compared: sites with an
            hourly profile, tubes of ten that close after 20 minutes, couriers, laboratories with
            reception, plates of 94, extraction, PCR and review, and call-backs. Sizes: T (20,000
            people), J (Jingdezhen, 1.62 million), Y (Yantai, 7.1 million), C (Chengdu, 21
            million). Scenarios: A base, B PCR short, C prevalence 0.5 %, D pools of five,
            E shifts, F nowhere short.

            Times are minutes from 06:00 of the first day. tat: receipt of the pooled tube to the
            final result; ctr: first swab to the final result; p50 ... by nearest rank over people
            from bins below 0.1 %. A seed gives the same bytes with any number of --threads.

            --events FOLDER writes SIZE-labN-SCENARIO-SEED-samples.csv and -plates.csv: every
            sample and plate of laboratory N with its times, as `turnaround replay` reads them.
            """)
    @OptionGroup var output: OutputOptions
    @Option(help: "The model.") var model: Model
    @Option(help: "The city: T, J, Y or C.") var size: PeerSize
    @Option(help: "The scenario: A to F.") var scenario: PeerScenario = .base
    @Option(help: "One run a seed: 1-20, or 1,4,7-9.") var seeds: SeedList
    @Option(help: "Cores to use (default: all).") var threads: Int?
    @Option(help: "Also write a laboratory's log for each seed into this folder (CSV).")
    var events: String?
    @Option(help: "Which laboratory's log, from 0.") var laboratory = 0
    @Flag(help: "Keep one list of events for the whole city; slower, the same figures.")
    var oneList = false

    func validate() throws {
        guard threads.map({ $0 >= 1 }) ?? true else {
            throw ValidationError("--threads is at least 1.")
        }
        let laboratories = PeerCity(size, scenario).laboratoryCount
        guard (0..<laboratories).contains(laboratory) else {
            throw ValidationError("--laboratory is from 0 to \(laboratories - 1).")
        }
    }

    func run() throws {
        try session(output) {
            let city = PeerCity(size, scenario)
            let list = seeds.seeds
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
                model: model.rawValue, size: size, scenario: scenario, seeds: list, runs: runs)
            switch output.format {
            case .json: try printJSON(answer)
            case .text: print(answer.text)
            }
        }
    }
}
