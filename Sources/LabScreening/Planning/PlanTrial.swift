internal import Dispatch
internal import LabSimulation
internal import Synchronization

/// Plays parts of a planned city with many seeds, side by side.
struct PlanTrial: Sendable {
    /// What one part came to with one seed.
    struct Result: Sendable {
        let isFeasible: Bool
        /// People without a result, or with one after its window or after the city's time.
        let late: Double
        /// Hours by which the worst result comes after its window.
        let excess: Double
        /// Whether sampling alone was too slow.
        let sampledLate: Bool
        /// Hours of waiting at each station, and the minute at which most waited there.
        let waits: [Double]
        let worstMinute: [Double]

        /// By how much another result is better, in parts of what is wrong here.
        func gain(_ other: Result) -> Double {
            func part(_ mine: Double, _ theirs: Double) -> Double {
                mine > 1e-9 ? (mine - theirs) / mine : 0
            }
            return part(late, other.late) + 0.3 * part(excess, other.excess)
                + 0.01 * part(waits.reduce(0, +), other.waits.reduce(0, +))
        }
    }

    let threads: Int

    /// One part with one seed.
    struct Task: Sendable, Hashable {
        let part: Int
        let seed: UInt64
    }

    func run(_ compiled: CompiledScenario, _ tasks: [Task]) -> [Result] {
        parallel(tasks.count) { place in
            let task = tasks[place]
            return Self.result(
                ScenarioSimulation.run(compiled, part: task.part, seed: task.seed), compiled, task)
        }
    }

    /// Plays a part with seeds until so many failed.
    func failures(
        _ compiled: CompiledScenario, _ part: Int, _ seeds: [UInt64], most: Int
    ) -> [(seed: UInt64, result: Result)] {
        var failed: [(seed: UInt64, result: Result)] = []
        for seed in seeds where failed.count < most {
            let outcome = ScenarioSimulation.run(compiled, part: part, seed: seed)
            guard !outcome.isFeasible else { continue }
            failed.append((seed, Self.result(outcome, compiled, Task(part: part, seed: seed))))
        }
        return failed
    }

    func parallel<Value: Sendable>(
        _ count: Int, _ work: @escaping @Sendable (Int) -> Value
    ) -> [Value] {
        let state = Mutex((next: 0, values: [Int: Value]()))
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
            while true {
                let place = state.withLock { state in
                    defer { state.next += 1 }
                    return state.next
                }
                guard place < count else { return }
                let value = work(place)
                state.withLock { $0.values[place] = value }
            }
        }
        let values = state.withLock { $0.values }
        return (0..<count).compactMap { values[$0] }
    }

    private static func result(
        _ outcome: ScenarioOutcome, _ compiled: CompiledScenario, _ task: Task
    ) -> Result {
        let goal = compiled.scenario.goal
        let people = outcome["people"] ?? 0
        let missing = outcome["people_without_result"] ?? 0
        let outside = (1 - (outcome["share_in_window"] ?? 1)) * (people - missing)
        let isLate = (outcome["hours_to_100_resulted"] ?? 0) * 60 > goal.resultsWithin
        let sampled = outcome["hours_to_100_sampled"] ?? 0
        let unserved = outcome["people_not_sampled"] ?? 0
        var (waits, worst) = ([Double](), [Double]())
        for station in outcome.waiting {
            waits.append(station.reduce(0.0) { $0 + Double($1) } * ScenarioOutcome.look / 60)
            let most = station.indices.max { station[$0] < station[$1] } ?? 0
            worst.append(Double(most) * ScenarioOutcome.look)
        }
        return Result(
            isFeasible: outcome.isFeasible,
            late: missing + outside + (isLate && missing == 0 ? 1 : 0),
            excess: max(0, (outcome["turnaround_max_hours"] ?? 0) - goal.window / 60),
            sampledLate: unserved > 0 || sampled * 60 > goal.sampledWithin, waits: waits,
            worstMinute: worst)
    }
}

/// How often a plan was feasible, and what that proves.
package struct Feasibility: Sendable, Hashable {
    package let replications: Int
    package let feasible: Int

    /// So many of so many.
    package init(replications: Int, feasible: Int) {
        (self.replications, self.feasible) = (replications, feasible)
    }

    /// The share of replications in which every goal was kept.
    package var share: Double { Double(feasible) / Double(max(1, replications)) }

    /// The exact lower limit of the probability, with 95 % confidence (Clopper and Pearson 1934).
    ///
    /// It is the probability at which so many or more would be seen in one case of twenty.
    package var lowerLimit: Double {
        guard feasible > 0 else { return 0 }
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if atLeast(feasible, middle) < 0.05 { low = middle } else { high = middle }
        }
        return low
    }

    /// P(X ≥ k) for X ~ Binomial(n, p), term by term from the top.
    private func atLeast(_ count: Int, _ p: Double) -> Double {
        let n = replications
        guard p < 1 else { return 1 }
        var term = 1.0
        for _ in 0..<n { term *= p }
        var sum = term
        var k = n
        while k > count {
            term *= Double(k) / Double(n - k + 1) * (1 - p) / p
            sum += term
            k -= 1
        }
        return sum
    }
}
