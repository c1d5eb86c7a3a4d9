package import LabDomain
internal import LabScreening
internal import LabSettings
package import LabSimulation

/// What a job works on: whole scenarios, so that its result does not hang on later changes.
package struct JobInput: Codable, Hashable, Sendable {
    /// A scenario with its text.
    package struct Part: Codable, Hashable, Sendable {
        /// What complaints call it.
        package let name: String
        package let yaml: String

        /// A scenario's text under a name.
        package init(name: String, yaml: String) { (self.name, self.yaml) = (name, yaml) }
    }

    package let kind: JobKind
    package let scenarios: [Part]
    /// Runs of each scenario; their seeds count from 1.
    package var runs = 20
    /// Of these, the runs with which one more of each resource is tried; 0 looks for no
    /// bottleneck.
    package var bottleneckRuns = 10
    /// The chance that a plan shall keep every goal.
    package var probability = 0.95
    /// Seconds to plan.
    package var seconds = 120
    /// A laboratory has at most so many times what the scenario gives it.
    package var growth = 2.0
    /// Hours until everybody is sampled, and from receipt to result; nil as the scenario says.
    package var withinHours: Double?
    package var windowHours: Double?
    /// Hours until every result is out; nil as the other goals ask for it.
    package var resultsHours: Double?

    /// A job of a kind on scenarios, with the usual wishes.
    package init(_ kind: JobKind, _ scenarios: [Part]) {
        (self.kind, self.scenarios) = (kind, scenarios)
    }

    /// People times runs at most: a day of one core, roughly.
    static let mostPlayed = 4e9

    /// The scenarios, read; refused with every fault.
    package func read() throws -> [Scenario] {
        try scenarios.map { try ScenarioText.read($0.yaml, named: $0.name) }
    }

    /// Refuses what no job shall do.
    func check() throws {
        let counts: ClosedRange<Int> = kind == .compare ? 2...6 : 1...1
        guard counts ~= scenarios.count else {
            throw Refusal(
                .badData, "A comparison needs two to six scenarios, other work one.",
                remedy: "Choose again.")
        }
        guard (kind == .compare ? 2 : 1)...200 ~= runs, 0...runs ~= bottleneckRuns else {
            throw Refusal(
                .badData, "The number of runs is out of range.",
                remedy: "Take 1 to 200 runs, at least 2 for a comparison or a bottleneck.")
        }
        guard 0.5...0.99 ~= probability, 5...3_600 ~= seconds, 0.1...100 ~= growth,
            [withinHours, windowHours, resultsHours].allSatisfy({
                $0.map { 1...720 ~= $0 } ?? true
            })
        else {
            throw Refusal(
                .badData, "A wish of the plan is out of range.",
                remedy: """
                    The probability lies between 0.5 and 0.99, the time between 5 and 3600 \
                    seconds, the growth between 0.1 and 100, hours between 1 and 720.
                    """)
        }
        let people = try read().reduce(0) { $0 + $1.expectedPeople }
        let played = people * Double(kind == .plan ? 100 : runs + 7 * bottleneckRuns)
        guard played <= Self.mostPlayed else {
            throw Refusal(
                .rule, "So many people in so many runs would take longer than a day.",
                remedy: "Ask for fewer runs.")
        }
    }
}

/// The text of a scenario.
package enum ScenarioText {
    /// The scenario of a text.
    /// - Throws: `Refusal` with every fault, its line and column.
    static func read(_ text: String, named name: String) throws -> Scenario {
        do {
            return try ScenarioFile.read(text, file: name)
        } catch {
            throw Refusal(
                .badData, "The scenario is faulty; nothing was kept or played.",
                remedy: "Mend the places below.", places: places(of: error))
        }
    }

    /// Everything that is wrong with a text; empty when it can be played.
    package static func faults(_ text: String) -> [Refusal.Place] {
        do {
            _ = try ScenarioFile.read(text, file: "scenario")
            return []
        } catch {
            return places(of: error)
        }
    }

    private static func places(of faults: SettingsFaults) -> [Refusal.Place] {
        faults.faults.map {
            Refusal.Place(
                line: $0.place.line, column: $0.place.column,
                subject: $0.place.path.isEmpty ? nil : $0.place.path, code: "scenario",
                message: $0.message, remedy: "")
        }
    }
}
