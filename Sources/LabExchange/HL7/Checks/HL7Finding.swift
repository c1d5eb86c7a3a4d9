package import LabDomain

/// Something that is wrong with a message, or worth knowing; it never repeats a value.
package struct HL7Finding: Hashable, Sendable, Codable {
    /// How bad it is.
    package enum Level: String, CaseIterable, Hashable, Sendable, Codable {
        /// A receiver that keeps to the profile may refuse the message.
        case error
        /// Unusual; receivers take it.
        case note
    }

    package let level: Level
    /// The rule's name: `schema`, `required`, or NIST's number such as `ELR-047`.
    package let rule: String
    /// The message in its file, from 1; 0 is the file itself.
    package let message: Int
    /// The line of the file, where it is known.
    package let line: Int?
    /// The place, such as `PATIENT_RESULT/PATIENT/PID-3.4`.
    package let place: String
    /// What is wrong.
    package let words: Wording
    /// What to do.
    package let remedy: Wording

    /// A finding at a place.
    package init(
        _ level: Level = .error, rule: String, message: Int, line: Int? = nil, place: String,
        _ words: Wording, remedy: Wording
    ) {
        self.level = level
        self.rule = rule
        self.message = message
        self.line = line
        self.place = place
        self.words = words
        self.remedy = remedy
    }
}
