internal import LabDomain

extension ResultBundle {
    /// The specimen, and the laboratory pool that it was tested in.
    var specimens: [(ResourceName, FHIRObject)] {
        [(.specimen, specimen)] + (pool.map { [(.pool, specimen(of: $0))] } ?? [])
    }

    /// The tube; a mixed tube is a specimen of its group.
    private var specimen: FHIRObject {
        let isMixed = if case .mixedTube = parts.specimen.testing { true } else { false }
        return make(
            "Specimen", .specimen,
            [
                "extension": isMixed ? [Self.pooled] : .objects([]),
                "identifier": [
                    .identifier(parts.specimen.tube.text, oid: parts.route.application.oid)
                ],
                "status": .text(rejected == nil ? "available" : "unsatisfactory"),
                "type": .object(.concept(type)),
                "subject": .object(reference(isMixed ? .group : .subject)),
                "receivedTime": .text(time(parts.times.receivedAt)),
                "request": [reference(.order)],
                "collection": ["collectedDateTime": .text(time(parts.times.collectedAt))],
                "condition": .objects(rejected.map { [.concept($0)] } ?? []),
            ])
    }

    /// A laboratory pool: its number and size, and of its members' tubes this one alone.
    private func specimen(of pool: MessageVersion.Pool) -> FHIRObject {
        make(
            "Specimen", .pool,
            [
                "extension": [Self.pooled],
                "identifier": [.identifier(pool.id.text, oid: parts.route.application.oid)],
                "type": .object(.concept(type)),
                "subject": .object(reference(.group)),
                "parent": [reference(.specimen)],
                "note": FHIRObject.notes(["Specimens in the pool: \(pool.size)."]),
            ])
    }

    /// That a specimen is a pool: R5 says so in Specimen.combined, R4 by this extension.
    private static let pooled: FHIRObject = [
        "url": .attribute(
            "http://hl7.org/fhir/5.0/StructureDefinition/extension-Specimen.combined"),
        "valueCode": "pooled",
    ]

    /// Why the specimen was not tested, as in SPM-21.
    var rejected: Coded? {
        if case .cancelled(let reason) = version.status { reason.code } else { nil }
    }

    private var type: Coded {
        result.person == nil
            ? codes.tables.code(of: .environment) : codes.tables.code(of: parts.specimen.type)
    }
}
