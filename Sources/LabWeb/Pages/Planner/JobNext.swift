internal import LabDomain
internal import LabOperations
internal import LabScreening

/// What is done after a job: a look at its scenarios, the same again, or the next step.
struct JobNext: Hashable, Sendable {
    struct Link: Hashable, Sendable {
        let path: String
        let name: String
    }

    struct Field: Hashable, Sendable {
        let name: String
        let value: String
    }

    let scenarios: [Link]
    /// What is sent to ask for the same work on the scenarios as they are now.
    let fields: [Field]
    /// Where a simulated scenario's plan is asked for; nil for other work.
    let planPath: String?

    /// Nil when a scenario is no longer there.
    init?(_ input: JobInput, for visit: Visit) throws {
        let stored = try visit.laboratory.scenarios(as: visit.handle)
        let values = input.scenarios.compactMap { part in
            ReadyScenario(rawValue: part.name)?.rawValue
                ?? stored.first { $0.name == part.name }?.id
        }
        guard values.count == input.scenarios.count else { return nil }
        scenarios = zip(values, input.scenarios).map {
            Link(path: "/planner/scenarios/\($0)", name: $1.name)
        }
        var fields = [("kind", input.kind.rawValue)] + values.map { ("scenario", $0) }
        switch input.kind {
        case .simulate, .compare:
            fields += [("runs", "\(input.runs)"), ("bottleneckRuns", "\(input.bottleneckRuns)")]
        case .plan:
            let hours = [
                ("within", input.withinHours), ("window", input.windowHours),
                ("results", input.resultsHours), ("growth", input.growth),
                ("probability", 100 * input.probability),
            ]
            fields += [("seconds", "\(input.seconds)")]
            fields += hours.compactMap { name, value in
                value.map { (name, FormText.number($0)) }
            }
        }
        self.fields = fields.map { Field(name: $0.0, value: $0.1) }
        planPath = input.kind == .simulate ? scenarios.first.map { $0.path + "#plan-title" } : nil
    }
}
