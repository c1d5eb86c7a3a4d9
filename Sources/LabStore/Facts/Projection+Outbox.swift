internal import Foundation
internal import GRDB
internal import LabDomain

extension Projection {
    func apply(_ fact: ReceiverAdopted, _ now: Int64) throws {
        try run(
            """
            INSERT INTO receiver (name, settings, adoptedAt) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET settings = excluded.settings,
                adoptedAt = excluded.adoptedAt, retiredAt = NULL
            """, [fact.name, fact.settings, now])
    }

    func apply(_ fact: ReceiverRetired, _ now: Int64) throws {
        try run("UPDATE receiver SET retiredAt = ? WHERE name = ?", [now, fact.name])
    }

    /// What was accepted before is corrected by the new message, what was not is superseded.
    func apply(_ fact: MessageMade, _ now: Int64) throws {
        try settle(fact.receiver, fact.tube, fact.person)
        try run(
            """
            INSERT INTO message (id, receiver, tube, person, version, says, pool, hash, state,
                isUrgent, releasedAt, madeAt, dueAt, tries)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'made', ?, ?, ?, ?, 0)
            """,
            [
                fact.message.text, fact.receiver, fact.tube.text, fact.person.text, fact.version,
                fact.says.rawValue, fact.pool?.text, Data(fact.hash.array), fact.isUrgent ? 1 : 0,
                fact.releasedAt.milliseconds, now, fact.dueAt.milliseconds,
            ])
    }

    func apply(_ fact: MessageHeld, _ now: Int64) throws {
        let reasons = try JSONEncoder().encode(fact.reasons)
        try run(
            """
            INSERT INTO heldMessage (receiver, tube, person, says, reasons, heldAt)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (receiver, tube, person) DO UPDATE SET says = excluded.says,
                reasons = excluded.reasons, heldAt = excluded.heldAt
            """,
            [
                fact.receiver, fact.tube.text, fact.person.text, fact.says.rawValue,
                String(decoding: reasons, as: UTF8.self), now,
            ])
    }

    func apply(_ fact: MessagesDropped) throws {
        try settle(fact.receiver, fact.tube, fact.person)
    }

    func apply(_ fact: MessagesSent, _ now: Int64) throws {
        for message in fact.messages {
            try run(
                """
                UPDATE message SET state = 'sent', tries = tries + 1, sentAt = ?
                WHERE id = ? AND state IN ('made', 'sent')
                """, [now, message.text])
        }
    }

    /// A late answer about a superseded message is kept beside it and changes nothing else.
    func apply(_ fact: MessagesAnswered, _ now: Int64) throws {
        for outcome in fact.outcomes {
            switch outcome.result {
            case .untried:
                try run(
                    """
                    UPDATE message SET tries = tries - 1,
                        state = CASE tries WHEN 1 THEN 'made' ELSE state END
                    WHERE id = ? AND state = 'sent'
                    """, [outcome.message.text])
            case .accepted, .rejected, .retry:
                try run(
                    """
                    UPDATE message SET answer = ?, answeredAt = ?, place = ?, words = ?, nextAt = ?,
                        state = CASE state WHEN 'sent' THEN ? ELSE state END
                    WHERE id = ? AND state IN ('sent', 'superseded')
                    """,
                    [
                        outcome.answer, now, outcome.place,
                        outcome.words.map { Data($0.array) }, outcome.nextAt?.milliseconds,
                        outcome.result == .retry ? "sent" : outcome.result.rawValue,
                        outcome.message.text,
                    ])
            }
        }
    }

    func apply(_ fact: MessageReturned) throws {
        try run(
            "UPDATE message SET state = 'sent', nextAt = NULL WHERE id = ? AND state = 'rejected'",
            [fact.message.text])
    }

    func apply(_ fact: AmendmentProposed, _ now: Int64, _ actor: String) throws {
        var outcome: Outcome?
        if case .correction(let corrected) = fact.change { outcome = corrected }
        try run(
            """
            INSERT INTO amendment (id, tube, person, outcome, reason, state, proposedAt, proposedBy)
            VALUES (?, ?, ?, ?, ?, 'proposed', ?, ?)
            """,
            [
                fact.amendment.text, fact.tube.text, fact.person.text, outcome?.rawValue,
                fact.reason.rawValue, now, actor,
            ])
    }

    func apply(_ fact: AmendmentDecided, _ now: Int64, _ actor: String) throws {
        try run(
            "UPDATE amendment SET state = ?, decidedAt = ?, decidedBy = ? WHERE id = ?",
            [fact.isAccepted ? "accepted" : "refused", now, actor, fact.amendment.text])
        guard fact.isAccepted else { return }
        try run(
            """
            UPDATE answer SET outcome = coalesce(
                (SELECT outcome FROM amendment WHERE id = ?), outcome) WHERE tube = ?
            """, [fact.amendment.text, fact.tube.text])
    }

    private func settle(_ receiver: String, _ tube: TubeID, _ person: PersonID) throws {
        let whose: StatementArguments = [receiver, tube.text, person.text]
        try run(
            """
            UPDATE message SET state =
                CASE state WHEN 'accepted' THEN 'corrected' ELSE 'superseded' END
            WHERE receiver = ? AND tube = ? AND person = ?
                AND state IN ('made', 'sent', 'accepted', 'rejected')
            """, whose)
        try run("DELETE FROM heldMessage WHERE receiver = ? AND tube = ? AND person = ?", whose)
    }
}
