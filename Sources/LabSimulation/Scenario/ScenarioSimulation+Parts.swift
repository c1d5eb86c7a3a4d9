extension CompiledScenario {
    /// The laboratories of each part of the city that does not touch the others.
    package var parts: [[Int]] { groups.map(\.laboratories) }
}
