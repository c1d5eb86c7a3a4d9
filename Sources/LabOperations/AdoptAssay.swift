package import LabDomain
internal import LabProgramme
internal import LabSecrets
internal import LabStore

/// Gives one of the laboratory's kits other reading rules, lots or pool sizes, and leaves all other
/// settings as they are.
package struct AdoptAssay: Command, Encodable {
    package static let verb = Verb.adoptProgramme

    let kit: KitRole
    let text: String
    let seen: String?
    let evenWhileWaiting: Bool

    /// The assay as it is read from now on.
    package struct Answer: Codable, Sendable {
        package let kit: KitRole
        package let name: String
        /// What verdicts made with it remember.
        package let version: String
        /// The version until now; the same where only lots, sizes or controls changed.
        package let earlier: String
        /// Plates laid out with the earlier version that wait for their run.
        package let waiting: Int
    }

    /// An assay's YAML for a kit.
    ///
    /// - Parameters:
    ///   - kit: Whose place it takes.
    ///   - text: The YAML of the assay alone.
    ///   - seen: The digest of the text that it was made from; nil asks nothing.
    ///   - evenWhileWaiting: Whether plates that were laid out with another version may lose their
    ///     run by it: their tests must then be done on another plate.
    package init(
        kit: KitRole, text: String, seen: String? = nil, evenWhileWaiting: Bool = false
    ) {
        self.kit = kit
        self.text = text
        self.seen = seen
        self.evenWhileWaiting = evenWhileWaiting
    }

    /// What tells one text of an assay from another.
    package static func digest(of text: String) -> String {
        String(Hash.hex(Hash.blake2b256(Array(text.utf8))).prefix(16))
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let settings = try work.transaction.laboratory()?.settings ?? ""
        guard let old = try AssayText.all(in: settings).first(where: { $0.kit == kit }),
            let before = work.rules.settings.assays[kit]
        else {
            throw Refusal(
                .unknown, "The laboratory has no \(kit.word) kit.",
                remedy: "Add an assay to its settings: swabline programme adopt --settings.")
        }
        guard seen == nil || seen == Self.digest(of: old.text) else {
            throw Refusal(
                .rule, "Somebody changed the assay in the meantime; nothing was changed.",
                remedy: "Look at it again, and make your change anew.")
        }
        let assay = try Laboratory.assay(text, for: kit)
        let whole = old.replaced(by: text, in: settings)
        let read = try Self.read(whole, around: old)
        try Self.refuseOtherChanges(from: work.rules.settings, to: read, but: kit)
        let waiting =
            assay.version == before.version
            ? 0 : try work.transaction.platesWaiting(with: kit)
        guard waiting == 0 || evenWhileWaiting else {
            throw Refusal(
                .rule, "\(waiting) plates laid out with the assay wait for their run.",
                remedy: "Import or abandon them first; another version cannot read them.")
        }
        _ = try AdoptSettings(text: whole).perform((), in: work)
        return Answer(
            kit: kit, name: assay.name, version: assay.version, earlier: before.version,
            waiting: waiting)
    }

    /// The settings around the assay's new text; their faults by its own lines.
    private static func read(
        _ settings: String, around old: AssayText
    ) throws -> LaboratorySettings {
        do {
            return try LaboratorySettings(settings, file: "settings")
        } catch {
            let told = Explanation(error)
            throw Refusal(
                .badData, told.message, remedy: told.remedy,
                places: told.places.map { place in
                    Refusal.Place(
                        line: place.line.map { max(1, $0 - old.line + 1) }, column: place.column,
                        subject: place.subject, code: place.code, message: place.message,
                        remedy: place.remedy)
                })
        }
    }

    /// A text that closes its own place and opens others must not pass for an assay.
    private static func refuseOtherChanges(
        from old: LaboratorySettings, to new: LaboratorySettings, but kit: KitRole
    ) throws {
        let isSame = KitRole.allCases.allSatisfy {
            $0 == kit || (old.assays[$0] == new.assays[$0] && old.kits[$0] == new.kits[$0])
        }
        guard isSame, old.name == new.name, old.barcodes == new.barcodes,
            old.controls == new.controls, old.quality == new.quality, old.bench == new.bench,
            old.identifiers == new.identifiers, old.plateFormat == new.plateFormat
        else {
            throw Refusal(
                .badData, "The text changes more of the settings than this assay.",
                remedy: "Give the assay alone; other settings have a file of their own.")
        }
    }
}

/// One of the laboratory's assays with its text.
package struct AssaySheet: Sendable {
    package let kit: KitRole
    package let assay: Assay
    package let version: String
    package let supply: Kit
    package let text: String
    /// What tells this text from another.
    package let digest: String
    /// Plates laid out with it that wait for their run.
    package let waiting: Int
}

extension Laboratory {
    /// The laboratory's assays with their texts.
    package func assaySheets(as handle: String) throws -> [AssaySheet] {
        try look(.seeWork, as: handle) { view in
            let settings = try rules(in: view).settings
            let texts = try AssayText.all(in: try view.laboratory()?.settings ?? "")
            return try KitRole.allCases.compactMap { kit in
                guard let assay = settings.assays[kit],
                    let text = texts.first(where: { $0.kit == kit })?.text
                else { return nil }
                return AssaySheet(
                    kit: kit, assay: assay, version: assay.version,
                    supply: settings.kits[kit] ?? Kit(), text: text,
                    digest: AdoptAssay.digest(of: text),
                    waiting: try view.platesWaiting(with: kit))
            }
        }
    }

    /// An assay's own text, read and checked for the place of a kit.
    ///
    /// - Throws: `SettingsFaults` with everything that is wrong and where, `Refusal` when it is
    ///   another kit's.
    package static func assay(_ text: String, for kit: KitRole) throws -> Assay {
        let read = try AssaySettings(text, file: "assay")
        guard read.assay.kit == kit.rawValue else {
            throw Refusal(
                .badData, "The text is that of another kit.",
                remedy: "Write `kit: \(kit.rawValue)` in it.")
        }
        return read.assay
    }
}
