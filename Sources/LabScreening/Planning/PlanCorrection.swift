internal import LabSimulation

/// Mends a planned scenario by playing it: adds what is missing, then takes away what is not
/// needed, laboratory by laboratory, always with the same seeds.
struct PlanCorrection {
    /// One more, or one less, of something.
    enum Change: Hashable {
        case machines(cyclers: Int, extractors: Int)
        /// People at a station in one shift.
        case staff(ScenarioStation, shift: Int, Int)
        case lines
    }

    private(set) var scenario: Scenario
    /// Laboratories that are late, and nothing within the limits helps them.
    private(set) var stuck: [String] = []
    private let question: ScreeningQuestion
    private let trial: PlanTrial
    private let clock: @Sendable () -> Double
    private let note: @Sendable (PlannerNote) -> Void
    private let mayGoOn: @Sendable () throws -> Void
    /// Minutes by which results must be earlier than the goal asks while the plan is mended.
    ///
    /// The more laboratories, the rarer a late result must be in each of them, rarer than a few
    /// dozen replications can show: twelve minutes for each doubling.
    private var margin: Double
    /// Seeds with which each part must pass; those that failed before come first.
    private var seeds: [[UInt64]]

    init(
        _ scenario: Scenario, _ question: ScreeningQuestion, seeds: [UInt64], threads: Int,
        clock: @escaping @Sendable () -> Double, note: @escaping @Sendable (PlannerNote) -> Void,
        mayGoOn: @escaping @Sendable () throws -> Void
    ) {
        self.scenario = scenario
        self.question = question
        self.clock = clock
        self.note = note
        self.mayGoOn = mayGoOn
        trial = PlanTrial(threads: threads)
        var doublings = 0.0
        while Double(scenario.laboratories.count) >= 2 * Double(1 << Int(doublings)) {
            doublings += 1
        }
        margin = min(12 * doublings, scenario.goal.window / 6)
        self.seeds = Array(repeating: seeds, count: scenario.laboratories.count)
    }

    private func compiled(_ scenario: Scenario) throws(ScenarioFaults) -> CompiledScenario {
        var strict = scenario
        strict.goal.window -= margin
        strict.goal.resultsWithin -= margin
        return try CompiledScenario(strict)
    }

    /// Adds until every laboratory passes with its seeds.
    /// - Returns: Whether that was reached before `end` and within the limits.
    mutating func add(until end: Double) throws -> Bool {
        var open = Array(scenario.laboratories.indices)
        while !open.isEmpty {
            try mayGoOn()
            let failing = failures(try compiled(scenario), open)
            open = failing.keys.sorted()
            guard !open.isEmpty else { return true }
            note(.late(open.count, of: scenario.laboratories.count))
            guard clock() < end else { return false }
            let chosen = try best(failing)
            stuck = open.filter { chosen[$0] == nil }.map { scenario.laboratories[$0].name }
            if !stuck.isEmpty, margin > 0 {
                // Within the limits there is no room for a margin; the proof decides.
                (margin, stuck) = (0, [])
                continue
            }
            guard stuck.isEmpty else { return false }
            for (part, change) in chosen { apply(change, to: part, of: &scenario) }
            open = chosen.keys.sorted()
        }
        return true
    }

    /// The failing results of each part, the worst first.
    ///
    /// Two are enough to mend by; seeds that failed before are asked first.
    private mutating func failures(
        _ compiled: CompiledScenario, _ parts: [Int]
    ) -> [Int: [(seed: UInt64, result: PlanTrial.Result)]] {
        let (trial, seeds) = (trial, seeds)
        let lists = trial.parallel(parts.count) { place in
            trial.failures(compiled, parts[place], seeds[parts[place]], most: 2)
        }
        var failing: [Int: [(seed: UInt64, result: PlanTrial.Result)]] = [:]
        for (part, list) in zip(parts, lists) where !list.isEmpty {
            let sorted = list.sorted { ($0.result.late, $0.seed) > ($1.result.late, $1.seed) }
            failing[part] = sorted
            promote(sorted.map(\.seed), of: part)
        }
        return failing
    }

    private mutating func promote(_ first: [UInt64], of part: Int) {
        seeds[part] = first + seeds[part].filter { !first.contains($0) }
    }

    /// For each failing part the change that lessens lateness most for its price.
    private func best(
        _ failing: [Int: [(seed: UInt64, result: PlanTrial.Result)]]
    ) throws -> [Int: Change] {
        let candidates = failing.mapValues { list in self.candidates(list[0].result) }
        var found: [Int: (change: Change, worth: Double)] = [:]
        let longest = candidates.values.map(\.count).max() ?? 0
        for turn in 0..<longest {
            try mayGoOn()
            // One scenario holds the same turn's change of every part: parts do not touch.
            var tried = scenario
            var tasks: [PlanTrial.Task] = []
            var before: [PlanTrial.Result] = []
            for part in failing.keys.sorted() {
                guard let list = failing[part], let options = candidates[part],
                    turn < options.count, allowed(options[turn], part)
                else { continue }
                apply(options[turn], to: part, of: &tried)
                for entry in list.prefix(2) {
                    tasks.append(.init(part: part, seed: entry.seed))
                    before.append(entry.result)
                }
            }
            guard !tasks.isEmpty else { continue }
            let results = trial.run(try compiled(tried), tasks)
            var gain: [Int: Double] = [:]
            for (place, task) in tasks.enumerated() {
                gain[task.part, default: 0] += before[place].gain(results[place])
            }
            for (part, gain) in gain {
                guard let options = candidates[part] else { continue }
                let worth = gain / price(options[turn], part)
                if gain > 1e-9, worth > found[part]?.worth ?? 0 {
                    found[part] = (options[turn], worth)
                }
            }
        }
        return found.mapValues(\.change)
    }

