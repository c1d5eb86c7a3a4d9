import Foundation
import LabScreening
import LabSimulation

/// Plays scenarios on several cores.
enum ScenarioRuns {
    /// Every scenario with every seed; the outcomes by scenario, in the order of the seeds.
    static func play(
        _ scenarios: [Scenario], seeds: [UInt64], threads: Int?, asOneList isWhole: Bool = false,
        note words: String
    ) throws -> [[ScenarioOutcome]] {
        let compiled = try scenarios.map { try CompiledScenario($0) }
        let all = compiled.count * seeds.count
        let began = DispatchTime.now()
        let runs = inParallel(
            all, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
            progress: { done in
                overwrite("\(words): \(done) of \(count(all, "run"))" + left(began, done, all))
            },
            { place in
                let (scenario, seed) = (compiled[place / seeds.count], seeds[place % seeds.count])
                return isWhole
                    ? ScenarioSimulation.runWhole(scenario, seed: seed)
                    : ScenarioSimulation.run(scenario, seed: seed)
            })
        overwrite("")
        return compiled.indices.map { place in
            Array(runs[(place * seeds.count)..<((place + 1) * seeds.count)])
        }
    }

    /// Plays one more of each resource and judges what stands in the way.
    static func bottleneck(
        _ scenario: Scenario, _ base: [ScenarioOutcome], threads: Int?
    ) throws -> Bottleneck {
        let varied = Variation.allCases.map { ($0, $0.applied(to: scenario)) }
        let runs = try play(
            varied.map { $0.1.scenario }, seeds: base.map(\.seed), threads: threads,
            note: "one more of each resource")
        return Bottleneck(
            base: base,
            varied: zip(varied, runs).map { item, runs in
                (variation: item.0, added: item.1.added, runs: runs)
            })
    }

    private static func left(_ began: DispatchTime, _ done: Int, _ all: Int) -> String {
        let spent = Double(DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1e9
        guard done > 0, spent > 2 else { return "" }
        return ", about \(Int((spent / Double(done) * Double(all - done)).rounded(.up))) s left"
    }
}
