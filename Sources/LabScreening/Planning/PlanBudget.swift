internal import LabSimulation

/// How the seconds of a plan are spent: those of its proof are set aside before it is mended.
struct PlanBudget {
    let begin: Double
    let seconds: Double
    let replications: Int
    /// Seconds to collect the tubes of a whole replication, and to test them.
    private(set) var collecting = 1e-4
    private(set) var testing = 1e-4
    /// Bytes of what is collected.
    private var bytes = 0

    init(begin: Double, seconds: Double, replications: Int) {
        (self.begin, self.seconds, self.replications) = (begin, seconds, replications)
    }

    /// Plays one replication to see how long it takes here and now.
    mutating func measure(
        _ compiled: CompiledScenario, _ trial: PlanTrial, seed: UInt64, clock: () -> Double
    ) throws {
        let start = clock()
        let collected = try trial.parallel(compiled.parts.count) { part, _ in
            ScenarioSimulation.collect(compiled, part: part, seed: seed)
        }
        let middle = clock()
        _ = try trial.parallel(collected.count) { part, _ in
            ScenarioSimulation.test(
                collected[part], compiled, in: compiled.scenario.laboratories[part],
                compiled.scenario.goal
            ).isFeasible
        }
        collecting = max(1e-4, middle - start)
        testing = max(1e-4, clock() - middle)
        bytes = collected.reduce(0) { $0 + 4 * $1.count }
    }

    /// Learns the pace from replications of a proof, which may be slower than the first.
    mutating func learn(_ count: Int, took seconds: Double) {
        let factor = max(1e-4, seconds / Double(max(1, count))) / (collecting + testing)
        (collecting, testing) = (collecting * factor, testing * factor)
    }

    /// Seconds of a whole proof, with a margin.
    private var proof: Double { 1.15 * Double(replications) * (collecting + testing) }

    /// Until when to mend: two proofs fit afterwards, or at least one, or it will be late.
    func mendingEnd(at now: Double) -> Double {
        let rest = max(0, begin + seconds - now)
        let reserve = min(2 * proof, max(proof, 0.55 * rest))
        return now + max(0.3 * rest, rest - reserve)
    }

    /// As many seeds for mending as time and memory (a third of a gigabyte) allow.
    func seeds(at now: Double) -> Int {
        // Each is collected once and tested some forty times, with ever other machines.
        let byTime = (mendingEnd(at: now) - now) / (collecting + 40 * testing)
        let byRoom = 335_000_000 / Double(max(1, bytes))
        return Int(min(100, max(6, min(byTime, byRoom))))
    }

    /// Whether one more proof would end in time.
    func allowsProof(at now: Double) -> Bool { now + proof <= begin + seconds }

    /// When laboratories that were never mended are given up.
    var mendingMustEnd: Double { begin + 1.25 * seconds }

    /// When even a proof under way is given up: twice the time that was given.
    var mustEnd: Double { begin + 2 * seconds }
}
