package import LabDomain
internal import LabProgramme
internal import LabStore

/// Puts a programme into force.
///
/// What was decided before keeps the version that decided it.
package struct AdoptProgramme: Command, Encodable {
    package static let verb = Verb.adoptProgramme

    let text: String

    /// The programme in force from now on.
    package struct Answer: Codable, Sendable {
        package let version: String
    }

    /// A programme as YAML.
    package init(text: String) {
        self.text = text
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let read = try Programme(text, file: "programme", version: "unchecked")
        guard read.effective <= work.rules.settings.zone.day(of: work.now) else {
            throw Refusal(
                .rule, "The programme takes effect on \(read.effective), which is still to come.",
                remedy: "Adopt it on that day.")
        }
        try Rules.check(work.rules.settings, under: read)
        let version = Rules.version(ofProgramme: read.name, text: text)
        try work.transaction.append([
            .programmeAdopted(ProgrammeAdopted(version: version, text: text))
        ])
        return Answer(version: version)
    }
}

extension Laboratory {
    /// The YAML of the programme in force, or of the laboratory's settings.
    package func rulesText(settings: Bool, as handle: String) throws -> String {
        try look(.seeWork, as: handle) { view in
            let text = settings ? try view.laboratory()?.settings : try view.programme()?.text
            return text ?? ""
        }
    }

    /// The YAML of the programme or the settings that come with the product.
    package static func shippedText(settings: Bool) throws -> String {
        try (settings ? ShippedRules.laboratory : .jingdezhen).text()
    }
}
