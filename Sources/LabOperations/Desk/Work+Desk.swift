internal import LabDomain
internal import LabSecrets
internal import LabStore

extension Work {
    /// Registers a tube that a desk filled, unless something stands against it: that, or the
    /// manifest under which it is registered, one for each desk and day.
    ///
    /// With `correctingNames` the desk's names count where people are known under others.
    func register(
        _ deskTube: DeskTube, _ members: [DeskMember], counted: Int, correctingNames: Bool = false
    ) throws -> (cause: DeskCause?, manifest: ManifestID?) {
        let people = members.compactMap(\.person)
        let names = try transaction.nameTokens(of: people.map(\.id))
        let cause = deskTube.causeOfClosing(
            people: members.count, counted: counted,
            isRegistered: try transaction.isRegistered(deskTube.tube),
            isAtOtherDesk: try !transaction.unsettled(deskTube.tube, but: deskTube.id).isEmpty,
            hasOtherName: !correctingNames
                && people.contains { names[$0.id, default: $0.identity.name] != $0.identity.name })
        guard cause == nil, people.count == members.count, let first = members.first else {
            return (cause ?? .unreadable, nil)
        }
        let manifest = try manifest(of: deskTube.desk)
        let box = deskTube.box ?? BoxID(manifest.text)
        let tube = try Self.collected(deskTube, people.map(\.id))
        try transaction.append([
            .tubeRegistered(
                TubeRegistered(
                    tube: tube, people: try people.map(keepingWhatIsKnown), manifest: manifest,
                    unit: deskTube.unit, site: deskTube.site, box: box, risk: deskTube.risk,
                    collectedAt: first.at))
        ])
        var closing = RegisterManifest.Closing()
        if case .single(let single) = tube {
            try closing.close(single, collectedAt: first.at, in: self)
        }
        try startClocks(.collected, of: [(.tube(deskTube.tube), box, first.at)])
        try reached(.recollectionClosed, closing.closed)
        return (nil, manifest)
    }

    /// The manifest of a desk's day.
    private func manifest(of desk: String) throws -> ManifestID {
        let day = rules.settings.zone.day(of: now).description
        let id = ManifestID(Identifiers.make("MF", from: ["desk", desk, day]))
        guard try !transaction.isManifest(id) else { return id }
        try transaction.append([
            .manifestRegistered(
                ManifestRegistered(
                    manifest: id, fileHash: Bytes(Hash.blake2b256(Array("\(desk) \(day)".utf8))),
                    tubes: 0, people: 0, linesLeftOut: 0))
        ])
        return id
    }

    private static func collected(
        _ deskTube: DeskTube, _ people: [PersonID]
    ) throws -> CollectedTube {
        if let ratio = MixRatio(rawValue: deskTube.ratio.rawValue) {
            return .mixed(try MixedTube(id: deskTube.tube, ratio: ratio, members: people))
        }
        guard let person = people.first, people.count == 1 else {
            preconditionFailure("An overfull tube is not registered.")
        }
        return .single(SingleTube(id: deskTube.tube, person: person))
    }

    /// A telephone or address that the desk did not ask for does not erase the known one.
    private func keepingWhatIsKnown(_ person: RegisteredPerson) throws -> RegisteredPerson {
        guard person.identity.telephone == nil || person.identity.address == nil,
            let stored = try transaction.sealedDetails(of: person.id)
        else { return person }
        let told = try vault.open(person.identity.details, of: person.id)
        return vault.seal(told.filled(from: try vault.open(stored, of: person.id)))
    }
}
