package import LabDomain
internal import LabStore

/// Tells why a clock of a box was not kept; the last word counts.
package struct ExplainBreach: Command, Encodable {
    package static let verb = Verb.explainBreach

    let box: String
    let rule: String
    let cause: BreachCause
    let note: String

    /// The cause as it is kept.
    package struct Answer: Codable, Sendable {
        package let box: BoxID
        package let rule: String
        package let cause: BreachCause
        /// Clocks of the rule and box that are late, or stopped late.
        package let late: Int
    }

    /// The cause why clocks of a rule are late in a box.
    ///
    /// The note has 300 characters at most, and the cause `other` needs one. Names of people do
    /// not belong into it: everybody who sees the work can read it.
    package init(box: String, rule: String, cause: BreachCause, note: String) {
        self.box = box
        self.rule = rule
        self.cause = cause
        self.note = note
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        try checkNote()
        let id = BoxID(normalised(box))
        let clocks = try work.transaction.clocks(of: rule, in: id)
        guard !clocks.isEmpty else {
            throw Refusal(
                .unknown, "No clock of this name has run for this box.",
                remedy: "See swabline clocks.")
        }
        let late = clocks.count { [.late, .closedLate].contains($0.status(at: work.now)) }
        guard late > 0 else {
            throw Refusal(
                .rule, "No clock \(Wording.clock(rule)) of \(id) is late.",
                remedy: "Nothing is to be explained.")
        }
        try work.transaction.append([
            .breachExplained(BreachExplained(box: id, rule: rule, cause: cause, note: note))
        ])
        return Answer(box: id, rule: rule, cause: cause, late: late)
    }

    private func checkNote() throws {
        let limit = BreachCause.noteLimit
        guard note.unicodeScalars.count <= limit, CellText.hasOnlyPrintable(note) else {
            throw Refusal(
                .badData, "The note is too long or holds characters that cannot be printed.",
                remedy: "Shorten it to \(limit) characters in one line.")
        }
        if cause == .other, note.isEmpty || CellText.isBlank(note) {
            throw Refusal(
                .badData, "Another cause than those of the list needs a note.",
                remedy: "Say in a few words what it was, without names of people.")
        }
    }
}
