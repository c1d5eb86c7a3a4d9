internal import Foundation
internal import GRDB
internal import LabDomain

extension Projection {
    func apply(_ fact: AlertingAdopted, _ now: Int64) throws {
        try run(
            """
            INSERT INTO alerting (id, settings, adoptedAt) VALUES (1, ?, ?)
            ON CONFLICT (id) DO UPDATE SET settings = excluded.settings
            """, [fact.settings, now])
    }

    func apply(_ fact: AlertRaised) throws {
        try run(
            """
            INSERT INTO alert (id, kind, box, rule, unit, tubes, dueAt, predictedAt, raisedAt,
                state, step, toldAt)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'open', ?10, ?9)
            """,
            [
                fact.alert.text, fact.about.rawValue, fact.box?.text ?? "", fact.rule ?? "",
                fact.unit, fact.tubes, fact.dueAt?.milliseconds, fact.predictedAt?.milliseconds,
                fact.raisedAt.milliseconds, fact.step,
            ])
    }

    func apply(_ fact: AlertChanged) throws {
        let id = fact.alert.text
        let at = fact.judgedAt.milliseconds
        switch fact.change {
        case .told(let step):
            try run("UPDATE alert SET step = ?, toldAt = ? WHERE id = ?", [step, at, id])
        case .eased:
            try run("UPDATE alert SET state = 'eased' WHERE id = ?", [id])
        case .reopened:
            try run("UPDATE alert SET state = 'open' WHERE id = ?", [id])
        case .closed:
            try run("UPDATE alert SET state = 'closed', closedAt = ? WHERE id = ?", [at, id])
        }
    }

    /// The first acknowledgement counts.
    func apply(_ fact: AlertAcknowledged, _ now: Int64, _ actor: String) throws {
        try run(
            """
            UPDATE alert SET acknowledgedAt = ?, acknowledgedBy = ?
            WHERE id = ? AND acknowledgedAt IS NULL
            """, [now, actor, fact.alert.text])
    }

    func apply(_ fact: AlertMessageMade, _ now: Int64) throws {
        let alerts = String(
            decoding: try JSONEncoder().encode(fact.alerts), as: UTF8.self)
        try run(
            """
            INSERT INTO alertMessage (id, channel, alerts, title, text, madeAt, state, tries)
            VALUES (?, ?, ?, ?, ?, ?, 'made', 0)
            """, [fact.message.text, fact.channel, alerts, fact.title, fact.text, now])
    }

    func apply(_ fact: AlertMessageSent) throws {
        try run(
            """
            UPDATE alertMessage SET state = 'sent', tries = tries + 1
            WHERE id = ? AND state IN ('made', 'sent')
            """, [fact.message.text])
    }

    func apply(_ fact: AlertMessageEnded, _ now: Int64) throws {
        let isRetry = fact.outcome == .retry
        try run(
            """
            UPDATE alertMessage SET state = ?, answer = ?, nextAt = ?, endedAt = ?
            WHERE id = ? AND state IN ('made', 'sent')
            """,
            [
                isRetry ? "sent" : fact.outcome.rawValue, fact.answer, fact.nextAt?.milliseconds,
                isRetry ? nil : now, fact.message.text,
            ])
    }
}
