package import LabSimulation

/// Plays scenarios run by run on one thread, and can be stopped between two runs.
///
/// The outcomes are those of the same seeds played on many threads: a run is its seed.
package struct StudyPlay: Sendable {
    private let mayGoOn: @Sendable () throws -> Void
    private let notice: @Sendable (_ done: Int, _ all: Int) -> Void

    /// Plays that ask `mayGoOn` before each run, and tell `notice` after it.
    package init(
        mayGoOn: @escaping @Sendable () throws -> Void = {},
        notice: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) {
        (self.mayGoOn, self.notice) = (mayGoOn, notice)
    }

    /// Every scenario with every seed, as studies in the order of the scenarios.
    /// - Throws: `ScenarioFaults`, or what `mayGoOn` throws.
    package func studies(
        _ scenarios: [Scenario], seeds: [UInt64]
    ) throws -> [ScenarioStudy] {
        let runs = try outcomes(scenarios, seeds: seeds)
        return zip(scenarios, runs).map { ScenarioStudy($0, $1) }
    }

    /// Plays one more of each resource and judges what stands in the way.
    /// - Throws: `ScenarioFaults`, or what `mayGoOn` throws.
    package func bottleneck(of study: ScenarioStudy, seeds: Int) throws -> Bottleneck {
        let base = Array(study.outcomes.prefix(seeds))
        let varied = Variation.allCases.map { ($0, $0.applied(to: study.scenario)) }
        let runs = try outcomes(varied.map { $0.1.scenario }, seeds: base.map(\.seed))
        return Bottleneck(
            base: base,
            varied: zip(varied, runs).map { item, runs in
                (variation: item.0, added: item.1.added, runs: runs)
            })
    }

    private func outcomes(
        _ scenarios: [Scenario], seeds: [UInt64]
    ) throws -> [[ScenarioOutcome]] {
        let all = scenarios.count * seeds.count
        var done = 0
        return try scenarios.map { scenario in
            try mayGoOn()
            let compiled = try CompiledScenario(scenario)
            return try seeds.map { seed in
                try mayGoOn()
                let outcome = ScenarioSimulation.run(compiled, seed: seed)
                done += 1
                notice(done, all)
                return outcome
            }
        }
    }
}
