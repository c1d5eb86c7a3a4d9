internal import Dispatch
package import LabDomain
internal import LabExchange
internal import LabSecrets
internal import LabStore
internal import Synchronization

/// Registers the tubes and people of a manifest.
package struct RegisterManifest: Command {
    package static let verb = Verb.registerManifest

    /// What happens to the good tubes of a manifest with faulty lines.
    package enum Mode: String, CaseIterable, Sendable, Codable {
        /// Nothing is registered while any line is faulty.
        case allOrNothing = "all-or-nothing"
        /// Tubes without a faulty line are registered; the others are left out whole.
        case goodRowsOnly = "good-rows-only"
    }

    /// What was registered and what was left out.
    package struct Answer: Codable, Sendable {
        package let manifest: ManifestID
        package let tubes: Int
        package let people: Int
        /// Recollections that the manifest's single tubes close.
        package let recollections: Int
        package let faults: [ManifestFault]
        /// Good lines left out because another line of their tube is faulty.
        package let heldBack: [Int]
    }

    /// A checked tube with its people sealed.
    package struct Sealed: Sendable {
        let tube: ManifestTube
        let people: [RegisteredPerson]
    }

    /// A manifest that has been read, checked and sealed.
    package struct Prepared: Sendable {
        let tubes: [Sealed]
        let faults: [ManifestFault]
        let heldBack: [Int]
        let columns: [Int?]
        let fileHash: [UInt8]
    }

    let file: [UInt8]
    let mode: Mode
    /// Whether a known document may come under another name, which then is the person's name.
    let correctsNames: Bool

    /// A manifest as it was handed in: CSV in UTF-8, GBK or UTF-16.
    package init(file: [UInt8], mode: Mode, correctsNames: Bool = false) {
        self.file = file
        self.mode = mode
        self.correctsNames = correctsNames
    }

    package var content: [UInt8] {
        Array((mode.rawValue + (correctsNames ? " correcting names" : "")).utf8) + file
    }

    /// The same file is the same manifest, so that a repeated upload changes nothing.
    package var naturalKey: String? { "manifest:" + Hash.hex(Hash.blake2b256(content)) }

    package func prepare(
        under rules: Rules, for member: Member, vault: IdentityVault, at now: Timestamp
    ) throws -> Prepared {
        let checked = ManifestFile.check(
            file, rules: Self.rules(under: rules, for: try member.place(), at: now))
        if mode == .allOrNothing { try refuse(checked.faults) }
        return Prepared(
            tubes: Self.seal(checked.tubes, in: vault),
            faults: checked.faults, heldBack: checked.heldBack, columns: checked.columns,
            fileHash: Hash.blake2b256(file))
    }

    /// Seals everybody, on all cores: each person is sealed alone.
    private static func seal(_ tubes: [ManifestTube], in vault: IdentityVault) -> [Sealed] {
        let size = 64
        let parts = (tubes.count + size - 1) / size
        let done = Mutex<[Int: [Sealed]]>([:])
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let sealed = tubes[(part * size)..<min(tubes.count, (part + 1) * size)].map {
                Sealed(tube: $0, people: $0.people.map(vault.seal))
            }
            done.withLock { $0[part] = sealed }
        }
        return done.withLock { done in (0..<parts).flatMap { done[$0] ?? [] } }
    }

    package func perform(_ prepared: Prepared, in work: Work) throws -> Answer {
        var faults = prepared.faults
        var leftOut = prepared.heldBack
        var tubes: [Sealed] = []
        tubes.reserveCapacity(prepared.tubes.count)
        let names = try work.transaction.nameTokens(
            of: prepared.tubes.flatMap { $0.people.map(\.id) })
        for tube in prepared.tubes {
            let known = try Self.faults(
                of: tube, knownAs: correctsNames ? [:] : names, columns: prepared.columns,
                in: work.transaction)
            if known.isEmpty {
                tubes.append(tube)
            } else {
                faults += known
                leftOut += tube.tube.lines.filter { line in !known.contains { $0.line == line } }
            }
        }
        faults.sort { ($0.line, $0.column ?? 0) < ($1.line, $1.column ?? 0) }
        if mode == .allOrNothing || tubes.isEmpty { try refuse(faults) }
        tubes = try tubes.map { try $0.keepingWhatIsKnown(knownAs: names, in: work) }
        let manifest = ManifestID(work.identifier("MF", Hash.hex(prepared.fileHash)))
        return try register(
            tubes, as: manifest, prepared, leavingOut: (faults, leftOut.sorted()), in: work)
    }

    private func register(
        _ tubes: [Sealed], as manifest: ManifestID, _ prepared: Prepared,
        leavingOut: (faults: [ManifestFault], heldBack: [Int]), in work: Work
    ) throws -> Answer {
        let people = tubes.reduce(0) { $0 + $1.people.count }
        var closing = Closing()
        try work.transaction.append([
            .manifestRegistered(
                ManifestRegistered(
                    manifest: manifest, fileHash: Bytes(prepared.fileHash), tubes: tubes.count,
                    people: people,
                    linesLeftOut: Set(leavingOut.faults.map(\.line)).count
                        + leavingOut.heldBack.count))
        ])
        for sealed in tubes {
            let tube = try Self.collected(sealed)
            let box = sealed.tube.box.isEmpty ? manifest.text : sealed.tube.box
            try work.transaction.append([
                .tubeRegistered(
                    TubeRegistered(
                        tube: tube, people: sealed.people, manifest: manifest,
                        unit: sealed.tube.unit, site: sealed.tube.site, box: BoxID(box),
                        risk: sealed.tube.risk, collectedAt: sealed.tube.collectedAt))
            ])
            if case .single(let single) = tube {
                try closing.close(single, collectedAt: sealed.tube.collectedAt, in: work)
            }
        }
        // Nothing of a new tube runs yet: there is nothing to stop.
        try work.startClocks(
            .collected,
            of: tubes.map {
                let box = BoxID($0.tube.box.isEmpty ? manifest.text : $0.tube.box)
                return (.tube($0.tube.id), box, $0.tube.collectedAt)
            })
        try work.reached(.recollectionClosed, closing.closed)
        return Answer(
            manifest: manifest, tubes: tubes.count, people: people,
            recollections: closing.closed.count, faults: leavingOut.faults,
            heldBack: leavingOut.heldBack)
    }

    /// Recollections that end because their person is in a new single tube (REC-1).
    struct Closing {
        private(set) var closed: [(ClockSubject, BoxID)] = []

        mutating func close(
            _ tube: SingleTube, collectedAt: Timestamp, in work: Work
        ) throws {
            let open = try work.transaction.openRecollections(of: tube.person)
            // A swab that was taken before the one that asked for it answers nothing.
            for recollection in open
            where recollection.tube != tube.id && collectedAt >= recollection.collectedAt {
                try work.transaction.append([
                    .recollectionClosed(
                        RecollectionClosed(
                            recollection: recollection.id, tube: recollection.tube,
                            outcome: .collected, newTube: tube.id))
                ])
                closed.append((.recollection(recollection.id), recollection.box))
            }
        }
    }

    private static func collected(_ sealed: Sealed) throws -> CollectedTube {
        let id = sealed.tube.id
        let members = sealed.people.map(\.id)
        switch sealed.tube.kind {
        case .environmental:
            return .environmental(EnvironmentalTube(id: id, place: sealed.tube.place))
        case .mixed:
            guard let ratio = MixRatio(rawValue: sealed.tube.capacity) else { break }
            return .mixed(try MixedTube(id: id, ratio: ratio, members: members))
        case .single:
            guard let person = members.first, members.count == 1 else { break }
            return .single(SingleTube(id: id, person: person))
        }
        preconditionFailure("The checker lets whole tubes through only.")
    }

    /// What only the database can tell: a barcode that is taken, a document under another name.
    static func faults(
        of sealed: Sealed, knownAs names: [PersonID: Bytes], columns: [Int?], in view: StoreView
    ) throws -> [ManifestFault] {
        var faults: [ManifestFault] = []
        if try view.isRegistered(sealed.tube.id) {
            faults += sealed.tube.lines.map {
                ManifestFault(line: $0, column: .tube, at: columns, code: .barcodeRegistered)
            }
        }
        guard !names.isEmpty else { return faults }
        for (person, line) in zip(sealed.people, sealed.tube.lines) {
            if let name = names[person.id], name != person.identity.name {
                faults.append(
                    ManifestFault(line: line, column: .name, at: columns, code: .personOtherName))
            }
        }
        return faults
    }

    private static func rules(
        under rules: Rules, for scope: Scope, at now: Timestamp
    ) -> ManifestRules {
        ManifestRules(
            formats: rules.settings.barcodes, zone: rules.settings.zone, now: now,
            mixedRatios: rules.programme.mixedRatios, scope: scope)
    }

    private func refuse(_ faults: [ManifestFault]) throws {
        guard !faults.isEmpty else { return }
        let lines = Set(faults.map(\.line)).count
        throw Refusal(
            .badData,
            lines == 1
                ? "1 line is faulty; nothing was registered."
                : "\(lines) lines are faulty; nothing was registered.",
            remedy: mode == .allOrNothing
                ? "Mend the file and hand it in again, or take its good tubes: --good-rows-only."
                : "No tube of it is whole: mend the file and hand it in again.",
            places: faults.map(Refusal.Place.init))
    }
}

