internal import LabDomain
package import LabSimulation

/// A change of the question that makes an impossible goal possible in the fluid program.
///
/// It is the least of its kind by that program, and so the least that can help at all: with less
/// of it not even flows without chance keep the goal.
package struct Relaxation: Sendable, Hashable {
    /// What is changed.
    package enum Kind: Sendable, Hashable {
        /// Hours more for each result and for the last one.
        case hours(Int)
        /// Hours more until everybody is sampled.
        case samplingHours(Int)
        /// Machines or people more at a station of each laboratory.
        case more(ScenarioStation, Int)
        /// PCR machines more in each laboratory, with half as many for extraction.
        case machines(Int)
        /// Times the machines and people of each laboratory, of everything.
        case growth(Double)
        /// Twenty people in each mixed tube.
        case twentyInTube
    }

    package let kind: Kind
    package let scenario: Scenario
    package let rules: PlanRules

    /// The least relaxations that can help some districts, one of each kind.
    package static func find(
        _ scenario: Scenario, _ rules: PlanRules, for districts: [Int],
        mayGoOn: () throws -> Void = {}
    ) throws -> [Relaxation] {
        let late = samplingHours(scenario)
        guard late == 0 else { return [changed(scenario, rules, .samplingHours(late))] }
        var part = scenario
        part.districts = districts.map { scenario.districts[$0] }
        func helps(_ kind: Kind) throws -> Bool {
            try mayGoOn()
            return isPossible(changed(part, rules, kind))
        }
        var kinds: [Kind] = []
        func add(_ most: Int, _ kind: (Int) -> Kind) throws {
            if let least = try least(most, { try helps(kind($0)) }) { kinds.append(kind(least)) }
        }
        try add(96) { .hours($0) }
        if changed(part, rules, .twentyInTube).scenario.tubes != part.tubes,
            try helps(.twentyInTube)
        {
            kinds.append(.twentyInTube)
        }
        let before = kinds.count
        for station in ScenarioStation.allCases { try add(256) { .more(station, $0) } }
        if kinds.count == before {
            try add(256) { .machines($0) }
            try add(64) { .growth(rules.growth + 0.25 * Double($0)) }
        }
        return kinds.map { changed(scenario, rules, $0) }
    }

    /// Whether the days and hours of opening themselves are longer than sampling may last.
    package static func samplesTooLong(_ scenario: Scenario) -> Bool { samplingHours(scenario) > 0 }

    private static func changed(
        _ scenario: Scenario, _ rules: PlanRules, _ kind: Kind
    ) -> Relaxation {
        var (scenario, rules) = (scenario, rules)
        switch kind {
        case .hours(let hours):
            scenario.goal.window += 60 * Double(hours)
            scenario.goal.resultsWithin += 60 * Double(hours)
        case .samplingHours(let hours):
            scenario.goal.sampledWithin += 60 * Double(hours)
            scenario.goal.resultsWithin += 60 * Double(hours)
        case .more(let station, let count): rules.extra[station, default: 0] += count
        case .machines(let count):
            rules.extra[.pcr, default: 0] += count
            rules.extra[.extraction, default: 0] += (count + 1) / 2
        case .growth(let growth): rules.growth = growth
        case .twentyInTube:
            for (risk, use) in scenario.tubes {
                if case .mixed = use { scenario.tubes[risk] = .mixed(.twenty) }
            }
        }
        return Relaxation(kind: kind, scenario: scenario, rules: rules)
    }

    /// The hours that sampling lasts beyond its goal, by the days and opening hours themselves.
    private static func samplingHours(_ scenario: Scenario) -> Int {
        let end =
            scenario.districts.indices.map { scenario.expectedShares(of: $0).count }.max() ?? 0
        return max(0, Int((Double(end) - scenario.goal.sampledWithin / 60).rounded(.up)))
    }

    private static func isPossible(_ relaxation: Relaxation) -> Bool {
        ScreeningQuestion(relaxation.scenario, relaxation.rules).problem.parts.allSatisfy { part in
            var simplex = Simplex(FluidProgram(part.problem).program)
            return simplex.solve().status == .optimal
        }
    }

    /// The least number up to `most` with which something holds that more of it cannot undo.
    private static func least(
        _ most: Int, _ holds: (Int) throws -> Bool
    ) rethrows -> Int? {
        guard try holds(most) else { return nil }
        var (low, high) = (0, most)
        while high - low > 1 {
            let middle = (low + high) / 2
            if try holds(middle) { high = middle } else { low = middle }
        }
        return high
    }
}

extension Scenario {
    /// The scenario with everybody sampled within so many minutes of its start.
    ///
    /// People come on as many days as fit, in equal parts, and not on more than before; results
    /// follow within the window.
    package func sampled(within minutes: Double) -> Scenario {
        var scenario = self
        scenario.goal.sampledWithin = minutes
        scenario.goal.resultsWithin = minutes + goal.window
        let opening = sampling.opens - clockAtStart
        let first = (opening < 0 ? opening + 1_440 : opening) + 60 * Double(sampling.profile.count)
        let fitting = Int(((minutes - first) / 1_440).rounded(.down)) + 1
        guard fitting >= 1 else { return scenario }
        func shortened(_ days: [Double]) -> [Double] {
            days.count <= fitting
                ? days : [Double](repeating: 1 / Double(fitting), count: fitting)
        }
        scenario.sampling.days = shortened(sampling.days)
        for place in districts.indices {
            scenario.districts[place].days = districts[place].days.map(shortened)
        }
        return scenario
    }
}
