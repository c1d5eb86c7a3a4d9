internal import LabSimulation

/// Mends a planned scenario by playing it: adds what is missing, then takes away what is not
/// needed, laboratory by laboratory and side by side.
struct PlanCorrection {
    private(set) var scenario: Scenario
    private var compiled: CompiledScenario
    private var laboratories: [LaboratoryMending]
    private let terms: [MendingTerms]
    private let trial: PlanTrial
    private let clock: @Sendable () -> Double
    private let note: @Sendable (PlannerNote) -> Void

    init(
        _ compiled: CompiledScenario, _ question: ScreeningQuestion, seeds: [UInt64],
        keeping kept: [Scenario.Laboratory], _ trial: PlanTrial,
        clock: @escaping @Sendable () -> Double,
        note: @escaping @Sendable (PlannerNote) -> Void
    ) {
        (self.compiled, scenario) = (compiled, compiled.scenario)
        (self.trial, self.clock, self.note) = (trial, clock, note)
        let margin = Self.margin(scenario)
        let own = scenario.laboratories.enumerated().compactMap { part, laboratory in
            MendingTerms(laboratory, question).map { (part, laboratory, $0) }
        }
        precondition(own.count == scenario.laboratories.count, "A plan keeps the names.")
        terms = own.map(\.2)
        laboratories = own.map { part, laboratory, terms in
            let old = kept.first { $0.name == laboratory.name }
            return LaboratoryMending(
                part: part, old ?? laboratory, terms, margin: margin, seeds: seeds,
                state: old == nil ? .open : .passes)
        }
        scenario.laboratories = laboratories.map(\.laboratory)
    }

    /// Minutes by which results must be earlier than the goal asks while the plan is mended.
    ///
    /// The more laboratories, the rarer a late result must be in each of them, rarer than a few
    /// dozen replications can show: twelve minutes for each doubling.
    private static func margin(_ scenario: Scenario) -> Double {
        var doublings = 0.0
        while Double(scenario.laboratories.count) >= 2 * Double(1 << Int(doublings)) {
            doublings += 1
        }
        return min(12 * doublings, scenario.goal.window / 6)
    }

    /// Laboratories that are late, or nearly late, and nothing within the limits helps them.
    var stuck: [String] {
        laboratories.filter { $0.state == .stuck || $0.isTight }.map(\.laboratory.name)
    }

    /// The laboratories that pass with their seeds.
    var mended: [Scenario.Laboratory] {
        laboratories.filter { $0.state == .passes }.map(\.laboratory)
    }

    /// Whether every laboratory passes with its seeds.
    var isMended: Bool { laboratories.allSatisfy { $0.state == .passes } }

    /// Adds until every laboratory passes or is stuck.
    ///
    /// All pass a few seeds first, however long it takes up to `last`: one that was never mended
    /// spoils the whole plan. More seeds follow until `end`.
    mutating func add(until end: Double, atLast last: Double) throws {
        try add(seeds: Self.few, until: last)
        try add(seeds: .max, until: end)
    }

    private static let few = 6

    private mutating func add(seeds: Int, until end: Double) throws {
        while true {
            let (compiled, clock) = (compiled, clock)
            let open = laboratories.indices.filter { laboratories[$0].isOpen(for: seeds) }
            try change(open, isTold: true) { laboratory, mayGoOn in
                try laboratory.add(compiled, seeds: seeds) { try mayGoOn() && clock() < end }
            }
            let late = laboratories.indices.filter { laboratories[$0].state == .samplesLate }
            guard !late.isEmpty, clock() < end else { return }
            for part in late {
                addLines(part)
                laboratories[part].forget()
            }
            self.compiled = try CompiledScenario(scenario)
        }
    }

    /// Takes away what no seed misses, the dearest first, while time lasts.
    mutating func remove(until end: Double) throws {
        let removals = terms.first?.removals ?? []
        for (step, removal) in removals.enumerated() where clock() < end {
            note(.trimming(step + 1, of: removals.count))
            let (compiled, clock) = (compiled, clock)
            try change(Array(laboratories.indices), isTold: false) { laboratory, mayGoOn in
                try laboratory.remove(removal, compiled) { try mayGoOn() && clock() < end }
            }
        }
    }

    /// Adds seeds with which laboratories failed.
    mutating func learn(_ failed: [PlanTrial.Task]) {
        for (part, tasks) in Dictionary(grouping: failed, by: \.part) {
            laboratories[part].learn(Set(tasks.map(\.seed)).sorted())
        }
    }

    private typealias Work =
        @Sendable (inout LaboratoryMending, PlanTrial.MayGoOn) throws -> Void

    private mutating func change(
        _ parts: [Int], isTold: Bool, _ work: @escaping Work
    ) throws {
        let (before, all, note) = (laboratories, laboratories.count, note)
        let changed = try trial.parallel(parts.count) { place, mayGoOn in
            var own = before[parts[place]]
            try work(&own, mayGoOn)
            return own
        } done: { left in
            if isTold { note(.late(left, of: all)) }
        }
        for (part, mended) in zip(parts, changed) {
            laboratories[part] = mended
            scenario.laboratories[part] = mended.laboratory
        }
    }

    private mutating func addLines(_ part: Int) {
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
    }
}
