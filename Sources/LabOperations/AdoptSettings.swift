package import LabDomain
internal import LabProgramme
internal import LabStore

/// Gives the laboratory other settings: barcodes of a new supplier, another kit, its address.
package struct AdoptSettings: Command, Encodable {
    package static let verb = Verb.adoptProgramme

    let text: String

    /// The laboratory under its new settings.
    package struct Answer: Codable, Sendable {
        package let name: String
    }

    /// Settings as YAML.
    package init(text: String) {
        self.text = text
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let read = try LaboratorySettings(text, file: "settings")
        try Rules.check(read, under: work.rules.programme)
        let stranded = try work.transaction.tubesUnderWay().count { tube in
            (try? BarcodeFormat.read(tube.text, under: read.barcodes)) == nil
        }
        guard stranded == 0 else {
            throw Refusal(
                .rule, "\(stranded) tubes that are under way have barcodes of no supplier in them.",
                remedy: "Keep the format until their answers are released.")
        }
        try work.transaction.append([
            .settingsAdopted(SettingsAdopted(name: read.name, settings: text))
        ])
        return Answer(name: read.name)
    }
}