extension RegisterManifest.Sealed {
    /// The same tube, where a cell that was left blank does not erase the telephone or address
    /// under which a person is known.
    fileprivate func keepingWhatIsKnown(
        knownAs names: [PersonID: Bytes], in work: Work
    ) throws -> Self {
        guard !names.isEmpty else { return self }
        let merged = try zip(people, tube.people).map { sealed, details in
            guard names[sealed.id] != nil, details.telephone.isEmpty || details.address.isEmpty,
                let stored = try work.transaction.sealedDetails(of: sealed.id)
            else { return sealed }
            let known = try work.vault.open(stored, of: sealed.id)
            return work.vault.seal(details.filled(from: known))
        }
        return Self(tube: tube, people: merged)
    }
}

extension RegisterManifest {
    /// A manifest whose rows a program made: the headings of manifests with their cells.
    package init(
        rows: [[String: String]], mode: Mode, correctsNames: Bool = false
    ) throws {
        let known = Dictionary(
            uniqueKeysWithValues: ManifestColumn.allCases.map { ($0.heading, $0) })
        let cells = try rows.map { row in
            try Dictionary(
                uniqueKeysWithValues: row.map { heading, text in
                    guard let column = known[heading] else {
                        let headings = ManifestColumn.allCases.map(\.heading)
                        throw Refusal(
                            .badData, "A row has a member that is no column of a manifest.",
                            remedy: """
                                Give the columns of a manifest as members: \
                                \(headings.joined(separator: ", ")).
                                """)
                    }
                    return (column, text)
                })
        }
        self.init(file: ManifestFile.write(cells), mode: mode, correctsNames: correctsNames)
    }
}
