internal import GRDB
internal import LabDomain

extension Projection {
    func apply(_ fact: ManifestRegistered, _ now: Int64, _ actor: String) throws {
        try run(
            """
            INSERT INTO manifest
                (id, fileHash, tubes, people, linesLeftOut, registeredAt, registeredBy)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                fact.manifest.text, Data(fact.fileHash.array), fact.tubes, fact.people,
                fact.linesLeftOut, now, actor,
            ])
    }

    func apply(_ fact: TubeRegistered) throws {
        var ratio: Int?
        var place: String?
        switch fact.tube {
        case .single: break
        case .mixed(let tube): ratio = tube.ratio.rawValue
        case .environmental(let tube): place = tube.place
        }
        try database.run(
            """
            INSERT INTO tube
                (barcode, kind, ratio, place, manifest, unit, site, box, risk, collectedAt, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'expected')
            """,
            [
                .text(fact.tube.id.text), .text(fact.tube.kind.rawValue),
                ratio.map { .number(Int64($0)) } ?? .null, place.map { .text($0) } ?? .null,
                .text(fact.manifest.text), .text(fact.unit), .text(fact.site),
                .text(fact.box.text), .text(fact.risk.rawValue),
                .number(fact.collectedAt.milliseconds),
            ])
        for (index, person) in fact.people.enumerated() {
            try keep(person)
            try database.run(
                "INSERT INTO specimen (tube, number, person) VALUES (?, ?, ?)",
                [.text(fact.tube.id.text), .number(Int64(index + 1)), .text(person.id.text)])
        }
    }

    /// A person who is known already gets the newest telephone and address.
    private func keep(_ person: RegisteredPerson) throws {
        let identity = person.identity
        try database.run(
            """
            INSERT INTO person (id, document, name, telephone, address, details)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, telephone = excluded.telephone,
                address = excluded.address, details = excluded.details
            """,
            [
                .text(person.id.text), .bytes(identity.document.array),
                .bytes(identity.name.array), identity.telephone.map { .bytes($0.array) } ?? .null,
                identity.address.map { .bytes($0.array) } ?? .null,
                .bytes(identity.details.array),
            ])
    }

    func apply(_ fact: TubeReceived, _ now: Int64, _ actor: String) throws {
        try run(
            "UPDATE tube SET state = 'received', receivedAt = ?, receivedBy = ? WHERE barcode = ?",
            [now, actor, fact.tube.text])
    }

    func apply(_ fact: TubeMeasured, _ now: Int64) throws {
        try run(
            """
            INSERT INTO measurement (tube, microlitres, measuredAt) VALUES (?, ?, ?)
            ON CONFLICT (tube) DO UPDATE SET microlitres = excluded.microlitres,
                measuredAt = excluded.measuredAt
            """, [fact.tube.text, fact.microlitres, now])
    }

    func apply(_ fact: TubeRejected) throws {
        try run(
            "UPDATE tube SET state = 'rejected', rejected = ? WHERE barcode = ?",
            [fact.reason.rawValue, fact.tube.text])
    }
}
