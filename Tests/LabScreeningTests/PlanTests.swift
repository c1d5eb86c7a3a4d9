import LabSimulation
import LabStatistics
import Testing

@testable import LabScreening

@Suite("The plan of a screening")
struct PlanTests {
    @Test("OPTIM-5: each site has lines enough for its busiest hour, and not one too many")
    func sites() {
        let rules = PlanRules()
        let scenario = PlanCities.city(people: 200_000)
        let sites = DistrictSites(scenario, district: 0, rules)
        let hours = scenario.expectedShares(of: 0)
        let weights = sites.sites.reduce(0) { $0 + $1.weight }
        let pace = 3_600 / 20 * rules.busiest
        #expect(abs(hours.reduce(0, +) - 1) < 1e-9)
        for site in sites.sites {
            let people = 100_000 * site.weight / weights
            let busiest = people * (hours.max() ?? 0)
            #expect(Double(site.lines) * pace >= busiest - 1e-9)
            #expect(site.lines == 1 || Double(site.lines - 1) * pace < busiest)
        }
        let mean = 100_000 / sites.sites.count
        #expect(mean <= rules.peopleForSite && mean >= rules.leastForSite - 100)
        // Tubes of ten that a time-out closes early: a few more than one for ten people.
        let tubes = sites.wells.reduce(0, +)
        #expect(tubes > 10_000 && tubes < 11_500)
    }

    @Test("OPTIM-6: a plan is a scenario without faults, with all its people and its own cost")
    func planned() throws {
        for seed in UInt64(1)...3 {
            let scenario = PlanCities.city(
                people: 400_000, districts: 3, laboratories: 3, seed: seed)
            let question = ScreeningQuestion(scenario)
            let search = CitySearch(question.problem, clock: PlanCities.stillClock, seconds: 10)
            let city = try search.run { _, _, _ in }
            let planned = PlannedScenario(city, for: question).scenario
            #expect(planned.faults.isEmpty, "seed \(seed)")
            #expect(planned.expectedPeople == scenario.expectedPeople)
            #expect(planned.districts.allSatisfy { $0.routes.count == 1 })
            #expect(Set(planned.districts.map(\.name)).count == planned.districts.count)
            let cost = planned.resourceCost(until: question.end)
            // Whole sites and couriers of split districts are all that differs.
            #expect(abs(cost - city.cost) < 0.02 * city.cost, "seed \(seed): \(cost), \(city.cost)")
            let again = try ScenarioFile.read(ScenarioFile.write(planned), file: "plan")
            #expect(abs(again.resourceCost(until: question.end) - cost) < 1e-6 * cost)
        }
    }

    @Test("OPTIM-7: the limit of a probability is exact")
    func limit() {
        // All of n: the n-th root of 0.05. None: nothing is proved.
        let all = Feasibility(replications: 100, feasible: 100)
        var root = all.lowerLimit
        for _ in 1..<100 { root *= all.lowerLimit }
        #expect(abs(root - 0.05) < 1e-9)
        #expect(Feasibility(replications: 100, feasible: 0).lowerLimit == 0)
        // Clopper and Pearson's tables, one-sided 95 %: 99 of 100, 98 of 100, 5 of 10.
        #expect(abs(Feasibility(replications: 100, feasible: 99).lowerLimit - 0.953_4) < 5e-5)
        #expect(abs(Feasibility(replications: 100, feasible: 98).lowerLimit - 0.938_4) < 5e-5)
        #expect(abs(Feasibility(replications: 10, feasible: 5).lowerLimit - 0.222_4) < 5e-5)
    }

    @Test("OPTIM-8: a plan that is called feasible keeps its goal with chance never seen before")
    func proved() throws {
        var wishes = ScreeningPlanner.Wishes()
        wishes.threads = 2
        let scenario = PlanCities.city(people: 12_000, laboratories: 1)
        let plan = try ScreeningPlanner(wishes, clock: PlanCities.stillClock).plan(scenario)
        #expect(plan.isFeasible && plan.proof.replications >= 100)
        #expect(plan.bound <= plan.fluidCost && plan.bound < plan.cost)
        let compiled = try CompiledScenario(plan.scenario)
        let kept = (0..<60).count {
            ScenarioSimulation.run(compiled, seed: 77_000_000 + UInt64($0)).isFeasible
        }
        // With a probability of 0.95, 50 or fewer of 60 come once in 3,000 cases.
        #expect(kept > 50, "\(kept) of 60")
    }

    @Test("OPTIM-9: an impossible goal is told with the least that helps, and one less does not")
    func relaxed() throws {
        var rules = PlanRules()
        rules.growth = 1
        let scenario = PlanCities.city(people: 400_000)
        var wishes = ScreeningPlanner.Wishes()
        wishes.rules = rules
        #expect(throws: CitySearch.Stuck.self) {
            try ScreeningPlanner(wishes, clock: PlanCities.stillClock).plan(scenario)
        }
        let found = try Relaxation.find(scenario, rules, for: [0, 1])
        #expect(!found.isEmpty)
        for relaxation in found {
            let problem = ScreeningQuestion(relaxation.scenario, relaxation.rules).problem
            var simplex = Simplex(FluidProgram(problem).program)
            #expect(simplex.solve().status == .optimal)
            guard case .hours(let hours) = relaxation.kind else { continue }
            var shorter = scenario
            shorter.goal.window += 60 * Double(hours - 1)
            shorter.goal.resultsWithin += 60 * Double(hours - 1)
            var less = Simplex(FluidProgram(ScreeningQuestion(shorter, rules).problem).program)
            #expect(less.solve().status == .infeasible)
        }
    }

    @Test("OPTIM-10: a shorter time has fewer days; when none fits, the hours that lack are told")
    func within() throws {
        let scenario = PlanCities.city(people: 10_000)
        let day = scenario.sampled(within: 1_440)
        #expect(day.sampling.days == [1] && day.goal.resultsWithin == 1_440 + 720)
        #expect(scenario.sampled(within: 5 * 1_440).sampling.days == scenario.sampling.days)
        let short = scenario.sampled(within: 600)
        // Fourteen hours of opening do not fit into ten.
        let answer = try ScreeningPlanner(.init(), clock: PlanCities.stillClock).answer(short)
        guard case .impossible(_, let found, _) = answer else {
            Issue.record("a day that is too short was planned")
            return
        }
        #expect(found.map(\.kind) == [.samplingHours(28)])
    }
}
