import LabDomain
import Testing

@testable import LabSimulation

@Suite("Scenarios that cannot be played")
struct ScenarioFaultsTests {
    private struct Case: CustomTestStringConvertible {
        let testDescription: String
        let subject: ScenarioFault.Subject
        let key: String
        let spoil: @Sendable (inout Scenario) -> Void
    }

    private static let cases: [Case] = [
        Case(testDescription: "negative people", subject: .district(0), key: "people") {
            $0.districts[0].people = -1
        },
        Case(testDescription: "no laboratory", subject: .district(1), key: "laboratories") {
            $0.districts[1].routes = []
        },
        Case(testDescription: "an unknown laboratory", subject: .district(0), key: "laboratories") {
            $0.districts[0].routes[0].laboratory = 9
        },
        Case(testDescription: "shifts that never open", subject: .laboratory(0), key: "pcr") {
            $0.laboratories[0].cyclers = .always(0)
        },
        Case(testDescription: "no sampler", subject: .district(0), key: "samplers") {
            $0.districts[0].samplers = .always(0)
        },
        Case(testDescription: "too few machines", subject: .laboratory(0), key: "pcr") {
            $0.districts[0].people = 200_000
            $0.districts[0].sites = Scenario.Site.spread(100, lines: 2)
        },
        Case(testDescription: "too few lines", subject: .district(0), key: "sites") {
            $0.districts[0].people = 5_000_000
        },
        Case(testDescription: "too few kits", subject: .laboratory(1), key: "kits") {
            $0.laboratories[1].kits = [.init(from: 0, count: 50)]
        },
        Case(testDescription: "a start after the horizon", subject: .district(0), key: "starts") {
            $0.districts[0].starts = 60_000
        },
        Case(testDescription: "an arrival of nobody", subject: .sampling, key: "profile") {
            $0.sampling.profile = [0, 0]
        },
        Case(testDescription: "days that do not add up", subject: .sampling, key: "days") {
            $0.sampling.days = [0.5, 0.6]
        },
        Case(testDescription: "controls on every well", subject: .testing, key: "controls") {
            $0.testing.controls = 96
        },
        Case(testDescription: "plates that always fail", subject: .testing, key: "plate_failure") {
            $0.testing.plateFailure = 1
        },
        Case(
            testDescription: "machines broken within a run", subject: .testing,
            key: "pcr_breakdowns"
        ) {
            $0.testing.pcrBreakdowns = .init(between: 60, repair: .init(60, 60))
        },
        Case(
            testDescription: "a repair that ends before it begins", subject: .testing,
            key: "extraction_breakdowns"
        ) {
            $0.testing.extractionBreakdowns = .init(between: 6_000, repair: .init(60, 30))
        },
        Case(testDescription: "no courier", subject: .district(0), key: "couriers") {
            $0.districts[0].couriers = 0
        },
        Case(testDescription: "a class without tubes", subject: .district(0), key: "classes") {
            $0.tubes[.low] = nil
        },
        Case(testDescription: "no district", subject: .scenario, key: "districts") {
            $0.districts = []
        },
        Case(
            testDescription: "chosen laboratories too few", subject: .scenario, key: "laboratories"
        ) {
            $0.transport.dispatch = .leastLoaded
            $0.districts[0].people = 500_000
            $0.districts[0].sites = Scenario.Site.spread(200, lines: 2)
        },
        Case(testDescription: "sites without end", subject: .scenario, key: "districts") {
            $0.districts[0].sites = [Scenario.Site](repeating: .init(lines: 1), count: 300_001)
        },
        Case(testDescription: "an endless horizon", subject: .scenario, key: "horizon") {
            $0.horizon = .infinity
        },
    ]

    @Test(
        "SCEN-14: what cannot be played is refused, with the place and what to do", arguments: cases
    )
    private func refused(_ item: Case) {
        var scenario = ScenarioSamples.town()
        #expect(scenario.faults.isEmpty)
        item.spoil(&scenario)
        let found = scenario.faults.contains {
            $0.subject == item.subject && $0.key == item.key
                && $0.message.text.contains(where: \.isLetter)
        }
        #expect(found, "\(scenario.faults)")
        #expect(throws: ScenarioFaults.self) { try ScenarioSimulation.run(scenario, seed: 1) }
    }

    @Test("SCEN-15: stairs of staff follow the clock, over midnight too, and add up")
    func stairs() {
        let levels = Levels.daily(
            [(from: 480, to: 1_200, count: 4), (from: 1_200, to: 480, count: 1)], clock: 360,
            horizon: 2_880)
        for (time, count) in [(0.0, 1), (119, 1), (120, 4), (839, 4), (840, 1), (1_560, 4)] {
            #expect(levels.level(at: time) == count, "\(time)")
        }
        #expect(levels.minutes(until: 1_440) == 720 * 4 + 720)
        #expect(levels.adding(1).level(at: 130) == 5)
        var duty = Duty(levels)
        #expect(duty.nextRise(after: 0) == 120)
        #expect(duty.level(at: 900) == 1)
        #expect(duty.nextRise(after: 900) == 1_560)
    }
}
