import Glibc
import LabStatistics
import Testing

@testable import LabSimulation

@Suite("Machines that break down")
struct BreakdownTests {
    @Test("SCEN-30: in the long run a machine is whole MTBF / (MTBF + MTTR) of the time")
    func availability() {
        for (between, repair) in [(600.0, 300.0), (3_000, 120), (240, 480)] {
            let law = Scenario.Breakdowns(
                between: between, repair: .init(0.5 * repair, 1.5 * repair))
            var room = MachineRoom(law, machines: 3) {
                SeededGenerator(seed: 17).stream(named: "breakdowns", number: UInt64($0))
            }
            var (whole, time) = (0.0, 0.0)
            let cycles = 20_000
            for turn in 0..<cycles {
                let up = room.untilBreakdown(of: turn % 3)
                let broken = room.breakDown(turn % 3, at: time + up)
                #expect(room.down(of: 3) == 1 && broken.plate == nil)
                room.repair(turn % 3)
                whole += up
                time = broken.repaired
            }
            // The spread of up times is their mean: relative error A's complement over √n.
            let error = 4 * (1 - law.availability) / Double(cycles).squareRoot()
            #expect(abs(whole / time / law.availability - 1) < error, "\(between), \(repair)")
        }
    }

    @Test("SCEN-30: a plate is lost as often as an exponential time ends within its run")
    func losses() throws {
        var scenario = ScenarioSamples.town(people: 8_000, tubes: [.low: .single], cyclers: 4)
        scenario.horizon = 20 * 1_440
        scenario.testing.pcrBreakdowns = .init(between: 900, repair: .init(30, 60))
        let compiled = try CompiledScenario(scenario)
        let runs = (1...40).map { ScenarioSimulation.run(compiled, seed: UInt64($0)) }
        let plates = runs.reduce(0) { $0 + $1.measure("plates") }
        let repeated = runs.reduce(0) { $0 + $1.measure("plates_repeated") }
        let chance = 1 - exp(-90.0 / 900)
        let sd = (plates * chance * (1 - chance)).squareRoot()
        #expect(plates > 4_000 && abs(repeated - chance * plates) < 4 * sd, "\(repeated)")
        #expect(runs.allSatisfy { $0.measure("people_without_result") == 0 })
    }

    @Test("SCEN-30: a busy machine does as many plates as renewal theory says")
    func throughput() throws {
        let (between, repair, run) = (600.0, 300.0, 90.0)
        var scenario = ScenarioSamples.town(
            people: 8_000, tubes: [.low: .single], prevalence: 0, cyclers: 1)
        scenario.horizon = 60 * 1_440
        scenario.laboratories[0].extractors = .always(4)
        scenario.laboratories[1].extractors = .always(4)
        scenario.testing.pcrBreakdowns = .init(
            between: between, repair: .init(200, 2 * repair - 200))
        let compiled = try CompiledScenario(scenario)
        var (minutes, plates) = (0.0, 0.0)
        for seed in UInt64(1)...80 {
            let outcome = ScenarioSimulation.run(compiled, seed: seed)
            plates += outcome.measure("plates") - outcome.measure("plates_repeated")
            minutes += outcome.laboratories.reduce(0) { $0 + $1.lastRelease - $1.firstReceipt }
        }
        // In an up time X end ⌊X / run⌋ plates; a cycle takes up time and repair.
        let theory = (exp(run / between) - 1) * (between + repair)
        // The first plates are filled and extracted before the machine is busy.
        #expect(abs(minutes / plates / theory - 1) < 0.07, "\(minutes / plates), \(theory)")
    }

    @Test("SCEN-30: machines that never break down give the same bits as none that could")
    func never() throws {
        var scenario = ScenarioSamples.town(tubes: [.low: .pooled(4)])
        scenario.testing.plateFailure = 0.05
        scenario.laboratories[0].cyclers = .daily(
            [(from: 480, to: 1_200, count: 2)], clock: 360, horizon: scenario.horizon)
        let plain = try ScenarioSimulation.run(scenario, seed: 4)
        let never = Scenario.Breakdowns(between: 9e8, repair: .init(60, 60))
        scenario.testing.extractionBreakdowns = never
        scenario.testing.pcrBreakdowns = never
        #expect(try ScenarioSimulation.run(scenario, seed: 4) == plain)
        scenario.testing.pcrBreakdowns = .init(between: 300, repair: .init(60, 600))
        #expect(try ScenarioSimulation.run(scenario, seed: 4) != plain)
        #expect(scenario.faults.isEmpty)
    }
}
