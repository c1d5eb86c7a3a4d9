internal import LabDomain
internal import LabOperations
internal import LabSecrets

/// A form with rules as YAML: they are checked, and adopted when they are sound.
struct RulesForm: Hashable, Sendable {
    /// What a check or an adoption found.
    struct Verdict: Hashable, Sendable {
        let isSound: Bool
        let message: String
        let remedy: String
        let places: [String]
        let changes: [TextChange]
        let hasChanges: Bool
    }

    let id: String
    let action: String
    let label: String
    let text: String
    let lines: Int
    /// What stood there when the form was made: nobody's change in between is overwritten.
    let basis: String
    let ask: String
    let verdict: Verdict?
    let csrf: String
    let key: String
    let back: String

    /// A form that starts from a text, or goes on with what was sent.
    init(
        _ id: String, action: String, text: String, sent: SentRules? = nil, for visit: Visit
    ) {
        self.id = id
        self.action = action
        label = visit.words.say("rules.\(id)")
        self.text = sent?.text ?? text
        lines = min(max(self.text.split(separator: "\n").count + 2, 12), 30)
        basis = sent?.basis ?? Self.digest(text)
        ask = visit.words.say("rules.\(id).ask")
        verdict = sent?.verdict
        csrf = visit.csrf
        key = visit.newKey()
        back = visit.path
    }

    /// A short name of a text.
    static func digest(_ text: String) -> String {
        String(Hash.hex(Hash.blake2b256(Array(text.utf8))).prefix(16))
    }
}

/// A line that a new text has more or less than the old one.
struct TextChange: Hashable, Sendable {
    let sign: String
    let kind: String
    let line: Int
    let text: String

    /// Longer texts are not compared: the time would grow with the square.
    private static let mostLines = 2_000
    private static let most = 200

    /// The lines in which two texts differ, in the order of the text.
    static func between(_ old: String, _ new: String) -> [TextChange] {
        let (old, new) = (lines(of: old), lines(of: new))
        guard old.count <= mostLines, new.count <= mostLines else { return [] }
        let changes = new.difference(from: old).map { change in
            switch change {
            case .remove(let place, let text, _):
                TextChange(sign: "−", kind: "bad", line: place + 1, text: text)
            case .insert(let place, let text, _):
                TextChange(sign: "+", kind: "good", line: place + 1, text: text)
            }
        }
        return Array(
            changes.sorted { ($0.line, $0.sign == "+" ? 1 : 0) < ($1.line, $1.sign == "+" ? 1 : 0) }
                .prefix(most))
    }

    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}

/// Rules as a form sent them.
struct SentRules: Sendable {
    let text: String
    let basis: String
    let isToAdopt: Bool
    var verdict: RulesForm.Verdict?

    /// What stands in a visit's form; browsers end lines as the network does.
    init(_ visit: Visit) {
        text = (visit.form.untrimmed("text") ?? "").replacing("\r\n", with: "\n")
        basis = visit.form["basis"] ?? ""
        isToAdopt = visit.form["act"] == "adopt"
    }
}

extension Visit {
    /// Checks rules that were sent, or adopts them: nil when they are in force, else the same with
    /// what is to be said.
    func settle<Asked: Command>(
        _ sent: SentRules, over old: String, with command: Asked,
        sound: (Asked.Answer) -> String
    ) async throws -> SentRules? {
        var sent = sent
        do {
            guard sent.isToAdopt else {
                let answer = try await aside {
                    try laboratory.foresee(command, as: handle, at: now).answer
                }
                sent.verdict = verdict(sound: sound(answer), TextChange.between(old, sent.text))
                return sent
            }
            guard sent.basis == RulesForm.digest(old) || sent.text == old else {
                sent.verdict = changedMeanwhile(TextChange.between(old, sent.text))
                return sent
            }
            _ = try await perform(command)
            return nil
        } catch {
            let told = Explanation(error)
            guard told.kind == .badData || told.kind == .refused else { throw error }
            sent.verdict = verdict(faults: Flash(told, in: words, visit: self))
            return sent
        }
    }

    private func verdict(sound: String, _ changes: [TextChange]) -> RulesForm.Verdict {
        RulesForm.Verdict(
            isSound: true, message: sound,
            remedy: words.say(changes.isEmpty ? "rules.same" : "rules.sound"), places: [],
            changes: changes, hasChanges: !changes.isEmpty)
    }

    private func verdict(faults: Flash) -> RulesForm.Verdict {
        RulesForm.Verdict(
            isSound: false, message: faults.message,
            remedy: faults.places.isEmpty ? faults.remedy : words.say("rules.faulty"),
            places: faults.places, changes: [], hasChanges: false)
    }

    private func changedMeanwhile(_ changes: [TextChange]) -> RulesForm.Verdict {
        RulesForm.Verdict(
            isSound: false, message: words.say("rules.meanwhile"),
            remedy: words.say("rules.meanwhile.remedy"), places: [], changes: changes,
            hasChanges: !changes.isEmpty)
    }
}
