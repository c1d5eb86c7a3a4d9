import LabSimulation
import LabStatistics
import Synchronization
import Testing

@testable import LabScreening

@Suite("The time that a plan takes")
struct PlanTimeTests {
    @Test("OPTIM-12: the time of a proof is set aside before a plan is mended")
    func reserve() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<2_000 {
            let seconds = random.uniform(from: 10, to: 2_000)
            var budget = PlanBudget(begin: 50, seconds: seconds, replications: 100)
            budget.learn(10, took: 10 * random.uniform(from: 0.001, to: 20))
            let proof = 115 * (budget.collecting + budget.testing)
            let now = 50 + random.uniform(from: 0, to: seconds)
            let (end, rest) = (budget.mendingEnd(at: now), 50 + seconds - now)
            #expect(end >= now + 0.3 * rest - 1e-9 && end <= 50 + seconds)
            if proof <= 0.7 * rest { #expect(50 + seconds - end >= proof - 1e-9) }
            #expect(budget.allowsProof(at: now) == (proof <= rest))
            #expect(6...100 ~= budget.seeds(at: now))
        }
    }

    /// A clock that is so many seconds further at each look.
    private static func clock(_ step: Double) -> @Sendable () -> Double {
        let looks = Mutex(0.0)
        return {
            looks.withLock { looks in
                looks += 1
                return looks * step
            }
        }
    }

    @Test("OPTIM-12: when time is over the answer comes, and calls nothing proved that is not")
    func timeIsOver() throws {
        let scenario = PlanCities.city(people: 12_000, laboratories: 1)
        var fewest = Int.max
        for step in [0.001, 0.3, 2, 5] {
            let plan = try ScreeningPlanner(.init(), clock: Self.clock(step)).plan(scenario)
            #expect(plan.proof.replications >= 100 || !plan.isFeasible, "\(step) s")
            #expect(plan.isFeasible || step > 0.001, "\(step) s")
            #expect(plan.bound <= plan.cost)
            fewest = min(fewest, plan.proof.replications)
        }
        // The last clock leaves no time for a whole proof.
        #expect(fewest < 100)
    }

    @Test("OPTIM-13: a plan is the same with any number of threads")
    func threads() throws {
        var scenario = PlanCities.city(people: 30_000, districts: 3, laboratories: 3, seed: 2)
        // Small programs of flows end by themselves, before any limit of the solver's own clock.
        for place in 0..<3 {
            scenario.districts[place].routes = [scenario.districts[place].routes[place]]
        }
        var plans: [ScreeningPlan] = []
        for threads in [1, 3] {
            var wishes = ScreeningPlanner.Wishes()
            wishes.threads = threads
            plans.append(
                try ScreeningPlanner(wishes, clock: PlanCities.stillClock).plan(scenario))
        }
        #expect(plans[0].scenario == plans[1].scenario)
        #expect(plans[0].proof == plans[1].proof && plans[0].isFeasible)
    }
}
