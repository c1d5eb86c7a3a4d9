package import LabDomain
internal import LabScreening
internal import LabSimulation
package import LabStore

/// Keeps a scenario, or another version of one.
///
/// Only a scenario that can be played is kept. Nobody overwrites what another has saved meanwhile:
/// the version that was changed is named.
package struct KeepScenario: Command, Encodable {
    package static let verb = Verb.planScreening

    /// The scenario of which this is another version; nil is a new one.
    let scenario: String?
    /// The version that was changed.
    let base: Int
    let yaml: String

    /// Where it is kept.
    package struct Answer: Codable, Sendable {
        package let scenario: String
        package let version: Int
    }

    /// The text of a scenario.
    package init(_ yaml: String, of scenario: String? = nil, changing base: Int = 0) {
        (self.yaml, self.scenario, self.base) = (yaml, scenario, base)
    }

    package func prepare(
        under rules: Rules, for member: Member, vault: IdentityVault, at now: Timestamp
    ) throws -> ScenarioHead {
        ScenarioHead(try ScenarioText.read(yaml, named: "scenario"))
    }

    package func perform(_ prepared: ScenarioHead, in work: Work) throws -> Answer {
        let head = prepared
        guard ReadyScenario(rawValue: head.name) == nil, !head.name.isEmpty,
            head.name.count <= 100
        else {
            throw Refusal(
                .exists, "A scenario that comes with the program is called `\(head.name)`.",
                remedy: "Give this one another name, of 1 to 100 characters.")
        }
        if let other = try work.transaction.scenario(named: head.name), other.id != scenario {
            throw Refusal(
                .exists, "Another scenario is called `\(head.name)` already.",
                remedy: "Give this one another name, or change that one.")
        }
        guard let scenario else {
            let id = work.identifier("SC")
            try keep(id, head, version: 1, in: work)
            return Answer(scenario: id, version: 1)
        }
        guard let known = try work.transaction.scenario(scenario) else {
            throw ScenarioRefusals.unknown
        }
        guard known.version == base else {
            throw Refusal(
                .rule,
                "`\(known.savedBy)` saved version \(known.version) of this scenario meanwhile.",
                remedy: "Compare with it, and save your changes on top of it.")
        }
        // Nothing was changed: the version that is there says it all.
        if try work.transaction.yaml(ofScenario: scenario, version: base) == yaml {
            return Answer(scenario: scenario, version: base)
        }
        try keep(scenario, head, version: base + 1, in: work)
        return Answer(scenario: scenario, version: base + 1)
    }

    private func keep(_ id: String, _ head: ScenarioHead, version: Int, in work: Work) throws {
        try work.transaction.keepScenario(
            id, name: head.name, title: head.title, people: head.people, version: version,
            yaml: yaml)
    }
}

/// What lists show of a scenario.
package struct ScenarioHead: Codable, Hashable, Sendable {
    package let name: String
    package let title: String
    package let people: Int

    init(_ scenario: Scenario) {
        (name, title) = (scenario.name, scenario.title)
        people = scenario.districts.reduce(0) { $0 + $1.people }
    }
}

/// Takes a scenario off the list.
package struct RemoveScenario: Command, Encodable {
    package static let verb = Verb.planScreening

    let scenario: String

    /// What was removed.
    package struct Answer: Codable, Sendable {
        package let name: String
    }

    /// A scenario by its identifier.
    package init(_ scenario: String) { self.scenario = scenario }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard let known = try work.transaction.scenario(scenario) else {
            throw ScenarioRefusals.unknown
        }
        try work.transaction.removeScenario(scenario)
        return Answer(name: known.name)
    }
}

/// What is said of scenarios in several places.
enum ScenarioRefusals {
    static let unknown = Refusal(
        .unknown, "There is no such scenario; it may have been removed.",
        remedy: "See the list of scenarios.")
}

/// A scenario with its text.
package struct ScenarioStory: Sendable {
    /// Nil for one that comes with the program.
    package let stored: StoredScenario?
    package let head: ScenarioHead
    /// The version that is shown; 0 for one that comes with the program.
    package let version: Int
    package let versions: [ScenarioVersion]
    package let yaml: String
}

extension Laboratory {
    /// The laboratory's own scenarios, the latest saved first.
    package func scenarios(as handle: String) throws -> [StoredScenario] {
        try look(.planScreening, as: handle) { try $0.scenarios(most: 200) }
    }

    /// A scenario by its identifier or its name, or a ready one by its name; nil when there is
    /// none.
    package func scenario(
        _ id: String, version: Int? = nil, as handle: String
    ) throws -> ScenarioStory? {
        try look(.planScreening, as: handle) { view in
            guard let stored = try view.scenario(id) ?? view.scenario(named: id) else {
                return Self.readyScenarios.first { $0.head.name == id }
            }
            let version = version ?? stored.version
            guard let yaml = try view.yaml(ofScenario: stored.id, version: version) else {
                return nil
            }
            return ScenarioStory(
                stored: stored,
                head: ScenarioHead(try ScenarioText.read(yaml, named: stored.name)),
                version: version, versions: try view.versions(ofScenario: stored.id, most: 50),
                yaml: yaml)
        }
    }

    /// A name that no scenario has: the wished one, or with the next free number.
    package func freeName(for wish: String, as handle: String) throws -> String {
        try look(.planScreening, as: handle) { view in
            func isFree(_ name: String) throws -> Bool {
                try ReadyScenario(rawValue: name) == nil && view.scenario(named: name) == nil
            }
            if try isFree(wish) { return wish }
            for number in 2...999 where try isFree("\(wish)-\(number)") {
                return "\(wish)-\(number)"
            }
            return wish
        }
    }

    /// The scenarios that come with the program, read once.
    package static let readyScenarios = ReadyScenario.allCases.compactMap { try? story($0) }

    private static func story(_ ready: ReadyScenario) throws -> ScenarioStory {
        let yaml = try ready.text()
        return ScenarioStory(
            stored: nil, head: ScenarioHead(try ScenarioText.read(yaml, named: ready.rawValue)),
            version: 0, versions: [], yaml: yaml)
    }
}
