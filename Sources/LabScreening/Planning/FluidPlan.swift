/// A choice of all whole resources that keeps the fluid program, with its bound.
package struct FluidPlan: Sendable {
    /// One number an unknown of the program.
    package var values: [Double]
    package var cost: Double
    /// No choice of whole or broken resources keeps the fluid program for less.
    package var bound: Double

    /// (cost − bound) / cost.
    package var gap: Double { max(0, cost - bound) / max(cost, 1e-9) }
}

/// Why a fluid plan was not found.
package enum FluidFault: Error, Equatable, Sendable {
    /// Not even broken numbers of everything up to its limit keep the goal.
    case cannotKeepGoal
    /// Time ran out, or the solver got lost.
    case noAnswer
}

/// Looks for the cheapest whole resources of a fluid program.
///
/// The vertex of the linear program is rounded laboratory by laboratory; after each rounding the
/// flows are solved again, so that they fill what was rounded up and the rest needs less. Then
/// one unit after the other is taken away where flows can make up for it. Small programs go to
/// branch and cut, with what was found as the start.
package struct FluidSearch: ~Copyable {
    private let fluid: FluidProgram
    private var simplex: Simplex
    private let clock: @Sendable () -> Double
    private let end: Double
    private let notice: @Sendable (FluidPlan) -> Void
    /// The best plan so far.
    package private(set) var best: FluidPlan?
    private var bound = 0.0

    /// Begins a search of so many seconds by a clock that counts seconds from any beginning.
    ///
    /// `notice` is called with each better plan.
    package init(
        _ fluid: FluidProgram, clock: @escaping @Sendable () -> Double, seconds: Double,
        notice: @escaping @Sendable (FluidPlan) -> Void = { _ in }
    ) {
        self.fluid = fluid
        self.clock = clock
        self.notice = notice
        end = clock() + seconds
        simplex = Simplex(fluid.program)
    }

    /// Searches until nothing is left to try or time is over; the answer is the best plan.
    package mutating func run() throws(FluidFault) -> FluidPlan {
        let vertex = simplex.solve(seconds: 4 * remaining)
        switch vertex.status {
        case .optimal: bound = vertex.cost
        case .infeasible: throw .cannotKeepGoal
        default: throw .noAnswer
        }
        for threshold in [1e-6, 0.2, 0.4] where best == nil || remaining > 0 {
            if let choice = dive(vertex, threshold) { consider(choice) }
        }
        if let found = best { improve(found.values) }
        guard let best else { throw .noAnswer }
        return best
    }

    /// Hands the program to branch and cut for so many seconds, with the best plan as the start.
    ///
    /// It pays for small programs: a district or two with their laboratories.
    package mutating func branch(seconds: Double) -> FluidPlan? {
        guard let found = best else { return nil }
        let answer = MixedProgram.solve(
            fluid.program, seconds: seconds, gap: 2e-4, start: found.values)
        if answer.bound.isFinite { bound = max(bound, answer.bound) }
        if !answer.values.isEmpty { consider(answer.values) }
        if let plan = best {
            best = FluidPlan(values: plan.values, cost: plan.cost, bound: min(bound, plan.cost))
        }
        return best
    }

    mutating func adopt(_ plan: FluidPlan) { (best, bound) = (plan, plan.bound) }

    private var remaining: Double { end - clock() }

    private mutating func consider(_ values: [Double]) {
        let cost = fluid.program.cost(of: values)
        guard best.map({ cost < $0.cost - 1e-6 }) ?? true else { return }
        let plan = FluidPlan(values: values, cost: cost, bound: min(bound, cost))
        best = plan
        notice(plan)
    }

    /// Rounds a share of the laboratories at a time and solves again.
    ///
    /// Parts above `threshold` are rounded up, the others down.
    private mutating func dive(_ vertex: ProgramAnswer, _ threshold: Double) -> [Double]? {
        release()
        var values = vertex.values
        var open = Array(fluid.laboratories.indices)
        let step = max(1, open.count / 12)
        while !open.isEmpty {
            open.sort { load($0, values) > load($1, values) }
            let now = Array(open.prefix(step))
            open.removeFirst(now.count)
            for laboratory in now { fix(laboratory, values, threshold) }
            guard let next = solved(), !next.isEmpty else {
                // Rounded too low: round these up and let the rest follow.
                for laboratory in now { fix(laboratory, values, 1e-6) }
                guard let again = solved() else { return nil }
                values = again
                continue
            }
            values = next
        }
        return settle(values)
    }

    private mutating func solved() -> [Double]? {
        let answer = simplex.solve()
        return answer.status == .optimal ? answer.values : nil
    }

    private func load(_ laboratory: Int, _ values: [Double]) -> Double {
        fluid.laboratories[laboratory].received.reduce(0) { $0 + values[$1] }
    }

    private mutating func fix(_ laboratory: Int, _ values: [Double], _ threshold: Double) {
        for column in fluid.laboratories[laboratory].whole {
            let value = values[column]
            let down = value.rounded(.down)
            let whole = value - down > threshold ? down + 1 : down
            simplex.bound(column, from: whole, to: whole)
        }
    }

    private mutating func release() {
        for column in fluid.program.wholeColumns {
            simplex.bound(
                column, from: fluid.program.columnLower[column],
                to: fluid.program.columnUpper[column])
        }
    }

    /// Makes the rest whole: couriers up, and what each laboratory's inflow does not need away.
    private func settle(_ values: [Double]) -> [Double] {
        var values = values
        fluid.settleCouriers(&values)
        for number in fluid.laboratories.indices {
            fluid.settle(number, &values)
        }
        return values
    }

    /// Takes units away, one at a time, where the flows can make up for it.
    private mutating func improve(_ found: [Double]) {
        release()
        var values = found
        for column in fluid.laboratories.flatMap(\.whole) {
            simplex.bound(column, from: values[column], to: values[column])
        }
        guard solved() != nil else { return }
        let columns = fluid.laboratories.flatMap(\.whole)
            .sorted { fluid.program.costs[$0] > fluid.program.costs[$1] }
        for column in columns where remaining > 0 {
            let lower = fluid.program.columnLower[column]
            while values[column] > lower, remaining > 0 {
                simplex.bound(column, from: values[column] - 1, to: values[column] - 1)
                guard let next = solved() else {
                    simplex.bound(column, from: values[column], to: values[column])
                    break
                }
                values = next
                consider(settle(next))
            }
        }
    }
}

