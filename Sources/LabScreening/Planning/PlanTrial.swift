internal import Dispatch
internal import LabSimulation
internal import Synchronization

/// Plays parts of a planned city with many seeds, side by side.
struct PlanTrial: Sendable {
    /// Says that work may go on, or throws.
    typealias MayGoOn = () throws -> Bool

    /// One part with one seed.
    struct Task: Sendable, Hashable {
        let part: Int
        let seed: UInt64
    }

    let threads: Int
    let mayGoOn: @Sendable () throws -> Void

    /// The parts that did not keep the goal.
    func failures(_ compiled: CompiledScenario, _ tasks: [Task]) throws -> [Task] {
        let (goal, laboratories) = (compiled.scenario.goal, compiled.scenario.laboratories)
        let kept = try parallel(tasks.count) { place, _ in
            let (part, seed) = (tasks[place].part, tasks[place].seed)
            return ScenarioSimulation.test(
                ScenarioSimulation.collect(compiled, part: part, seed: seed), compiled,
                in: laboratories[part], goal
            ).isFeasible
        }
        return zip(tasks, kept).filter { !$0.1 }.map(\.0)
    }

    /// Works through places by several threads; the values are in the order of the places.
    ///
    /// `done` is told after each place how many are left. What is thrown first ends the work.
    func parallel<Value: Sendable>(
        _ count: Int, _ work: @escaping @Sendable (Int, MayGoOn) throws -> Value,
        done: @escaping @Sendable (_ left: Int) -> Void = { _ in }
    ) throws -> [Value] {
        try mayGoOn()
        let mayGoOn = mayGoOn
        let state = Mutex(Progress<Value>())
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
            while let place = state.withLock({ $0.next(of: count) }) {
                do {
                    let value = try work(place) {
                        try mayGoOn()
                        return true
                    }
                    state.withLock {
                        $0.values[place] = value
                        done(count - $0.values.count)
                    }
                } catch {
                    state.withLock { $0.fault = $0.fault ?? error }
                }
            }
        }
        let (values, fault) = state.withLock { ($0.values, $0.fault) }
        if let fault { throw fault }
        return (0..<count).compactMap { values[$0] }
    }

    private struct Progress<Value: Sendable>: Sendable {
        var values: [Int: Value] = [:]
        var fault: (any Error)?
        private var begun = 0

        mutating func next(of count: Int) -> Int? {
            guard fault == nil, begun < count else { return nil }
            defer { begun += 1 }
            return begun
        }
    }
}
