import LabDomain
import LabStatistics
import ReferenceFiles
import Testing

@testable import LabSimulation

@Suite("Scenarios of citywide screening")
struct ScenarioTests {
    private static let mixes: [[RiskClass: Scenario.TubeUse]] = [
        Scenario.usualTubes, [.low: .single], [.low: .pooled(5)], [.low: .mixed(.twenty)],
    ]

    @Test(
        "SCEN-1: everybody who comes is sampled and has one final result, whatever fails",
        arguments: mixes.indices)
    func nobodyIsLost(_ mix: Int) throws {
        var scenario = ScenarioSamples.town(tubes: Self.mixes[mix])
        scenario.testing.plateFailure = 0.05
        scenario.testing.wellFailure = 0.02
        scenario.testing.confirmsSingles = true
        scenario.testing.specificity = 0.99
        for seed in UInt64(1)...3 {
            let outcome = try ScenarioSimulation.run(scenario, seed: seed)
            let people = outcome.measure("people")
            #expect(abs(people - 4_000) < 5 * 4_000.0.squareRoot(), "seed \(seed)")
            #expect(outcome.measure("people_without_result") == 0)
            #expect(outcome.sampled.reduce(0) { $0 + Int($1) } == Int(people))
            #expect(outcome.results.reduce(0) { $0 + Int($1) } == Int(people))
            #expect(outcome.received.reduce(0) { $0 + Int($1) } == Int(outcome.measure("tubes")))
            #expect(outcome.districts.reduce(0) { $0 + $1.resulted } == Int(people))
            #expect(
                outcome.laboratories.reduce(0) { $0 + $1.tubes } == Int(outcome.measure("tubes")))
            #expect(outcome.measure("plates_repeated") > 0)
        }
    }

    @Test(
        "SCEN-2: groups one after the other give the same bits as one list for the whole city",
        arguments: Scenario.Transport.Dispatch.allCases)
    func groups(_ dispatch: Scenario.Transport.Dispatch) throws {
        var scenario = ScenarioSamples.town(
            tubes: [.low: .mixed(.ten), .high: .pooled(4)], classes: [.low: 0.6, .high: 0.4])
        scenario.transport.dispatch = dispatch
        scenario.districts[0].isUrgent = true
        scenario.districts[1].samplers = .daily(
            [(from: 480, to: 1_200, count: 3)], clock: 360, horizon: scenario.horizon)
        scenario.laboratories[0].review = .daily(
            [(from: 480, to: 1_080, count: 1)], clock: 360, horizon: scenario.horizon)
        let compiled = try CompiledScenario(scenario)
        #expect(compiled.groups.count == 2)
        for seed in UInt64(1)...2 {
            let apart = ScenarioSimulation.run(compiled, seed: seed)
            #expect(apart == ScenarioSimulation.runWhole(compiled, seed: seed), "seed \(seed)")
        }
    }

    @Test("SCEN-3: a run is its seed, and one more machine leaves all other chance alone")
    func seeds() throws {
        let scenario = ScenarioSamples.town()
        let outcome = try ScenarioSimulation.run(scenario, seed: 7)
        #expect(outcome == (try ScenarioSimulation.run(scenario, seed: 7)))
        #expect(outcome != (try ScenarioSimulation.run(scenario, seed: 8)))
        let more = try ScenarioSimulation.run(ScenarioSamples.town(cyclers: 3), seed: 7)
        #expect(more.sampled == outcome.sampled)
        #expect(more.received == outcome.received)
        #expect(more.measure("infected") == outcome.measure("infected"))
        #expect(more != outcome)
    }

    @Test(
        "SCEN-4: set up as the peer model's toy, a scenario agrees with three other programs",
        .needs(reference: "simulation/summary.csv"), arguments: ["A", "C", "D"])
    func peer(_ letter: String) throws {
        let city = PeerCity(.toy, try #require(PeerScenario(rawValue: letter)))
        let compiled = try CompiledScenario(ScenarioSamples.peer(city))
        let runs = (1...12).map { ScenarioSimulation.run(compiled, seed: UInt64($0)) }
        let names = [
            ("persons", "people", 1.0), ("tubes", "tubes", 1), ("wells", "wells", 1),
            ("plates", "plates", 1), ("tubes_timeout", "tubes_by_timeout", 1),
            ("pos_pools", "positive_wells", 1), ("singles", "called_back", 1),
            ("last_swab", "hours_to_100_sampled", 60), ("tat_p50", "turnaround_p50_hours", 60),
            ("tat_p90", "turnaround_p90_hours", 60), ("tat_p99", "turnaround_p99_hours", 60),
            ("ctr_p50", "swab_to_result_p50_hours", 60), ("over12", "share_in_window", 1),
            ("wait_mean", "wait_mean_minutes", 1), ("wait_p99", "wait_p99_minutes", 1),
        ]
        var missed: [String] = []
        for row in try Reference.rows("simulation/summary.csv")
        where row[0] == "T" && row[1] == letter {
            guard let (theirName, name, scale) = names.first(where: { $0.0 == row[2] }) else {
                continue
            }
            let (theirs, sd) = (try #require(Double(row[4])), try #require(Double(row[5])))
            let mean = runs.reduce(0) { $0 + $1.measure(name) * scale } / Double(runs.count)
            let ours = theirName == "over12" ? 1 - mean : mean
            let slack = theirName.hasPrefix("tat") || theirName.hasPrefix("ctr") ? 0.01 : 0.003
            let allowed = 3 * sd * (1 / 12.0 + 1 / 400).squareRoot() + slack * theirs + 1e-4
            if abs(ours - theirs) > allowed {
                missed.append("\(theirName): \(ours), not \(theirs) ± \(allowed)")
            }
        }
        #expect(missed.count <= 1, "\(missed)")
    }

    @Test("SCEN-5: a positive mixed tube calls its people back, a positive pool retests its tubes")
    func consequences() throws {
        let mixed = try ScenarioSimulation.run(ScenarioSamples.town(), seed: 3)
        #expect(mixed.measure("called_back") > mixed.measure("positive_wells"))
        #expect(mixed.measure("kept_tubes_retested") == 0)
        #expect(mixed.measure("found") == mixed.measure("infected"))
        let wells = mixed.measure("tubes") + mixed.measure("called_back")
        #expect(mixed.measure("wells") == wells)

        let pooled = try ScenarioSimulation.run(
            ScenarioSamples.town(tubes: [.low: .pooled(5)]), seed: 3)
        #expect(pooled.measure("called_back") == 0)
        #expect(pooled.measure("kept_tubes_retested") > 3 * pooled.measure("positive_wells"))
        #expect(pooled.measure("kept_tubes_retested") <= 5 * pooled.measure("positive_wells"))
        #expect(pooled.measure("found") == pooled.measure("infected"))
        let first = (pooled.measure("tubes") / 5).rounded(.up)
        #expect(pooled.measure("wells") >= first + pooled.measure("kept_tubes_retested"))
    }

    @Test("SCEN-6: people in households are infected together, as the law of the tube says")
    func households() {
        let law = Infection(prevalence: 0.05, household: 3, correlation: 0.3, most: 10)
        let expected = law.distribution(10)
        #expect(abs(expected.reduce(0, +) - 1) < 1e-12)
        #expect(abs(expected[0] - law.clear[10]) < 1e-12)
        let mean = expected.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
        #expect(abs(mean - 0.5) < 1e-12)

        var random = SeededGenerator(seed: 11)
        var counts = [Double](repeating: 0, count: 11)
        let draws = 20_000
        for _ in 0..<draws { counts[law.draw(10, &random).nonzeroBitCount] += 1 }
        #expect(counts[0] == 0)
        for infected in 1...6 {
            let share = expected[infected] / (1 - expected[0])
            let sd = (share * (1 - share) * Double(draws)).squareRoot()
            let miss = abs(counts[infected] - share * Double(draws))
            #expect(miss < 4.5 * sd + 1, "\(infected): \(counts[infected])")
        }
    }

    @Test("SCEN-7: on average as many are missed as the chance of each tube says")
    func missed() throws {
        var scenario = ScenarioSamples.town(prevalence: 0.03)
        scenario.testing.limitOfDetection = 342
        let compiled = try CompiledScenario(scenario)
        let runs = (1...30).map { ScenarioSimulation.run(compiled, seed: UInt64($0)) }
        let missed = runs.reduce(0) { $0 + $1.measure("missed") }
        let expected = runs.reduce(0) { $0 + $1.measure("missed_expected") }
        // Misses come tube by tube, up to a household at once.
        #expect(abs(missed - expected) < 4 * (2 * expected).squareRoot(), "\(missed), \(expected)")
        #expect(expected > 200)
    }

    @Test("SCEN-8: an urgent district's tubes overtake the others in a full laboratory")
    func urgency() throws {
        var scenario = ScenarioSamples.town(people: 12_000, prevalence: 0, cyclers: 1)
        for place in 0..<2 {
            scenario.districts[place].routes = [Scenario.Route(laboratory: 0, minutes: 20)]
        }
        scenario.districts[0].isUrgent = true
        let outcome = try ScenarioSimulation.run(scenario, seed: 1)
        #expect(
            outcome.measure("most_waiting_extraction") + outcome.measure("most_waiting_pcr") > 3)
        let (urgent, other) = (outcome.districts[0], outcome.districts[1])
        #expect(urgent.mostResulted < other.mostResulted - 60)
    }

    @Test("SCEN-9: without kits plates wait for the delivery; without one they wait in vain")
    func kits() throws {
        var scenario = ScenarioSamples.town()
        let wells = 250
        scenario.laboratories[0].kits = [
            .init(from: 0, count: wells / 2), .init(from: 3 * 1_440, count: 10 * wells),
        ]
        let late = try ScenarioSimulation.run(scenario, seed: 5)
        #expect(late.measure("people_without_result") == 0)
        #expect(late.measure("hours_to_100_resulted") > 72)
        // Plates that were closed half full wait for one extraction machine.
        #expect(late.measure("hours_to_100_resulted") < 110)

        // Enough on average by the book, not for those who are called back.
        scenario.laboratories[0].kits = [.init(from: 0, count: wells)]
        let never = try ScenarioSimulation.run(scenario, seed: 5)
        #expect(never.measure("people_without_result") > 0)
        #expect(!never.isFeasible)
    }

    @Test("SCEN-10: nobody is swabbed when no sampler is on duty")
    func shifts() throws {
        var scenario = ScenarioSamples.town()
        for place in 0..<2 {
            scenario.districts[place].samplers = .daily(
                [(from: 600, to: 720, count: 3), (from: 900, to: 1_200, count: 2)], clock: 360,
                horizon: scenario.horizon)
        }
        let outcome = try ScenarioSimulation.run(scenario, seed: 2)
        for (bin, count) in outcome.sampled.enumerated() where count > 0 {
            let clock = (Double(bin) * ScenarioOutcome.bin + 360).truncatingRemainder(
                dividingBy: 1_440)
            // A swab that was begun is ended.
            let isOn = (600...720).contains(clock) || (900...1_200).contains(clock)
            #expect(isOn, "\(clock)")
        }
        #expect(outcome.measure("people_not_sampled") == 0)
        #expect(outcome.measure("wait_max_minutes") > 120)
    }

    @Test("SCEN-11: a courier carries what fits, and goes where the tubes are through first")
    func couriers() throws {
        var scenario = ScenarioSamples.town()
        scenario.transport.capacity = 15
        let small = try ScenarioSimulation.run(scenario, seed: 4)
        #expect(small.measure("trips") * 15 >= small.measure("tubes"))
        #expect(small.measure("people_without_result") == 0)

        scenario = ScenarioSamples.town(people: 12_000, cyclers: 1)
        scenario.laboratories[1].cyclers = .always(6)
        scenario.laboratories[1].extractors = .always(3)
        for place in 0..<2 {
            scenario.districts[place].routes = (0..<2).map {
                Scenario.Route(laboratory: $0, share: 0.5, minutes: 20)
            }
        }
        let fixed = try ScenarioSimulation.run(scenario, seed: 4)
        scenario.transport.dispatch = .leastLoaded
        let chosen = try ScenarioSimulation.run(scenario, seed: 4)
        #expect(
            chosen.measure("hours_to_99_resulted") < fixed.measure("hours_to_99_resulted") - 1)
    }

    @Test("SCEN-12: what ends at the horizon is counted as open, and nothing runs for ever")
    func horizon() throws {
        var scenario = ScenarioSamples.town(people: 12_000, cyclers: 1)
        scenario.horizon = 2 * 1_440
        let outcome = try ScenarioSimulation.run(scenario, seed: 1)
        #expect(outcome.measure("people_without_result") > 0)
        #expect(outcome.measure("hours_to_100_resulted") == 48)
        #expect(!outcome.isFeasible)
    }

    @Test("SCEN-13: a laboratory's work is its plates' times, and its use follows from its hours")
    func use() throws {
        var scenario = ScenarioSamples.town(prevalence: 0)
        scenario.testing.extraction = .init(50, 50)
        let outcome = try ScenarioSimulation.run(scenario, seed: 9)
        let hours = outcome.measure("hours_to_100_resulted")
        let work = outcome.measure("plates") * 50 / 60
        #expect(abs(outcome.measure("use_extraction") - work / (2 * hours)) < 1e-9)
        let pcr = outcome.measure("plates") * 1.5 / (4 * hours)
        #expect(abs(outcome.measure("use_pcr") - pcr) < 1e-9)
    }
}
