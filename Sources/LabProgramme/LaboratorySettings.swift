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
    /// Where others reach the pages, without a slash at its end; nil where they cannot.
    package let webAddress: String?
    package let barcodes: [BarcodeFormat]
    /// What is swabbed or collected, unless a supplier's tubes are for something else.
    package let specimen: Report.SpecimenType
    private let specimens: [BarcodeFormat: Report.SpecimenType]
    package let plateFormat: PlateFormat
    package let controls: ControlScheme
    /// The kit of routine work, and the one by which positives are proved where there is one.
    package let assays: [KitRole: Assay]
    /// What the laboratory knows of these kits beside their reading rules.
    package let kits: [KitRole: Kit]
    /// What the choice of pools depends on.
    package let bench: BenchSettings
    /// How the controls of runs are watched.
    package let quality: QualitySettings
    /// What forecasts are made with.
    package let stations: StationSettings

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
        specimen = read.ifPresent("specimen", Self.specimen) ?? .throatSwab
        webAddress = read.ifPresent("web_address") {
            $0.value(nil, expecting: "an address like https://host", Self.web)
        }
        let formats = read.list("barcodes") { item -> (BarcodeFormat, Report.SpecimenType?) in
            let format = BarcodeFormat(
                supplier: item.string("supplier"), prefix: item.optionalString("prefix") ?? "",
                length: item.int("length", in: 4...40),
                alphabet: item.choice("alphabet", of: BarcodeFormat.Alphabet.self),
                check: item.choice("check", of: BarcodeFormat.CheckRule.self))
            return (format, item.ifPresent("specimen", Self.specimen))
        }
        barcodes = formats.map(\.0)
        specimens = Dictionary(
            formats.compactMap { format, type in type.map { (format, $0) } },
            uniquingKeysWith: { first, _ in first })
        if barcodes.isEmpty {
            read.refuse("no barcode format; name the tubes of one supplier", at: "barcodes")
        }
        let plate = read.mapping("plate") { item in
            (
                item.value("wells", expecting: "96 or 384") {
                    Int($0).flatMap(PlateFormat.init(rawValue:))
                },
                item.mapping("controls", ControlSettings.scheme)
            )
        }
        plateFormat = plate?.0 ?? .wells96
        controls = plate?.1 ?? .manual
        bench = read.ifPresent("bench") { BenchSettings(&$0) } ?? BenchSettings()
        quality = read.ifPresent("quality") { QualitySettings(&$0) } ?? QualitySettings()
        stations = read.ifPresent("stations") { StationSettings(&$0) } ?? StationSettings()
        let scheme = controls
        let assays = read.list("assays") { item -> (KitRole, AssaySettings)? in
            let kit = item.choice("kit", of: KitRole.self)
            return AssaySettings(&item, kit: kit.rawValue, controls: scheme).map { (kit, $0) }
        }
        let byKit = Dictionary(assays, uniquingKeysWith: { first, _ in first })
        self.assays = byKit.mapValues(\.assay)
        kits = byKit.mapValues(\.kit)
        if assays.count > self.assays.count || self.assays[.first] == nil {
            read.refuse("name one assay with `kit: first` and at most one other", at: "assays")
        }
        try read.finish()
        guard let identifiers, let address else { preconditionFailure("`finish` throws first.") }
        self.identifiers = identifiers
        self.address = address
    }
}

extension LaboratorySettings {
    /// What a person's tube holds: what its supplier's tubes are for, else what is usual.
    package func specimen(in tube: TubeID) -> Report.SpecimenType {
        guard !specimens.isEmpty else { return specimen }
        let format = barcodes.first {
            (try? BarcodeFormat.read(tube.text, under: [$0])) != nil
        }
        return format.flatMap { specimens[$0] } ?? specimen
    }

    /// What people give; the environment has a kind of tube of its own.
    private static func specimen(_ item: inout SettingsReader) -> Report.SpecimenType? {
        let type = item.choice(of: Report.SpecimenType.self)
        if type == .environment {
            item.refuse("tubes of the environment are known by their kind; name what people give")
        }
        return type
    }

    /// Where a third party checks a certificate; nil where the laboratory has no such address.
    package var checkAddress: String? { webAddress.map { $0 + "/check" } }

    private static func web(_ text: String) -> String? {
        guard Receiver.url(text) != nil, !text.contains("?"), !text.contains("#") else {
            return nil
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// The controls of a kit's plates: the kit's own, or the laboratory's.
    package func controls(for kit: KitRole) -> ControlScheme { kits[kit]?.controls ?? controls }
}
