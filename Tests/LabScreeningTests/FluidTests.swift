import LabSimulation
import LabStatistics
import Testing

@testable import LabScreening

@Suite("The program of flows")
struct FluidTests {
    @Test("OPTIM-3: what enters evenly for an hour leaves evenly, so much later", arguments: 1...5)
    func lag(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let delay = 5 * random.uniform()
        let lag = FluidLag(delay)
        let flow = (0..<20).map { $0 < 10 ? random.uniform() : 0 }
        var inside = 0.0
        for hour in flow.indices {
            inside += flow[hour] - lag.out(of: flow, at: hour)
            #expect(abs(inside - lag.inside(of: flow, at: hour)) < 1e-12, "seed \(seed)")
        }
        // Each hour's flow comes out on average as late as the delay says.
        let mean = { (curve: [Double]) in
            zip(curve, curve.indices).reduce(0) { $0 + $1.0 * Double($1.1) }
                / curve.reduce(0, +)
        }
        #expect(abs(mean(lag.shift(flow)) - mean(flow) - delay) < 1e-9, "seed \(seed)")
    }

    @Test("OPTIM-3: a laboratory that works whenever it can keeps what the program keeps")
    func recursionAgainstProgram() throws {
        let question = ScreeningQuestion(
            PlanCities.city(people: 60_000, districts: 1, laboratories: 1))
        let fluid = FluidProgram(question.problem)
        var simplex = Simplex(fluid.program)
        let vertex = simplex.solve()
        try #require(vertex.status == .optimal)
        let own = fluid.laboratories[0]
        let inflow = own.received.map { vertex.values[$0] }
        let played = FluidLaboratory(
            question.problem.laboratories[0], fluid.rates[0], received: inflow,
            firstPass: fluid.firstPass(0), over: question.problem.hours - 1)
        let shifts = own.reception.count
        var agreed = (yes: 0, no: 0)
        for cyclers in 1...8 {
            for people in 1...2 {
                let choice = FluidLaboratory.Choice(
                    extractors: (cyclers + 1) / 2, cyclers: cyclers,
                    reception: Array(repeating: people, count: shifts),
                    review: Array(repeating: 1, count: shifts))
                var fixed = Simplex(fluid.program)
                fixed.bound(own.cyclers, from: Double(cyclers), to: Double(cyclers))
                let half = Double(choice.extractors)
                fixed.bound(own.extractors, from: half, to: half)
                for column in own.reception {
                    fixed.bound(column, from: Double(people), to: Double(people))
                }
                for column in own.review { fixed.bound(column, from: 1, to: 1) }
                let keeps = fixed.solve().status == .optimal
                // Playing is one way of working: what it keeps, the program keeps.
                #expect(!played.keepsWindow(choice) || keeps)
                if keeps == played.keepsWindow(choice) {
                    if keeps { agreed.yes += 1 } else { agreed.no += 1 }
                }
            }
        }
        #expect(agreed.yes > 0 && agreed.no > 0 && agreed.yes + agreed.no >= 14)
    }

    @Test("OPTIM-4: the plan keeps every condition; no whole choice is below its bound")
    func planAgainstBound() throws {
        for seed in UInt64(1)...3 {
            let question = ScreeningQuestion(PlanCities.city(people: 150_000, seed: seed))
            let fluid = FluidProgram(question.problem)
            var search = FluidSearch(fluid, clock: PlanCities.stillClock, seconds: 60)
            let plan = try search.run()
            #expect(plan.bound <= plan.cost && plan.gap < 0.25, "seed \(seed): \(plan.gap)")
            var fixed = Simplex(fluid.program)
            for column in fluid.program.wholeColumns {
                let value = plan.values[column]
                #expect(value == value.rounded())
                fixed.bound(column, from: value, to: value)
            }
            let kept = fixed.solve()
            #expect(kept.status == .optimal, "seed \(seed)")
            #expect(abs(kept.cost - plan.cost) < 1e-6 * plan.cost)
            let exact = MixedProgram.solve(
                fluid.program, seconds: 20, gap: 0.001, start: plan.values)
            #expect(exact.bound >= plan.bound - 1e-6 && exact.cost <= plan.cost + 1e-6)
        }
    }

    @Test("OPTIM-4: parts that do not touch are planned one by one, to the same bound")
    func parts() throws {
        var scenario = PlanCities.city(people: 120_000)
        for place in 0..<2 { scenario.districts[place].routes.remove(at: 1 - place) }
        let problem = ScreeningQuestion(scenario).problem
        #expect(problem.parts.map(\.districts) == [[0], [1]])
        var whole = Simplex(FluidProgram(problem).program)
        let apart = problem.parts.reduce(0.0) { sum, part in
            var simplex = Simplex(FluidProgram(part.problem).program)
            return sum + simplex.solve().cost
        }
        #expect(abs(whole.solve().cost - apart) < 1e-6 * apart)
        let tied = ScreeningQuestion(PlanCities.city(people: 120_000)).problem
        #expect(tied.parts.count == 1)
    }
}
