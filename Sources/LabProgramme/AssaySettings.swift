package import LabDomain
package import LabSettings

/// An assay as YAML defines it: reading rules, and what the laboratory knows of the kit.
package struct AssaySettings: Hashable, Sendable {
    package let assay: Assay
    package let kit: Kit

    /// Reads an assay's own file, in which no key `kit` need stand.
    /// - Parameters:
    ///   - text: YAML; `Rules/assays` shows every key.
    ///   - file: The file's name as complaints shall show it.
    /// - Throws: `SettingsFaults` with everything that is wrong and where.
    package init(_ text: String, file: String) throws(SettingsFaults) {
        var read = SettingsReader(try SettingsDocument(text, name: file).root)
        let kit = read.has("kit") ? read.choice("kit", of: KitRole.self) : .first
        let settings = AssaySettings(&read, kit: kit.rawValue, controls: .manual)
        try read.finish()
        guard let settings else { preconditionFailure("`finish` throws first.") }
        self = settings
    }

    /// An assay that comes with the product.
    /// - Throws: when the program's resource folder is not beside it.
    package init(_ ready: ReadyAssay, kit: KitRole) throws {
        let read = try AssaySettings(try ready.text(), file: "\(ready.rawValue).yaml")
        self.init(assay: read.assay.renamed(kit: kit.rawValue), kit: read.kit)
    }

    private init(assay: Assay, kit: Kit) {
        self.assay = assay
        self.kit = kit
    }

    /// Reads one item of `assays`; nil after noting what is wrong with it.
    init?(_ item: inout SettingsReader, kit: String, controls laboratory: ControlScheme) {
        if item.has("ready") {
            self.init(ready: &item, kit: kit, controls: laboratory)
            return
        }
        let (scheme, expectations) =
            item.ifPresent("controls") { item in ControlSettings.read(&item, laboratory) }
            ?? (nil, [])
        let supply = Self.supply(&item, controls: scheme)
        guard let assay = Self.assay(&item, kit: kit, expectations) else { return nil }
        self.init(assay: assay, kit: supply)
    }

    /// An item that names a ready assay, and tells of lots, sizes, volumes and numbers of controls.
    private init?(
        ready item: inout SettingsReader, kit: String, controls laboratory: ControlScheme
    ) {
        let ready = item.choice("ready", of: ReadyAssay.self)
        let scheme = item.ifPresent("controls") { item in
            ControlSettings.counts(&item, laboratory)
        }
        let supply = Self.supply(&item, controls: scheme)
        guard let role = KitRole(rawValue: kit), let read = try? AssaySettings(ready, kit: role)
        else {
            item.refuse("the assay's file is not beside the program; install it anew", at: "ready")
            return nil
        }
        self.init(
            assay: read.assay,
            kit: Kit(
                lots: supply.lots, poolSizes: supply.poolSizes ?? read.kit.poolSizes,
                controls: supply.controls,
                volumes: item.has("volumes_microlitres") ? supply.volumes : read.kit.volumes))
    }

    private static func supply(
        _ item: inout SettingsReader, controls: ControlScheme?
    ) -> Kit {
        let lots = item.ifPresent("lots") { item in
            item.list { lot -> KitLot? in
                let number = lot.string("number")
                return lot.value("expires", expecting: "a date like 2027-01-31") {
                    CalendarDay(text: $0)
                }.map { KitLot(number: number, expires: $0) }
            }
        }
        if let lots, Set(lots.map(\.number)).count < lots.count {
            item.refuse("two lots have the same number; name each once", at: "lots")
        }
        let sizes = item.ifPresent("pool_sizes") { $0.list { $0.int(in: 1...100) } }
        let volumes = item.ifPresent("volumes_microlitres") { volumes in
            WellVolumes(
                template: volumes.double("template", in: 0.1...1_000),
                reagent: volumes.double("reagent", in: 0...1_000))
        }
        return Kit(
            lots: lots ?? [], poolSizes: sizes.map { Set($0).sorted() }, controls: controls,
            volumes: volumes ?? .usual)
    }
}

/// The assays that come with the product; none is ever changed, a correction has a new name.
package enum ReadyAssay: String, CaseIterable, Sendable {
    /// ORF1ab and N, detected up to 37 cycles and grey up to 40.
    case orf1abN = "orf1ab-n-37-40"
    /// The US CDC's panel of N1, N2 and RNase P.
    case cdc = "cdc-2019-ncov"
    /// Three targets of which two must be found.
    case taqPath = "taqpath-covid-19"

    /// The YAML text.
    /// - Throws: when the program's resource folder is not beside it.
    package func text() throws -> String { try ShippedRules.text(of: rawValue, in: "Rules/assays") }
}

extension Assay {
    func renamed(kit: String) -> Assay {
        Assay(
            name: name, kit: kit, targets: targets, internalControl: internalControl,
            singleTarget: singleTarget, pooledAtMost: pooledAtMost, leastDetected: leastDetected,
            controlExcuse: controlExcuse, expectations: expectations ?? [], repeats: repeats)
    }
}
