extension CompiledScenario {
    /// The laboratories of each part of the city that does not touch the others.
    package var parts: [[Int]] { groups.map(\.laboratories) }
}

extension ScenarioSimulation {
    /// Plays one part of the city; its chance is that of the whole city's run with this seed.
    package static func run(
        _ compiled: CompiledScenario, part: Int, seed: UInt64
    ) -> ScenarioOutcome {
        run(compiled, [compiled.groups[part]], seed: seed)
    }
}
