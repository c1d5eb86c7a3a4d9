internal import GRDB
internal import LabDomain

extension Projection {
    func apply(_ fact: PlateLaidOut, _ now: Int64) throws {
        try run(
            """
            INSERT INTO plate (id, format, kit, assay, version, state, laidOutAt, lot, rerunOf)
            VALUES (?, ?, ?, ?, ?, 'laid-out', ?, ?, ?)
            """,
            [
                fact.plate.text, fact.layout.format.rawValue, fact.kit.rawValue, fact.assay,
                fact.version, now, fact.lot, fact.rerunOf?.text,
            ])
        for well in fact.layout.failed {
            try run(
                "INSERT INTO failedWell (plate, position, reason, failedAt) VALUES (?, ?, '', ?)",
                [fact.plate.text, well.description, now])
        }
        for well in fact.layout.wells {
            var request: String?
            var control: String?
            switch well.content {
            case .sample(let id): request = id.text
            case .control(let kind): control = kind.rawValue
            }
            try run(
                "INSERT INTO well (plate, position, request, control) VALUES (?, ?, ?, ?)",
                [fact.plate.text, well.position.description, request, control])
            if let request {
                try run("UPDATE request SET state = 'plated' WHERE id = ?", [request])
            }
        }
    }

    func apply(_ fact: PlateAbandoned) throws {
        try run("UPDATE plate SET state = 'abandoned' WHERE id = ?", [fact.plate.text])
    }

    /// The wells move to the new plate: a test stands in one well.
    func apply(_ fact: PlatesCombined, _ now: Int64) throws {
        try run(
            """
            INSERT INTO plate (id, format, kit, assay, version, state, laidOutAt, lot)
            VALUES (?, 384, ?, ?, ?, 'laid-out', ?, ?)
            """,
            [
                fact.plate.text, fact.kit.rawValue, fact.assay, fact.version, now, fact.lot,
            ])
        for (quadrant, source) in zip(Quadrant.allCases, fact.sources) {
            try run(
                "INSERT INTO quadrant (source, plate, number) VALUES (?, ?, ?)",
                [source.text, fact.plate.text, quadrant.rawValue])
            try run("UPDATE plate SET state = 'combined' WHERE id = ?", [source.text])
            for table in ["well", "failedWell"] {
                let places = try String.fetchAll(
                    database, sql: "SELECT position FROM \(table) WHERE plate = ?",
                    arguments: [source.text])
                for place in places.compactMap(WellPosition.init(text:)) {
                    try run(
                        """
                        UPDATE \(table) SET plate = ?, position = ?
                        WHERE plate = ? AND position = ?
                        """,
                        [
                            fact.plate.text, quadrant.place(of: place).description, source.text,
                            place.description,
                        ])
                }
            }
        }
    }

    /// The well is kept apart: a run need not read it, and its test is withdrawn.
    func apply(_ fact: WellFailed, _ now: Int64, _ actor: String) throws {
        try run(
            "DELETE FROM well WHERE plate = ? AND position = ? AND request = ?",
            [fact.plate.text, fact.well.description, fact.request.text])
        try run(
            """
            INSERT INTO failedWell (plate, position, request, reason, failedAt, failedBy)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                fact.plate.text, fact.well.description, fact.request.text, fact.reason, now, actor,
            ])
    }
}
