package import LabDomain
package import LabProgramme
internal import LabSecrets
internal import LabStore

/// The rules under which a laboratory works at a moment: its settings and the programme in force.
package struct Rules: Sendable {
    package let settings: LaboratorySettings
    package let programme: Programme
    private let settingsText: String

    /// The programme's version, which verdicts remember.
    package var version: String { programme.policy.version }

    /// The rules by which verdicts become resolutions.
    var policy: ResolutionPolicy { programme.policy }

    /// Refuses a programme that asks for a second kit in a laboratory that has none.
    static func check(_ settings: LaboratorySettings, under programme: Programme) throws {
        guard programme.policy.secondKitFor.isEmpty || settings.assays[.second] != nil else {
            throw Refusal(
                .rule, "The programme asks for a second kit, and the settings name none.",
                remedy: "Add an assay with `kit: second`, or empty `second_kit_for`.")
        }
    }

    /// Reads the rules that a database holds.
    init(in view: StoreView) throws {
        guard let laboratory = try view.laboratory(), let programme = try view.programme() else {
            throw Refusal(
                .unknown, "The database holds no laboratory.", remedy: "Make one: swabline init.")
        }
        settingsText = laboratory.settings
        settings = try LaboratorySettings(laboratory.settings, file: "laboratory settings")
        self.programme = try Programme(
            programme.text, file: "programme in force", version: programme.version)
    }

    /// Whether a database still holds these rules.
    func areStill(in view: StoreView) throws -> Bool {
        try view.programme()?.version == programme.policy.version
            && view.laboratory()?.settings == settingsText
    }

    /// A programme's version: its name and the first digits of its text's hash.
    static func version(ofProgramme name: String, text: String) -> String {
        let hash = Hash.hex(Hash.blake2b256(Array(text.utf8)))
        return "\(name)@\(hash.prefix(8))"
    }
}

extension Assay {
    /// The assay's name and the first digits of a hash of all its limits: what a verdict made with
    /// it remembers.
    package var version: String {
        "\(name)@\(Hash.hex(Hash.blake2b256(Array(json(self).utf8))).prefix(8))"
    }
}
