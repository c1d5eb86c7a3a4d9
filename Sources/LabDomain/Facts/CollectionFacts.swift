/// A manifest was taken in.
package struct ManifestRegistered: FactPayload {
    package static let kind = FactKind.manifestRegistered
    package let manifest: ManifestID
    package let fileHash: Bytes
    package let tubes: Int
    package let people: Int
    package let linesLeftOut: Int
    package var subject: String { manifest.text }

    /// A manifest with its counts.
    package init(
        manifest: ManifestID, fileHash: Bytes, tubes: Int, people: Int, linesLeftOut: Int
    ) {
        self.manifest = manifest
        self.fileHash = fileHash
        self.tubes = tubes
        self.people = people
        self.linesLeftOut = linesLeftOut
    }
}

/// A person in a tube, with sealed details.
package struct RegisteredPerson: Hashable, Sendable, Codable {
    package let id: PersonID
    package let identity: SealedIdentity

    /// A person whose details are sealed.
    package init(id: PersonID, identity: SealedIdentity) {
        self.id = id
        self.identity = identity
    }
}

/// A tube was registered with everybody in it.
package struct TubeRegistered: FactPayload {
    package static let kind = FactKind.tubeRegistered
    package let tube: CollectedTube
    package let people: [RegisteredPerson]
    package let manifest: ManifestID
    package let unit: String
    package let site: String
    package let box: BoxID
    package let risk: RiskClass
    package let collectedAt: Timestamp
    package var subject: String { tube.id.text }

    /// A registered tube; `people` are those of `tube`, in its order.
    package init(
        tube: CollectedTube, people: [RegisteredPerson], manifest: ManifestID, unit: String,
        site: String, box: BoxID, risk: RiskClass, collectedAt: Timestamp
    ) {
        self.tube = tube
        self.people = people
        self.manifest = manifest
        self.unit = unit
        self.site = site
        self.box = box
        self.risk = risk
        self.collectedAt = collectedAt
    }
}

/// A tube came out of its box at the reception.
package struct TubeReceived: FactPayload {
    package static let kind = FactKind.tubeReceived
    package let tube: TubeID
    package let box: BoxID
    package var subject: String { tube.text }

    /// A received tube.
    package init(tube: TubeID, box: BoxID) {
        self.tube = tube
        self.box = box
    }
}

/// Somebody measured what is left in a tube.
package struct TubeMeasured: FactPayload {
    package static let kind = FactKind.tubeMeasured
    package let tube: TubeID
    package let microlitres: Int
    package var subject: String { tube.text }

    /// A tube with what is left in it.
    package init(tube: TubeID, microlitres: Int) {
        self.tube = tube
        self.microlitres = microlitres
    }
}

/// A tube was rejected.
package struct TubeRejected: FactPayload {
    package static let kind = FactKind.tubeRejected
    package let tube: TubeID
    package let reason: RejectReason
    package var subject: String { tube.text }

    /// A rejected tube.
    package init(tube: TubeID, reason: RejectReason) {
        self.tube = tube
        self.reason = reason
    }
}
