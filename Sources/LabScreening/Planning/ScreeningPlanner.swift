package import LabSimulation

/// Finds the least-cost resources with which a scenario reaches its goal, and proves them.
///
/// A program of flows gives a bound and a plan; the plan is played with chance, what makes it
/// late is added, what nobody misses is taken away, and fresh replications say how often the
/// goal is kept. A plan is called feasible only when they prove it.
package struct ScreeningPlanner: Sendable {
    /// What is wanted.
    package struct Wishes: Sendable {
        /// The chance that every goal is kept.
        package var probability = 0.95
        package var replications = 100
        /// Seconds on the clock; a proof that has begun is finished all the same, unless that
        /// would take twice as long.
        package var seconds = 120.0
        package var threads = 1
        /// The first seed; mending uses those from here on, the proof others.
        package var seed: UInt64 = 1
        package var rules = PlanRules()

        /// The usual wishes.
        package init() {}
    }

    private let wishes: Wishes
    private let clock: @Sendable () -> Double
    private let note: @Sendable (PlannerNote) -> Void
    private let mayGoOn: @Sendable () throws -> Void
    private let begin: Double

    /// A planner with a clock that counts seconds from any beginning.
    ///
    /// `note` is told what is going on; `mayGoOn` is asked between the steps and ends the work by
    /// throwing.
    package init(
        _ wishes: Wishes, clock: @escaping @Sendable () -> Double,
        note: @escaping @Sendable (PlannerNote) -> Void = { _ in },
        mayGoOn: @escaping @Sendable () throws -> Void = {}
    ) {
        (self.wishes, self.clock, self.note) = (wishes, clock, note)
        self.mayGoOn = mayGoOn
        begin = clock()
    }

    /// Plans a scenario, or says what the least is that makes it possible.
    ///
    /// The first relaxation is planned too, in the time that is left.
    package func answer(_ scenario: Scenario) throws -> ScreeningAnswer {
        var stuck = Array(scenario.districts.indices)
        if !Relaxation.samplesTooLong(scenario) {
            do {
                return .plan(try plan(scenario))
            } catch let error as CitySearch.Stuck {
                guard error.isCertain else { throw error }
                stuck = error.districts
            }
        }
        note(.relaxing)
        let found = try Relaxation.find(scenario, wishes.rules, for: stuck, mayGoOn: mayGoOn)
        var planned: ScreeningPlan?
        if let first = found.first {
            var own = wishes
            own.rules = first.rules
            own.seconds = max(0.5 * wishes.seconds, wishes.seconds - (clock() - begin))
            planned = try ScreeningPlanner(
                own, clock: clock, note: note, mayGoOn: mayGoOn
            ).plan(first.scenario)
        }
        return .impossible(districts: stuck.map { scenario.districts[$0].name }, found, planned)
    }

    /// Plans a scenario that has no faults.
    ///
    /// A laboratory that its limits make late gets less to do, and the city is planned again.
    /// - Throws: `CitySearch.Stuck` when the goal cannot be met within the limits.
    package func plan(_ scenario: Scenario) throws -> ScreeningPlan {
        let question = ScreeningQuestion(scenario, wishes.rules)
        let city = try search(question.problem, 0.2)
        let fluidSeconds = clock() - begin
        let trial = PlanTrial(threads: wishes.threads, mayGoOn: mayGoOn)
        var budget = PlanBudget(
            begin: begin, seconds: wishes.seconds, replications: wishes.replications)
        // Chance will ask for more where flows alone need all that there may be.
        var (problem, planned) = (question.problem, city)
        let full = problem.laboratories.indices.filter { city.isFull($0, in: problem) }
        _ = try ease(full, &problem, &planned)
        var mending = try mend(planned, question, trial, &budget)
        for _ in 0..<8 where !mending.stuck.isEmpty && clock() < time(0.5) {
            let places = problem.laboratories.indices.filter {
                mending.stuck.contains(problem.laboratories[$0].name)
            }
            guard let touched = try ease(places, &problem, &planned) else { break }
            let kept = mending.mended.filter { !touched.contains($0.name) }
            mending = try mend(planned, question, trial, &budget, keeping: kept)
        }
        if mending.isMended { try mending.remove(until: budget.mendingEnd(at: clock())) }
        let proof = try prove(&mending, trial, &budget)
        return ScreeningPlan(
            scenario: mending.scenario, question: question, city: city, proof: proof,
            wishes: wishes, fluidSeconds: fluidSeconds, seconds: clock() - begin)
    }

    private func search(_ problem: ScreeningProblem, _ share: Double) throws -> CityPlan {
        let note = note
        let search = CitySearch(problem, clock: clock, seconds: share * wishes.seconds)
        return try search.run(mayGoOn: mayGoOn) { city, done, all in
            note(.part(done, of: all))
        }
    }

    /// Gives some laboratories less to do.
    ///
    /// - Returns: The laboratories that have other work now; nil when nothing can be done.
    private func ease(
        _ places: [Int], _ problem: inout ScreeningProblem, _ planned: inout CityPlan
    ) throws -> Set<String>? {
        let names = places.map { problem.laboratories[$0].name }
        var eased = problem
        guard !names.isEmpty, eased.ease(names) else { return nil }
        note(.eased(names))
        let search = CitySearch(eased, clock: clock, seconds: 0.05 * wishes.seconds)
        let (city, touched) = try search.again(planned, for: Set(places), mayGoOn: mayGoOn)
        (problem, planned) = (eased, city)
        return touched.isEmpty ? nil : Set(touched.map { problem.laboratories[$0].name })
    }

    private func time(_ share: Double) -> Double { begin + share * wishes.seconds }

    /// Mends a plan of flows; what time it takes leaves enough for the proof.
    ///
    /// Laboratories that were mended before, and have the same work, stay as they are in `kept`.
    private func mend(
        _ city: CityPlan, _ question: ScreeningQuestion, _ trial: PlanTrial,
        _ budget: inout PlanBudget, keeping kept: [Scenario.Laboratory] = []
    ) throws -> PlanCorrection {
        let compiled = try CompiledScenario(PlannedScenario(city, for: question).scenario)
        try budget.measure(compiled, trial, seed: wishes.seed, clock: clock)
        let seeds = (0..<UInt64(budget.seeds(at: clock()))).map { wishes.seed &+ $0 }
        let end = budget.mendingEnd(at: clock())
        var mending = PlanCorrection(
            compiled, question, seeds: seeds, keeping: kept, trial, clock: clock, note: note)
        try mending.add(until: end, atLast: budget.mendingMustEnd)
        return mending
    }

    /// Proves a plan by fresh replications; what fails is mended and proved anew while there is
    /// time for a whole proof.
    private func prove(
        _ mending: inout PlanCorrection, _ trial: PlanTrial, _ budget: inout PlanBudget
    ) throws -> Feasibility {
        var fresh = wishes.seed &+ 1_000_003
        while true {
            let (proof, failed) = try replicate(mending.scenario, trial, &budget, &fresh)
            guard !wishes.isProved(by: proof), !failed.isEmpty, budget.allowsProof(at: clock())
            else { return proof }
            note(.failed(Set(failed.map(\.part)).count))
            let before = mending.scenario
            mending.learn(failed)
            try mending.add(
                until: budget.mendingEnd(at: clock()), atLast: budget.mendingMustEnd)
            guard mending.scenario != before else { return proof }
        }
    }

    /// Plays fresh replications of the whole city; more of them when few failures leave it open.
    private func replicate(
        _ scenario: Scenario, _ trial: PlanTrial, _ budget: inout PlanBudget,
        _ fresh: inout UInt64
    ) throws -> (Feasibility, [PlanTrial.Task]) {
        let compiled = try CompiledScenario(scenario)
        var proof = Feasibility(replications: 0, feasible: 0)
        var failed: [PlanTrial.Task] = []
        while proof.replications < 3 * wishes.replications, clock() < budget.mustEnd {
            let count = min(10, wishes.replications - proof.replications % wishes.replications)
            let seeds = (0..<UInt64(count)).map { fresh &+ $0 }
            fresh &+= UInt64(count)
            let tasks = seeds.flatMap { seed in
                compiled.parts.indices.map { PlanTrial.Task(part: $0, seed: seed) }
            }
            let start = clock()
            let late = try trial.failures(compiled, tasks)
            budget.learn(count, took: clock() - start)
            failed += late
            proof = Feasibility(
                replications: proof.replications + count,
                feasible: proof.feasible + count - Set(late.map(\.seed)).count)
            note(.proof(kept: proof.feasible, of: proof.replications))
            if ends(proof, budget) { break }
        }
        return (proof, failed)
    }

    /// Whether more replications would be of no use, or another plan of more.
    private func ends(_ proof: Feasibility, _ budget: PlanBudget) -> Bool {
        let isWhole = proof.replications % wishes.replications == 0
        if proof.replications - proof.feasible >= 10 { return true }
        if isWhole, wishes.isProved(by: proof) { return true }
        let lost = proof.replications - proof.feasible
        // So many could be lost of three times as many, and the rest still prove it.
        let isLost = lost > 1 && Double(lost) > 0.03 * Double(proof.replications)
        let hasTime = budget.allowsProof(at: clock())
        return hasTime ? isLost : isWhole
    }
}

