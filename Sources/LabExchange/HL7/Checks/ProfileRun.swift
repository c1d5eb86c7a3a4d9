internal import LabXML

/// Holds one message against a conformance profile.
struct ProfileRun {
    /// What a profile finds.
    struct Finding {
        let rule: String
        let place: String
        let line: Int?
        let words: String
        /// A value that stands although nothing asks for it.
        let isNote: Bool
    }

    /// A place in the message, or one where the message has nothing.
    final class Instance {
        let part: ConformanceProfile.Part
        let element: XMLElement
        unowned let parent: Instance?
        let place: String
        /// The instances of each part by its number from 1.
        var parts: [[Instance]] = []
        let text: String

        init(
            _ part: ConformanceProfile.Part, _ element: XMLElement, below parent: Instance?,
            at place: String
        ) {
            self.part = part
            self.element = element
            self.parent = parent
            self.place = place
            text = ProfileRun.text(of: element)
        }

        var isValued: Bool { !text.isEmpty }
    }

    private(set) var findings: [Finding] = []

    /// What the profile finds in a message of the v2.xml encoding, in the order of the message.
    static func findings(in message: XMLElement, by profile: ConformanceProfile) -> [Finding] {
        var run = ProfileRun()
        let root = instance(profile.root, message, below: nil, at: "")
        run.check(root)
        return run.findings
    }

    private static func text(of element: XMLElement) -> String {
        if element.children.isEmpty {
            return String(element.text.trimmed)
        }
        let own = element.children.contains { $0.name == "escape" } ? element.text : ""
        return own + element.children.map(text).joined()
    }

    private static func instance(
        _ part: ConformanceProfile.Part, _ element: XMLElement, below parent: Instance?,
        at place: String
    ) -> Instance {
        let instance = Instance(part, element, below: parent, at: place)
        instance.parts = part.parts.enumerated().map { index, child in
            let found = elements(of: child, number: index + 1, in: element)
            return found.enumerated().map { repetition, element in
                let mark = found.count > 1 ? "[\(repetition + 1)]" : ""
                let name = Self.name(child, number: index + 1, below: part)
                return Self.instance(
                    child, element, below: instance, at: place + name + mark)
            }
        }
        return instance
    }

    /// How the place of a part is written behind that of the part around it.
    private static func name(
        _ part: ConformanceProfile.Part, number: Int, below outer: ConformanceProfile.Part
    ) -> String {
        switch part.kind {
        case .message: ""
        case .group, .segment: (outer.kind == .message ? "" : "/") + part.name
        case .field: "-\(number)"
        case .component, .subcomponent: ".\(number)"
        }
    }

    private static func elements(
        of part: ConformanceProfile.Part, number: Int, in element: XMLElement
    ) -> [XMLElement] {
        switch part.kind {
        case .group: return element.children("ORU_R01.\(part.name)")
        case .segment: return element.children(part.name)
        default: break
        }
        let found = element.children.filter { $0.name.hasSuffix(".\(number)") }
        // A composite that is sent as mere text stands for its first part.
        let isText = element.children.isEmpty && !element.text.trimmed.isEmpty
        if found.isEmpty, number == 1, isText, part.kind != .field { return [element] }
        return found
    }

    private mutating func check(_ instance: Instance) {
        for (index, part) in instance.part.parts.enumerated() {
            let valued = instance.parts[index].filter(\.isValued)
            let place = instance.place + Self.name(part, number: index + 1, below: instance.part)
            checkUsage(part, valued, place, in: instance)
            for child in valued { check(child) }
        }
        for statement in instance.part.statements
        where evaluate(statement.test, at: instance) == false {
            add(statement.number, instance.place, instance, statement.words)
        }
    }

    private mutating func checkUsage(
        _ part: ConformanceProfile.Part, _ valued: [Instance], _ place: String,
        in instance: Instance
    ) {
        let name = part.kind.isNamed ? "" : part.name
        if let condition = part.condition, ["C", "CE"].contains(part.usage),
            let isTrue = evaluate(condition.test, at: instance)
        {
            if isTrue, part.usage == "C", valued.isEmpty {
                add("required-if", place, instance, "\(name): \(condition.words)")
            } else if !isTrue, let first = valued.first {
                add("unexpected", place, first, "\(name): \(condition.words)", isNote: true)
            }
        }
        if part.usage == "R", valued.isEmpty { add("required", place, instance, name) }
        if part.usage == "X", let first = valued.first { add("not-used", place, first, name) }
        if let most = part.most, most > 0, valued.count > most {
            add("too-many", place, valued[most], "\(name): \(most)")
        }
    }

    private mutating func add(
        _ rule: String, _ place: String, _ instance: Instance, _ words: String,
        isNote: Bool = false
    ) {
        findings.append(
            Finding(
                rule: rule, place: place, line: instance.element.line, words: words,
                isNote: isNote))
    }

    // MARK: - Tests

    /// What a test says at an instance; nil when it cannot be evaluated.
    private func evaluate(_ test: ProfileTest, at instance: Instance) -> Bool? {
        switch test {
        case .unknown: return nil
        case .not(let inner): return evaluate(inner, at: instance).map { !$0 }
        case .all(let tests):
            for test in tests {
                guard let isTrue = evaluate(test, at: instance) else { return nil }
                if !isTrue { return false }
            }
            return true
        case .any(let tests):
            for test in tests {
                guard let isTrue = evaluate(test, at: instance) else { return nil }
                if isTrue { return true }
            }
            return false
        case .valued(let place): return !texts(place, from: instance).isEmpty
        case .equals(let place, let value):
            return texts(place, from: instance).contains(value.trimmed)
        case .same(let place, let other):
            return texts(place, from: instance).first == texts(other, from: instance).first
        case .form(let place, let form):
            return texts(place, from: instance).allSatisfy { $0.wholeMatch(of: form) != nil }
        case .list(let place, let values):
            return texts(place, from: instance).allSatisfy(values.contains)
        }
    }

    /// The texts at a place such as `../3`, where something stands.
    private func texts(_ place: String, from instance: Instance) -> [String] {
        var found = [instance]
        for step in place.split(separator: "/") {
            switch step {
            case ".": continue
            case "..": found = found.compactMap(\.parent)
            default:
                let index = (Int(step) ?? 0) - 1
                found = found.flatMap { $0.parts.indices.contains(index) ? $0.parts[index] : [] }
            }
        }
        return found.filter(\.isValued).map { $0.part.kind.isNamed ? "" : $0.text }
    }
}

extension StringProtocol {
    /// The text without blanks and line ends around it.
    var trimmed: String {
        let isBlank: (Character) -> Bool = \.isWhitespace
        guard let first = firstIndex(where: { !isBlank($0) }),
            let last = lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(self[first...last])
    }
}
