internal import GRDB
internal import LabDomain

extension Projection {
    func apply(_ fact: DeskTubeOpened, _ now: Int64) throws {
        try run(
            """
            INSERT INTO deskTube
                (id, desk, tube, ratio, risk, unit, site, box, state, cause, openedAt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?)
            """,
            [
                fact.deskTube.text, fact.desk, fact.tube.text, fact.ratio.rawValue,
                fact.risk.rawValue, fact.unit, fact.site, fact.box?.text, fact.cause?.rawValue,
                now,
            ])
    }

    func apply(_ fact: DeskPersonBound) throws {
        let identity = fact.person?.identity
        func data(_ bytes: Bytes?) -> Data? { bytes.map { Data($0.array) } }
        try run(
            """
            INSERT INTO deskPerson (deskTube, desk, sequence, person, document, name, telephone,
                address, details, at, device, by, again)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                fact.deskTube.text, fact.place.desk, fact.place.sequence, fact.person?.id.text,
                data(identity?.document), data(identity?.name), data(identity?.telephone),
                data(identity?.address), data(identity?.details), fact.place.at.milliseconds,
                fact.place.device?.milliseconds, fact.place.by, fact.again?.text,
            ])
        try run(
            "UPDATE deskTube SET cause = coalesce(cause, ?) WHERE id = ?",
            [fact.cause?.rawValue, fact.deskTube.text])
        try move(fact.place)
    }

    func apply(_ fact: DeskPersonUndone) throws {
        try run(
            "UPDATE deskPerson SET isUndone = 1 WHERE desk = ? AND sequence = ?",
            [fact.place.desk, fact.undone])
        try move(fact.place)
    }

    func apply(_ fact: DeskEntryPassed) throws { try move(fact.place) }

    func apply(_ fact: DeskTubeClosed, _ now: Int64) throws {
        try run(
            "UPDATE deskTube SET state = ?, cause = ?, reason = ?, closedAt = ? WHERE id = ?",
            [
                fact.state.rawValue, fact.cause?.rawValue, fact.reason?.rawValue, now,
                fact.deskTube.text,
            ])
        try count(fact.people, in: fact.manifest)
        try move(fact.place)
    }

    func apply(_ fact: DeskTubeReopened) throws {
        try run(
            """
            UPDATE deskTube SET state = 'open', cause = ?, reason = NULL, closedAt = NULL
            WHERE id = ?
            """, [fact.cause?.rawValue, fact.deskTube.text])
        if fact.wasRegistered {
            try run(
                """
                UPDATE manifest SET tubes = tubes - 1, people = people - ?
                WHERE id = (SELECT manifest FROM tube WHERE barcode = ?)
                """, [fact.people, fact.tube.text])
            try run("DELETE FROM specimen WHERE tube = ?", [fact.tube.text])
            try run("DELETE FROM tube WHERE barcode = ?", [fact.tube.text])
        }
        try move(fact.place)
    }

    func apply(_ fact: DeskTubeSettled, _ now: Int64) throws {
        try run(
            """
            UPDATE deskTube SET state = ?, tube = ?, note = ?, closedAt = coalesce(closedAt, ?)
            WHERE id = ?
            """,
            [fact.state.rawValue, fact.tube.text, fact.note, now, fact.deskTube.text])
        if let into = fact.into {
            try run(
                "UPDATE deskPerson SET deskTube = ? WHERE deskTube = ?",
                [into.text, fact.deskTube.text])
        }
        try count(fact.people, in: fact.manifest)
    }

    /// One more tube of a desk's day.
    private func count(_ people: Int, in manifest: ManifestID?) throws {
        guard let manifest else { return }
        try run(
            "UPDATE manifest SET tubes = tubes + 1, people = people + ? WHERE id = ?",
            [people, manifest.text])
    }

    private func move(_ place: DeskPlace) throws {
        try run(
            """
            INSERT INTO desk (id, sequence, lastAt) VALUES (?1, ?2, ?3)
            ON CONFLICT (id) DO UPDATE SET sequence = ?2, lastAt = ?3
            """, [place.desk, place.sequence, place.at.milliseconds])
    }
}