extension FluidProgram {
    /// Trims a laboratory to what the inflow of `values` needs.
    func settle(_ number: Int, _ values: inout [Double]) {
        let own = laboratories[number]
        let inflow = FluidLaboratory(
            problem.laboratories[number], rates[number], received: own.received.map { values[$0] },
            firstPass: firstPass(number),
            over: (0..<problem.hours).first { isOver($0, for: number) } ?? problem.hours - 1)
        var choice = self.choice(number, values)
        choice = inflow.trimmed(choice)
        values[own.extractors] = Double(choice.extractors)
        values[own.cyclers] = Double(choice.cyclers)
        for (column, count) in zip(own.reception, choice.reception) {
            values[column] = Double(count)
        }
        for (column, count) in zip(own.review, choice.review) { values[column] = Double(count) }
        let isIdle = choice.cyclers == 0 && choice.reception.allSatisfy { $0 == 0 }
        let mustOpen = problem.laboratories[number].mustOpen
        values[own.open] = isIdle && !mustOpen ? 0 : 1
    }

    /// The least whole couriers for the shares of `values`.
    func settleCouriers(_ values: inout [Double]) {
        var needed = [Double](repeating: 0, count: couriers.count)
        for share in shares {
            let district = problem.districts[share.district]
            let sites =
                Double(district.modes[share.mode].sites) / Double(max(1, district.modes[0].sites))
            needed[firstCourier[share.district] + share.way] +=
                values[share.column] * district.ways[share.way].couriers * sites
        }
        for (place, column) in couriers.enumerated() {
            values[column] = max(0, (needed[place] - 1e-6).rounded(.up))
        }
    }

    /// The machines and people of a laboratory in a choice of all unknowns.
    func choice(_ number: Int, _ values: [Double]) -> FluidLaboratory.Choice {
        let own = laboratories[number]
        func count(_ column: Int) -> Int { Int((values[column] - 1e-7).rounded(.up)) }
        return .init(
            extractors: count(own.extractors), cyclers: count(own.cyclers),
            reception: own.reception.map(count), review: own.review.map(count))
    }
}
