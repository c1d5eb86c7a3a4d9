internal import GRDB
internal import LabDomain

extension Projection {
    func apply(_ fact: RunRead, _ now: Int64, _ actor: String) throws {
        let run = fact.run.text
        try self.run(
            """
            INSERT INTO run (id, plate, fileHash, state, enteredBy, readAt, instrument)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                run, fact.plate.text, Data(fact.fileHash.array),
                fact.controlFaults.isEmpty ? "valid" : "invalid", actor, now,
                fact.instrument,
            ])
        try self.run("UPDATE plate SET state = 'read' WHERE id = ?", [fact.plate.text])
        for reading in fact.readings {
            try self.run(
                """
                INSERT INTO reading (run, position, target, cq, called, isExcluded, ownCq, curve,
                    curveQuality)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    run, reading.well.description, reading.target, reading.cq?.cycles,
                    reading.called?.rawValue, reading.isExcluded, reading.ownCq?.cycles,
                    reading.curve?.rawValue, reading.curveQuality,
                ])
        }
        for fault in fact.controlFaults {
            try self.run(
                """
                INSERT INTO controlFault (run, position, control, target, why)
                VALUES (?, ?, ?, ?, ?)
                """,
                [
                    run, fault.well.description, fault.control.rawValue, fault.target,
                    fault.why?.rawValue,
                ])
        }
        for look in fact.looks ?? [] {
            try self.run(
                """
                INSERT INTO look (run, position, request, reasons, verdict, reason, state)
                VALUES (?, ?, ?, ?, ?, ?, 'open')
                """,
                [
                    run, look.well.description, look.request?.text,
                    look.reasons.map(\.rawValue).joined(separator: " "),
                    look.result?.verdict.rawValue, look.result?.reason?.rawValue,
                ])
        }
    }

    func apply(_ fact: WellLooked, _ now: Int64, _ actor: String) throws {
        try run(
            """
            UPDATE look SET state = ?, lookedBy = ?, lookedAt = ?, byCurve = ?, why = ?
            WHERE run = ? AND position = ?
            """,
            [
                fact.decision.rawValue, actor, now, fact.byCurve ?? false, fact.why,
                fact.run.text, fact.well.description,
            ])
    }
}
