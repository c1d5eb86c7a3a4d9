internal import LabDomain
internal import LabOperations
internal import LabScreening
internal import LabSimulation
internal import LabStore

/// One scenario: its main numbers in a form, its file beside them, and what can be done with it.
struct ScenarioPage: Hashable, Sendable {
    struct Input: Hashable, Sendable {
        let name: String
        /// An identifier without the brackets of the name.
        let id: String
        let label: String
        let value: String
        let isBad: Bool
    }

    struct Choice: Hashable, Sendable {
        let value: String
        let text: String
        let isChosen: Bool
    }

    struct Select: Hashable, Sendable {
        let name: String
        let id: String
        let label: String
        let choices: [Choice]
    }

    struct Row: Hashable, Sendable {
        let name: String
        let inputs: [Input]
    }

    struct Version: Hashable, Sendable {
        let path: String
        let text: String
        let isHere: Bool
    }

    /// A fault with its place.
    struct Fault: Hashable, Sendable {
        let text: String
        /// The field that it is about; empty when the form has none.
        let field: String
    }

    let csrf: String
    let key: String
    let path: String
    let value: String
    let back: String
    let name: String
    let title: String
    let summary: String
    let isReady: Bool
    let isOld: Bool
    let version: Int
    let versions: [Version]
    let hasVersions: Bool
    let faults: [Fault]
    let hasFaults: Bool
    let general: [Input]
    let tubes: [Select]
    let districts: [Row]
    let hasDistricts: Bool
    let laboratories: [Row]
    let hasLaboratories: Bool
    let hasForm: Bool
    let yaml: String
    let askRemove: String
    let mayHandOver: Bool
    /// The scenario's own goal in hours: for sampling, for all results, and for each.
    let within: String
    let results: String
    let window: String
    let today: String

    /// A stored or ready scenario as it is.
    init(_ story: ScenarioStory, for visit: Visit) {
        self.init(
            story, yaml: story.yaml, faults: [], unread: [],
            typed: { _ in nil }, for: visit)
    }

    /// A scenario with what was typed and is faulty; nothing typed is lost.
    init(
        _ story: ScenarioStory, yaml: String, faults: [Refusal.Place], unread: [String],
        typed: (String) -> String?, for visit: Visit
    ) {
        let words = visit.words
        (csrf, key) = (visit.csrf, visit.newKey())
        value = story.stored?.id ?? story.head.name
        path = "/planner/scenarios/\(value)"
        back = path
        (name, title, self.yaml) = (story.head.name, visit.title(story.head.title), yaml)
        isReady = story.stored == nil
        version = story.version
        isOld = story.stored.map { $0.version != story.version } ?? false
        summary = words.say("planner.people", ["n": grouped(story.head.people)])
        versions = story.versions.map { [path] version in
            Version(
                path: "\(path)?version=\(version.version)",
                text: words.say(
                    "planner.saved",
                    [
                        "n": "\(version.version)", "time": visit.time(version.savedAt),
                        "by": version.savedBy,
                    ]), isHere: version.version == story.version)
        }
        hasVersions = story.versions.count > 1
        let scenario = try? ScenarioFile.read(story.yaml, file: "scenario")
        let form = scenario.map(ScenarioForm.init)
        within = Self.hours(scenario?.goal.sampledWithin)
        results = Self.hours(scenario?.goal.resultsWithin)
        window = Self.hours(scenario?.goal.window)
        let bad = Set(unread + faults.compactMap(\.subject))
        let fields = ScenarioFields(form, bad: bad, typed: typed, words: words)
        hasForm = form != nil
        general = fields.general
        tubes = fields.tubes
        districts = fields.districts
        hasDistricts = !fields.districts.isEmpty
        laboratories = fields.laboratories
        hasLaboratories = !fields.laboratories.isEmpty
        self.faults =
            unread.map {
                Fault(
                    text: words.say("planner.unread", ["field": fields.label(of: $0)]),
                    field: ScenarioFields.id($0))
            }
            + faults.map {
                Fault(
                    text: visit.site.say(place: $0, visit),
                    field: fields.has($0.subject ?? "") ? ScenarioFields.id($0.subject ?? "") : "")
            }
        hasFaults = !self.faults.isEmpty
        askRemove = words.say("planner.askRemove", ["name": story.head.name])
        mayHandOver = visit.may(.handOverPlan)
        today = visit.site.zone.day(of: visit.now).next.description
    }
}

