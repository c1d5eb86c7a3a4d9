package import LabSimulation

/// What several runs of one scenario came to together.
package struct ScenarioStudy: Sendable {
    package let scenario: Scenario
    package let seeds: [UInt64]
    package let outcomes: [ScenarioOutcome]
    /// Name and spread, in the order of the measures.
    package let spreads: [(name: String, spread: Spread)]
    /// Runs in which the goal was reached.
    package let feasible: Frequency

    /// The study of runs, one at least.
    package init(_ scenario: Scenario, _ outcomes: [ScenarioOutcome]) {
        precondition(!outcomes.isEmpty, "A study needs a run.")
        self.scenario = scenario
        self.outcomes = outcomes
        seeds = outcomes.map(\.seed)
        spreads = outcomes[0].measures.indices.map { place in
            (
                outcomes[0].measures[place].name,
                Spread(outcomes.map { $0.measures[place].value })
            )
        }
        feasible = Frequency(outcomes.count { $0.isFeasible }, of: outcomes.count)
    }

    /// The spread of a measure.
    package subscript(_ name: String) -> Spread? {
        spreads.first { $0.name == name }?.spread
    }

    /// A curve over time: its mean over runs, its least and its greatest value.
    package struct Curve: Sendable, Encodable {
        package let hours: [Double]
        package let mean: [Double]
        package let least: [Double]
        package let most: [Double]
    }

    /// A curve of counts, summed up, at every quarter of an hour.
    package func sums(of counts: KeyPath<ScenarioOutcome, [Int32]>) -> Curve {
        let step = 3
        let length = (outcomes.map { $0[keyPath: counts].count }.max() ?? 0) / step + 1
        let runs = outcomes.map { outcome in
            var sum = 0.0
            var values = [0.0]
            for place in 0..<length {
                for bin in (place * step)..<((place + 1) * step)
                where bin < outcome[keyPath: counts].count {
                    sum += Double(outcome[keyPath: counts][bin])
                }
                values.append(sum)
            }
            return values
        }
        return Self.curve(runs, every: ScenarioOutcome.bin * Double(step))
    }

    /// The people waiting at sites at every quarter of an hour.
    package var waitingAtSites: Curve {
        Self.curve(outcomes.map { $0.waitingAtSites.map(Double.init) }, every: ScenarioOutcome.look)
    }

    /// Who waits at a station, or is at work, at every quarter of an hour.
    package func load(
        of station: ScenarioStation, _ kind: KeyPath<ScenarioOutcome, [[Int32]]>
    ) -> Curve {
        Self.curve(
            outcomes.map { $0[keyPath: kind][station.rawValue].map(Double.init) },
            every: ScenarioOutcome.look)
    }

    private static func curve(_ runs: [[Double]], every minutes: Double) -> Curve {
        let length = runs.map(\.count).max() ?? 0
        var mean: [Double] = []
        var least: [Double] = []
        var most: [Double] = []
        for place in 0..<length {
            var (sum, low, high) = (0.0, Double.infinity, 0.0)
            for run in runs {
                let value = place < run.count ? run[place] : 0
                sum += value
                low = min(low, value)
                high = max(high, value)
            }
            mean.append(sum / Double(runs.count))
            least.append(low)
            most.append(high)
        }
        return Curve(
            hours: (0..<length).map { Double($0) * minutes / 60 }, mean: mean, least: least,
            most: most)
    }
}