    /// What might help, by where most was waited.
    private func candidates(_ result: PlanTrial.Result) -> [Change] {
        if result.sampledLate { return [.lines] }
        var changes: [Change] = [
            .machines(cyclers: 1, extractors: 0), .machines(cyclers: 0, extractors: 1),
            .machines(cyclers: 2, extractors: 1),
        ]
        let shift = 60 * question.rules.staffShift
        for station in [ScenarioStation.reception, .review] {
            let worst = Int(result.worstMinute[station.rawValue] / shift)
            for near in [worst, worst - 1, worst + 1] where near >= 0 {
                changes.append(.staff(station, shift: near, 1))
            }
        }
        return changes
    }

    /// Takes away what no seed misses, the dearest first, while time lasts.
    mutating func remove(until end: Double) throws {
        for change in removals where clock() < end {
            var parts = Array(scenario.laboratories.indices)
            while !parts.isEmpty, clock() < end {
                try mayGoOn()
                parts = parts.filter { allowed(change, $0) }
                var tried = scenario
                for part in parts { apply(change, to: part, of: &tried) }
                let compiled = try compiled(tried)
                let (trial, seeds, asked) = (trial, seeds, parts)
                let passed = trial.parallel(asked.count) { place in
                    trial.failures(compiled, asked[place], seeds[asked[place]], most: 1).isEmpty
                }
                parts = zip(parts, passed).filter(\.1).map(\.0)
                for part in parts { apply(change, to: part, of: &scenario) }
            }
        }
    }

    private var removals: [Change] {
        let shift = 60 * question.rules.staffShift
        let shifts = Int((question.end / shift).rounded(.up))
        return [
            .machines(cyclers: -1, extractors: -1), .machines(cyclers: -1, extractors: 0),
            .machines(cyclers: 0, extractors: -1),
        ]
            + (0..<shifts).flatMap { shift -> [Change] in
                [.staff(.reception, shift: shift, -1), .staff(.review, shift: shift, -1)]
            }
    }

    /// Adds seeds with which a part failed.
    mutating func learn(_ failed: [PlanTrial.Task]) {
        for (part, tasks) in Dictionary(grouping: failed, by: \.part) {
            promote(tasks.map(\.seed), of: part)
        }
    }
}

extension PlanCorrection {
    private func allowed(_ change: Change, _ part: Int) -> Bool {
        let laboratory = scenario.laboratories[part]
        guard
            let given = question.scenario.laboratories.first(where: { $0.name == laboratory.name })
        else { return false }
        let rules = question.rules
        switch change {
        case .lines: return true
        case .machines(let cyclers, let extractors):
            let most = (rules.most(.pcr, of: given), rules.most(.extraction, of: given))
            return 1...most.0 ~= laboratory.cyclers.most + cyclers
                && 1...most.1 ~= laboratory.extractors.most + extractors
        case .staff(let station, let shift, let more):
            let time = 60 * question.rules.staffShift * Double(shift)
            let count = laboratory.levels(of: station).level(at: time) + more
            // An open laboratory is never left alone: who is called back may come at any hour.
            return 1...rules.most(station, of: given) ~= count
        }
    }

    private func price(_ change: Change, _ part: Int) -> Double {
        let laboratory = question.problem.laboratories[0]
        switch change {
        case .lines: return 1
        case .machines(let cyclers, let extractors):
            return laboratory.pcr.cost * Double(cyclers)
                + laboratory.extraction.cost * Double(extractors)
        case .staff(_, let shift, _):
            return laboratory.review.costs[min(shift, laboratory.review.costs.count - 1)]
        }
    }

    private func apply(_ change: Change, to part: Int, of scenario: inout Scenario) {
        switch change {
        case .lines:
            for place in scenario.districts.indices
            where scenario.districts[place].routes.contains(where: { $0.laboratory == part }) {
                if scenario.districts[place].samplers != nil {
                    scenario.districts[place].samplers = nil
                } else {
                    for site in scenario.districts[place].sites.indices {
                        scenario.districts[place].sites[site].lines += 1
                    }
                }
            }
        case .machines(let cyclers, let extractors):
            let laboratory = scenario.laboratories[part]
            scenario.laboratories[part].cyclers = .always(laboratory.cyclers.most + cyclers)
            scenario.laboratories[part].extractors = .always(
                laboratory.extractors.most + extractors)
        case .staff(let station, let shift, let more):
            let levels = scenario.laboratories[part].levels(of: station)
            scenario.laboratories[part].set(changed(levels, shift, more), at: station)
        }
    }

    /// The staircase with so many more in one shift.
    private func changed(_ levels: Levels, _ shift: Int, _ more: Int) -> Levels {
        let length = 60 * question.rules.staffShift
        let shifts = max(shift + 1, Int((question.end / length).rounded(.up)))
        return Levels(
            (0..<shifts).map { number in
                let start = length * Double(number)
                let count = levels.level(at: start) + (number == shift ? more : 0)
                return .init(from: start, count: max(0, count))
            })
    }
}