extension Visit {
    /// A scenario's title in the reader's language.
    func title(_ title: String) -> String {
        (language == .english ? ReportLanguage.en : .zh).title(title)
    }
}

extension ScenarioPage {
    private static func hours(_ minutes: Double?) -> String {
        minutes.map { FormText.number($0 / 60) } ?? ""
    }
}

/// The fields of a scenario's form with their words.
struct ScenarioFields {
    private let form: ScenarioForm?
    private let bad: Set<String>
    private let words: Catalogue
    private let values: [String: String]

    init(
        _ form: ScenarioForm?, bad: Set<String>, typed: (String) -> String?, words: Catalogue
    ) {
        (self.form, self.bad, self.words) = (form, bad, words)
        values = Dictionary(
            (form?.fields ?? []).map { ($0.name, typed($0.name) ?? $0.value) }
        ) { first, _ in first }
    }

    static func id(_ name: String) -> String {
        "f-" + name.map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
    }

    func has(_ name: String) -> Bool { values[name] != nil }

    /// The word of a field: that of its last part, with the district or laboratory before it.
    func label(of name: String) -> String {
        let row = name.split(separator: "[").first.map(String.init) ?? ""
        let number = name.split { "[]".contains($0) }.dropFirst().first.flatMap { Int($0) }
        let last = name.split(separator: "].").last.map(String.init) ?? name
        let word = words.say("planner.field.\(number == nil ? name : "\(row).\(last)")")
        guard let number, let scenario = form?.scenario else { return word }
        let names =
            row == "districts" ? districtNames(scenario) : scenario.laboratories.map(\.name)
        return names.indices.contains(number - 1) ? "\(names[number - 1]): \(word)" : word
    }

    var general: [ScenarioPage.Input] {
        (form?.fields ?? []).map(\.name)
            .filter { !$0.contains("[") && !$0.hasPrefix("tubes.") }.map(input)
    }

    var tubes: [ScenarioPage.Select] {
        guard form != nil else { return [] }
        let kinds = ["single", "mixed 5", "mixed 10", "mixed 20", "pool 5", "pool 10"]
        return RiskClass.allCases.map { risk in
            let name = "tubes.\(risk.rawValue)"
            let value = values[name] ?? ""
            let all = kinds.contains(value) ? kinds : kinds + [value]
            return ScenarioPage.Select(
                name: name, id: Self.id(name), label: words.word("risk", risk),
                choices: all.map { kind in
                    ScenarioPage.Choice(
                        value: kind, text: Self.word(kind, words), isChosen: kind == value)
                })
        }
    }

    private static func word(_ kind: String, _ words: Catalogue) -> String {
        let parts = kind.split(separator: " ")
        return words.say(
            "planner.tube.\(parts.first ?? "single")", ["n": parts.count > 1 ? "\(parts[1])" : ""])
    }

    var districts: [ScenarioPage.Row] {
        rows("districts", form.map { $0.hasDistricts ? districtNames($0.scenario) : [] })
    }

    /// In the reader's own writing where it is known.
    private func districtNames(_ scenario: Scenario) -> [String] {
        scenario.districts.map {
            words.language == .chinese && !$0.localName.isEmpty ? $0.localName : $0.name
        }
    }

    var laboratories: [ScenarioPage.Row] {
        rows(
            "laboratories",
            form.map { $0.hasLaboratories ? $0.scenario.laboratories.map(\.name) : [] })
    }

    private func rows(_ list: String, _ names: [String]?) -> [ScenarioPage.Row] {
        let fields = (form?.fields ?? []).map(\.name)
        return (names ?? []).enumerated().map { place, name in
            ScenarioPage.Row(
                name: name,
                inputs: fields.filter { $0.hasPrefix("\(list)[\(place + 1)].") }.map(input))
        }
    }

    private func input(_ name: String) -> ScenarioPage.Input {
        ScenarioPage.Input(
            name: name, id: Self.id(name), label: label(of: name), value: values[name] ?? "",
            isBad: bad.contains(name))
    }
}
