internal import LabDomain
internal import LabOperations

/// The laboratory as its settings have it, and the programme in force.
struct LaboratoryPage: Hashable, Sendable {
    /// Tubes of a supplier by their barcodes.
    struct Supplier: Hashable, Sendable {
        let name: String
        /// Such as `SWT·········`.
        let pattern: String
        let check: String
    }

    struct Kit: Hashable, Sendable {
        let role: String
        let assay: String
        let lots: [String]
    }

    let name: String
    let address: String
    let telephone: String
    let zone: String
    let number: String
    let plate: Int
    let suppliers: [Supplier]
    let kits: [Kit]
    let programme: String
    let version: String
    let effective: String
    let links: [BoxesPage.Tab]

    init(_ rules: Rules, for visit: Visit) {
        let settings = rules.settings
        name = settings.name
        address = [
            settings.address.street, settings.address.city, settings.address.country,
        ].joined(separator: visit.words.say("place.joint"))
        telephone = settings.telephone
        zone = "UTC" + settings.zone.text
        number = settings.identifiers.laboratoryNumber
        plate = settings.plateFormat.rawValue
        suppliers = settings.barcodes.map { format in
            Supplier(
                name: format.supplier,
                pattern: format.prefix
                    + String(
                        repeating: "·", count: max(format.length - format.prefix.utf8.count, 0)),
                check: visit.words.word("laboratory.check", format.check))
        }
        kits = KitRole.allCases.compactMap { role in
            settings.assays[role].map { assay in
                Kit(
                    role: visit.words.word("kit", role), assay: assay.name,
                    lots: (settings.kits[role]?.lots ?? []).map {
                        visit.words.say(
                            "laboratory.lot", ["lot": $0.number, "day": $0.expires.description])
                    })
            }
        }
        programme = rules.programme.title
        version = rules.version
        effective = rules.programme.effective.description
        links = [
            BoxesPage.Tab(
                path: "/laboratory/settings", text: visit.words.say("laboratory.settings"),
                isHere: false),
            BoxesPage.Tab(
                path: "/laboratory/programme", text: visit.words.say("laboratory.programme"),
                isHere: false),
        ]
    }
}

/// The settings, or the programme, as YAML to be changed.
struct RulesPage: Hashable, Sendable {
    let title: String
    let hint: String
    let form: RulesForm
}
