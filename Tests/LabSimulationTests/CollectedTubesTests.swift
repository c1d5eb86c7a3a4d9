import LabDomain
import LabStatistics
import Testing

@testable import LabSimulation

@Suite("Tubes collected once and tested many times")
struct CollectedTubesTests {
    /// A town where all that can go wrong does, with a goal that some runs miss.
    private static func town(_ use: Scenario.TubeUse) -> Scenario {
        var scenario = ScenarioSamples.town(
            people: 6_000, tubes: [.low: use, .key: .single], classes: [.low: 0.9, .key: 0.1])
        scenario.testing.plateFailure = 0.05
        scenario.testing.wellFailure = 0.01
        scenario.testing.confirmsSingles = true
        scenario.testing.specificity = 0.995
        scenario.testing.pcrBreakdowns = .init(between: 1_500, repair: .init(60, 240))
        scenario.districts[0].isUrgent = true
        scenario.districts[1].samplers = .daily(
            [(from: 360, to: 1_320, count: 3)], clock: 360, horizon: scenario.horizon)
        scenario.laboratories[1].kits = [
            .init(from: 0, count: 300), .init(from: 900, count: 9_000),
        ]
        // All is done before the horizon: a run's curves end with its last result.
        scenario.horizon = 20 * 1_440
        scenario.goal.window = 1_200
        scenario.goal.resultsWithin = 5_000
        return scenario
    }

    @Test(
        "SCEN-31: what is collected once and tested has the verdict of the whole run",
        arguments: [Scenario.TubeUse.single, .mixed(.ten), .pooled(5)])
    func verdicts(_ use: Scenario.TubeUse) throws {
        let scenario = Self.town(use)
        let compiled = try CompiledScenario(scenario)
        #expect(compiled.parts == [[0], [1]])
        var kept = 0
        for more in 0...3 {
            // The tubes are those of the first scenario, the laboratory has more of everything.
            var other = scenario
            for place in 0..<2 {
                other.laboratories[place].cyclers = .always(1 + 3 * more)
                other.laboratories[place].extractors = .always(1 + 2 * more)
            }
            let whole = try CompiledScenario(other)
            for seed in UInt64(1)...4 {
                for part in 0..<2 {
                    let run = ScenarioSimulation.run(whole, part: part, seed: seed)
                    let tubes = ScenarioSimulation.collect(compiled, part: part, seed: seed)
                    let verdict = ScenarioSimulation.test(
                        tubes, compiled, in: other.laboratories[part], other.goal)
                    let hint: Comment = "\(more) more, seed \(seed), part \(part)"
                    #expect(Double(tubes.count) == run.measure("tubes"), hint)
                    #expect(verdict.isFeasible == run.isFeasible, hint)
                    let excess = max(0, run.measure("turnaround_max_hours") - 20)
                    #expect(abs(verdict.excess - excess) < 1e-9, hint)
                    for station in ScenarioStation.allCases {
                        let waits = run.waiting[station.rawValue].reduce(0.0) {
                            $0 + Double($1) * 0.25
                        }
                        #expect(abs(verdict.waits[station.rawValue] - waits) < 1e-6, hint)
                    }
                    let early = ScenarioSimulation.test(
                        tubes, compiled, in: other.laboratories[part], other.goal, untilLate: true)
                    #expect(early.isFeasible == run.isFeasible, hint)
                    kept += run.isFeasible ? 1 : 0
                }
            }
        }
        #expect(kept > 0 && kept < 32, "\(kept) of 32 kept the goal: nothing is compared")
    }
}
