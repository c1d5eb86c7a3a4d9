import LabStatistics
import Testing

@testable import LabScreening

@Suite("Programs: least cost within bounds")
struct ProgramsTests {
    /// Two kinds of machine for 100 plates an hour at least: 3 and 5 plates, 30 and 45 a day.
    private func machines() -> LinearProgram {
        var program = LinearProgram()
        let small = program.column(cost: 30, to: 20, whole: true)
        let large = program.column(cost: 45, whole: true)
        program.row(from: 101, [.init(small, 3), .init(large, 5)])
        return program
    }

    @Test("OPTIM-1: a linear program's least cost is that of the cheapest vertex")
    func vertex() {
        var simplex = Simplex(machines())
        let answer = simplex.solve()
        #expect(answer.status == .optimal)
        // 45/5 < 30/3: large machines alone, 101/5 of them.
        #expect(abs(answer.cost - 101.0 / 5 * 45) < 1e-9)
        #expect(abs(answer.values[1] - 20.2) < 1e-9)
    }

    @Test("OPTIM-1: a changed bound is solved from the last vertex; an impossible one is told")
    func again() {
        var simplex = Simplex(machines())
        _ = simplex.solve()
        simplex.bound(1, from: 0, to: 10)
        let narrow = simplex.solve()
        #expect(abs(narrow.cost - (10 * 45 + 17 * 30)) < 1e-9)
        simplex.bound(1, from: 0, to: 8)
        #expect(simplex.solve().status == .infeasible)
        simplex.bound(1, from: 0, to: .infinity)
        #expect(abs(simplex.solve().cost - 909) < 1e-9)
    }

    @Test("OPTIM-1: a cost that falls without end is told apart")
    func unbounded() {
        var program = LinearProgram()
        let free = program.column(cost: -1)
        program.row(from: 0, [.init(free)])
        var simplex = Simplex(program)
        #expect(simplex.solve().status == .unbounded)
    }

    @Test("OPTIM-2: a mixed program's answer is the best of all whole choices", arguments: 1...6)
    func exhaustive(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var program = LinearProgram()
        let costs = (0..<4).map { _ in Double(Int.random(in: 5...40, using: &random)) }
        let yields = (0..<2).map { _ in
            (0..<4).map { _ in Double(Int.random(in: 0...9, using: &random)) }
        }
        let needs = (0..<2).map { _ in Double(Int.random(in: 10...40, using: &random)) }
        for cost in costs { _ = program.column(cost: cost, to: 6, whole: true) }
        for (yield, need) in zip(yields, needs) {
            program.row(from: need, (0..<4).map { .init($0, yield[$0]) })
        }
        var best = Double.infinity
        for code in 0..<(7 * 7 * 7 * 7) {
            let choice = [code % 7, code / 7 % 7, code / 49 % 7, code / 343].map(Double.init)
            let isEnough = zip(yields, needs).allSatisfy { yield, need in
                zip(yield, choice).reduce(0) { $0 + $1.0 * $1.1 } >= need
            }
            if isEnough { best = min(best, program.cost(of: choice)) }
        }
        let answer = MixedProgram.solve(program, seconds: 10)
        guard best.isFinite else {
            #expect(answer.status == .infeasible, "seed \(seed)")
            return
        }
        #expect(answer.status == .optimal && answer.cost == best, "seed \(seed)")
        #expect(answer.bound <= best + 1e-6 && answer.gap < 1e-6)
        #expect(program.worstFault(of: answer.values) < 1e-9)
    }

    @Test("OPTIM-2: whole columns stay whole, and a start costs nothing")
    func start() {
        let answer = MixedProgram.solve(machines(), seconds: 10, start: [20, 10])
        // 101 = 3·2 + 5·19: one small machine fewer leaves two plates undone.
        #expect(answer.status == .optimal && answer.cost == 2 * 30 + 19 * 45)
        #expect(answer.values == [2, 19])
    }

    @Test("OPTIM-1: terms of one unknown are added up")
    func joined() {
        var program = LinearProgram()
        let one = program.column(cost: 1)
        let other = program.column(cost: 10)
        program.row(from: 6, [.init(other), .init(one), .init(one, 2), .init(other, -1)])
        #expect(program.entryCount == 1)
        var simplex = Simplex(program)
        #expect(abs(simplex.solve().cost - 2) < 1e-9)
        #expect(program.worstFault(of: [1, 0]) == 3)
    }
}
