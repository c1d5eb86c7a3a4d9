package import LabDomain
package import LabSettings

/// What one laboratory is and has: names, barcodes of its suppliers, plates and kits.
package struct LaboratorySettings: Hashable, Sendable {
    /// How messages name the laboratory and their receiver.
    package struct Identifiers: Hashable, Sendable {
        package let laboratoryOID: String
        package let laboratoryNumber: String
        package let applicationOID: String
        package let receiverName: String
        package let receiverOID: String
    }

    /// Where the laboratory stands.
    package struct Address: Hashable, Sendable {
        package let street: String
        package let city: String
        package let country: String
    }

    package let name: String
    package let zone: Zone
    package let identifiers: Identifiers
    package let address: Address
    package let telephone: String
    package let barcodes: [BarcodeFormat]
    package let plateFormat: PlateFormat
    package let controls: ControlScheme
    /// The kit of routine work, and the one by which positives are proved where there is one.
    package let assays: [KitRole: Assay]
    /// What the choice of pools depends on.
    package let bench: BenchSettings
    /// How the controls of runs are watched.
    package let quality: QualitySettings

    /// Reads the settings of a laboratory.
    /// - Parameters:
    ///   - text: YAML; `Rules/laboratory.yaml` shows every key.
    ///   - file: The file's name as complaints shall show it.
    /// - Throws: `SettingsFaults` with everything that is wrong and where.
    package init(_ text: String, file: String) throws(SettingsFaults) {
        var read = SettingsReader(try SettingsDocument(text, name: file).root)
        name = read.string("name")
        zone =
            read.value("utc_offset", expecting: "an offset like +08:00") { Zone(text: $0) }
            ?? .china
        let identifiers = read.mapping("identifiers") { item in
            Identifiers(
                laboratoryOID: item.string("laboratory_oid"),
                laboratoryNumber: item.string("laboratory_number"),
                applicationOID: item.string("application_oid"),
                receiverName: item.string("receiver_name"),
                receiverOID: item.string("receiver_oid"))
        }
        let address = read.mapping("address") { item in
            Address(
                street: item.string("street"), city: item.string("city"),
                country: item.string("country"))
        }
        telephone = read.string("telephone")
        barcodes = read.list("barcodes") { item in
            BarcodeFormat(
                supplier: item.string("supplier"), prefix: item.optionalString("prefix") ?? "",
                length: item.int("length", in: 4...40),
                alphabet: item.choice("alphabet", of: BarcodeFormat.Alphabet.self),
                check: item.choice("check", of: BarcodeFormat.CheckRule.self))
        }
        if barcodes.isEmpty {
            read.refuse("no barcode format; name the tubes of one supplier", at: "barcodes")
        }
        let plate = read.mapping("plate") { item in
            (
                item.value("wells", expecting: "96 or 384") {
                    Int($0).flatMap(PlateFormat.init(rawValue:))
                },
                item.mapping("controls", Self.controls)
            )
        }
        plateFormat = plate?.0 ?? .wells96
        controls = plate?.1 ?? .manual
        bench = read.ifPresent("bench") { BenchSettings(&$0) } ?? BenchSettings()
        quality = read.ifPresent("quality") { QualitySettings(&$0) } ?? QualitySettings()
        let assays = read.list("assays", Self.assay)
        self.assays = Dictionary(assays, uniquingKeysWith: { first, _ in first })
        if assays.count > self.assays.count || self.assays[.first] == nil {
            read.refuse("name one assay with `kit: first` and at most one other", at: "assays")
        }
        try read.finish()
        guard let identifiers, let address else { preconditionFailure("`finish` throws first.") }
        self.identifiers = identifiers
        self.address = address
    }

    private static func controls(_ item: inout SettingsReader) -> ControlScheme? {
        let scheme = ControlScheme(
            weakPositive: item.int("weak_positive", in: 0...40),
            negative: item.int("negative", in: 0...40),
            kitPositive: item.int("kit_positive", in: 0...8),
            kitNegative: item.int("kit_negative", in: 0...8))
        if !scheme.meetsManual {
            item.refuse("the laboratory manual asks for 1 weak positive and 3 negatives at least")
        }
        return scheme
    }

    private static func assay(_ item: inout SettingsReader) -> (KitRole, Assay)? {
        let targets = item.list("targets") { target in
            AssayTarget(
                name: target.string("name"), positiveAtMost: Self.cq(&target, "positive_at_most"),
                greyAtMost: target.has("grey_at_most") ? Self.cq(&target, "grey_at_most") : nil)
        }
        let control = item.ifPresent("internal_control") { control in
            AssayTarget(
                name: control.string("name"), positiveAtMost: Self.cq(&control, "at_most"),
                greyAtMost: nil)
        }
        let name = item.string("name")
        let kit = item.choice("kit", of: KitRole.self)
        let single = item.choice("single_target", of: Assay.SingleTarget.self)
        let pooled = item.has("pooled_at_most") ? Self.cq(&item, "pooled_at_most") : nil
        guard !targets.isEmpty else {
            item.refuse("an assay needs at least one target", at: "targets")
            return nil
        }
        let latest = targets.map { $0.greyAtMost ?? $0.positiveAtMost }.max() ?? .latest
        if let pooled, pooled < latest {
            item.refuse(
                "pools must be read at least as far as single tubes; use the targets' own limit",
                at: "pooled_at_most")
        }
        if Set(targets.map(\.name) + [control?.name ?? ""]).count < targets.count + 1 {
            item.refuse("two channels have the same name; give each its own", at: "targets")
        }
        let assay = Assay(
            name: name, kit: kit.rawValue, targets: targets, internalControl: control,
            singleTarget: single, pooledAtMost: pooled)
        return (kit, assay)
    }

    private static func cq(_ item: inout SettingsReader, _ key: String) -> Cq {
        Cq(item.double(key, in: 1...100)) ?? Cq.latest
    }
}
