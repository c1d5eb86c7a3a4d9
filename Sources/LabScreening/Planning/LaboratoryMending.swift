internal import LabSimulation

/// Mends one laboratory of a plan with its sites, always with the same seeds.
///
/// What its couriers bring is collected once for each seed; each change is tested with that.
struct LaboratoryMending: Sendable {
    enum State: Sendable {
        case open, passes
        /// Late, and nothing within the limits helps.
        case stuck
        /// Late already at the sites.
        case samplesLate
    }

    private(set) var laboratory: Scenario.Laboratory
    private(set) var state: State
    /// With how many seeds it passes.
    private var tested: Int
    private var sampledLateBy = Double.infinity
    private let part: Int
    private let terms: MendingTerms
    /// Minutes by which results must be earlier than the goal asks.
    private var margin: Double
    /// Whether the limits left no room for the whole margin.
    private(set) var isTight = false
    /// Seeds with which the part must pass; those that failed before come first.
    private var seeds: [UInt64]
    private var collected: [UInt64: CollectedTubes] = [:]

    init(
        part: Int, _ laboratory: Scenario.Laboratory, _ terms: MendingTerms, margin: Double,
        seeds: [UInt64], state: State
    ) {
        self.state = state
        tested = state == .passes ? seeds.count : 0
        (self.part, self.laboratory, self.terms) = (part, laboratory, terms)
        (self.margin, self.seeds) = (margin, seeds)
    }

    /// Adds until so many seeds pass, nothing helps, or `goesOn` says no.
    ///
    /// When it is ended the laboratory is what fewer seeds made of it before, if they did.
    mutating func add(
        _ compiled: CompiledScenario, seeds count: Int, while goesOn: () throws -> Bool
    ) throws {
        while try goesOn() {
            let failing = failures(compiled, count)
            guard let worst = failing.first else {
                state = .passes
                tested = min(count, seeds.count)
                return
            }
            if worst.verdict.sampledLate {
                noteLateSampling(worst.verdict.sampledLateBy)
                return
            }
            if let better = best(failing, compiled) {
                laboratory = better
            } else if margin > 0 {
                // Within the limits there is no room for such a margin; the proof decides.
                margin = margin > 8 ? margin / 2 : 0
                isTight = true
            } else {
                state = .stuck
                return
            }
        }
    }

    /// More lines may help, unless the last ones did not: by a minute at least.
    private mutating func noteLateSampling(_ minutes: Double) {
        state = minutes < sampledLateBy - 1 ? .samplesLate : .stuck
        sampledLateBy = min(minutes, sampledLateBy)
    }

    /// Takes away what no seed misses.
    mutating func remove(
        _ change: LaboratoryChange, _ compiled: CompiledScenario, while goesOn: () throws -> Bool
    ) throws {
        guard state == .passes else { return }
        while try goesOn(), let less = terms.changed(laboratory, change),
            try passes(less, compiled, goesOn)
        {
            laboratory = less
        }
    }

    /// Whether it has not passed so many seeds yet.
    func isOpen(for count: Int) -> Bool {
        state == .open || (state == .passes && tested < min(count, seeds.count))
    }

    /// Adds seeds with which the part failed; it is open again.
    mutating func learn(_ failed: [UInt64]) {
        promote(failed)
        (state, tested) = (.open, 0)
    }

    /// Its sites have changed: everything is collected anew.
    mutating func forget() {
        collected = [:]
        (state, tested) = (.open, 0)
    }

    private typealias Failure = (seed: UInt64, verdict: PartVerdict)

    private mutating func tubes(_ seed: UInt64, _ compiled: CompiledScenario) -> CollectedTubes {
        if let known = collected[seed] { return known }
        let tubes = ScenarioSimulation.collect(compiled, part: part, seed: seed)
        collected[seed] = tubes
        return tubes
    }

    private mutating func verdict(
        _ seed: UInt64, _ compiled: CompiledScenario, _ laboratory: Scenario.Laboratory,
        untilLate: Bool = false
    ) -> PartVerdict {
        var goal = compiled.scenario.goal
        goal.window -= margin
        goal.resultsWithin -= margin
        return ScenarioSimulation.test(
            tubes(seed, compiled), compiled, in: laboratory, goal, untilLate: untilLate)
    }

    /// Two failures are enough to mend by, the worse first.
    private mutating func failures(
        _ compiled: CompiledScenario, _ count: Int
    ) -> [Failure] {
        var failing: [Failure] = []
        for seed in seeds.prefix(count) where failing.count < 2 {
            let verdict = verdict(seed, compiled, laboratory)
            if !verdict.isFeasible { failing.append((seed, verdict)) }
        }
        failing.sort { ($0.verdict.late, $0.seed) > ($1.verdict.late, $1.seed) }
        promote(failing.map(\.seed))
        return failing
    }

    private mutating func passes(
        _ laboratory: Scenario.Laboratory, _ compiled: CompiledScenario,
        _ goesOn: () throws -> Bool
    ) throws -> Bool {
        for seed in seeds {
            guard try goesOn() else { return false }
            guard verdict(seed, compiled, laboratory, untilLate: true).isFeasible else {
                promote([seed])
                return false
            }
        }
        return true
    }

    private mutating func promote(_ first: [UInt64]) {
        seeds = first + seeds.filter { !first.contains($0) }
    }

    /// The change that lessens lateness most for its price.
    private mutating func best(
        _ failing: [Failure], _ compiled: CompiledScenario
    ) -> Scenario.Laboratory? {
        var found: (laboratory: Scenario.Laboratory, worth: Double)?
        for change in terms.candidates(failing[0].verdict) {
            guard let more = terms.changed(laboratory, change) else { continue }
            var gain = 0.0
            for (seed, before) in failing {
                gain += before.gain(verdict(seed, compiled, more))
            }
            let worth = gain / terms.price(change)
            if gain > 1e-9, worth > found?.worth ?? 0 { found = (more, worth) }
        }
        return found?.laboratory
    }
}

extension PartVerdict {
    /// By how much another verdict is better, in parts of what is wrong here.
    fileprivate func gain(_ other: PartVerdict) -> Double {
        func part(_ mine: Double, _ theirs: Double) -> Double {
            mine > 1e-9 ? (mine - theirs) / mine : 0
        }
        return part(late, other.late) + 0.3 * part(excess, other.excess)
            + 0.01 * part(waits.reduce(0, +), other.waits.reduce(0, +))
    }
}