extension ScreeningPlanner.Wishes {
    /// Whether so many replications, and no fewer than are wanted, prove the chosen chance.
    func isProved(by proof: Feasibility) -> Bool {
        proof.replications >= replications && proof.lowerLimit >= probability
    }
}

extension ScreeningProblem {
    /// Gives some laboratories a tenth less of machines and people to plan with.
    ///
    /// - Returns: Whether any of them had more than one of anything to give.
    mutating func ease(_ names: [String]) -> Bool {
        var isEased = false
        func lessen(_ count: inout Int) {
            let less = max(1, count - max(1, count / 10))
            isEased = isEased || less < count
            count = min(count, less)
        }
        for place in laboratories.indices where names.contains(laboratories[place].name) {
            lessen(&laboratories[place].pcr.most)
            lessen(&laboratories[place].extraction.most)
            lessen(&laboratories[place].reception.most)
            lessen(&laboratories[place].review.most)
        }
        return isEased
    }
}

/// What the planner says of a scenario.
package enum ScreeningAnswer: Sendable {
    case plan(ScreeningPlan)
    /// Not even flows without chance keep the goal in these districts; what would help, and the
    /// plan of the first of it.
    case impossible(districts: [String], [Relaxation], ScreeningPlan?)
}

/// A plan with what is known of it.
package struct ScreeningPlan: Sendable {
    /// The plan as a scenario.
    package let scenario: Scenario
    /// What its resources cost.
    package let cost: Double
    /// What those of the given scenario cost for the same time.
    package let givenCost: Double
    /// The cost of the fluid program's plan, before chance.
    package let fluidCost: Double
    /// No plan of the fluid program costs less.
    package let bound: Double
    /// Of all costs those for sites and samplers, the same in bound and plan.
    package let collectionCost: Double
    package let proof: Feasibility
    package let probability: Double
    package let rules: PlanRules
    package let fluidSeconds: Double
    package let seconds: Double

    init(
        scenario: Scenario, question: ScreeningQuestion, city: CityPlan, proof: Feasibility,
        wishes: ScreeningPlanner.Wishes, fluidSeconds: Double, seconds: Double
    ) {
        self.scenario = scenario
        cost = scenario.resourceCost(until: question.end)
        givenCost = question.scenario.resourceCost(until: question.end)
        fluidCost = city.cost
        bound = city.bound
        collectionCost = question.sites.reduce(0) { $0 + $1.cost }
        self.proof = proof
        probability = wishes.probability
        isFeasible = wishes.isProved(by: proof)
        rules = question.rules
        self.fluidSeconds = fluidSeconds
        self.seconds = seconds
    }

    /// Whether the replications prove the chosen probability.
    package let isFeasible: Bool
    /// (cost − bound) / cost of the program's plan.
    package var fluidGap: Double { max(0, fluidCost - bound) / max(fluidCost, 1e-9) }
    /// (cost − bound) / cost of the plan that was proved.
    package var gap: Double { max(0, cost - bound) / max(cost, 1e-9) }
}
