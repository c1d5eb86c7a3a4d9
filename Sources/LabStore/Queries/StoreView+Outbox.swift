internal import Foundation
internal import GRDB
package import LabDomain

/// A receiver as it is kept.
package struct StoredReceiver: Hashable, Sendable {
    package let name: String
    package let settings: String
    package let adoptedAt: Timestamp
    package let isRetired: Bool
}

/// A message as it is kept, without its bytes.
package struct StoredMessage: Hashable, Sendable {
    package let id: MessageID
    package let receiver: String
    package let tube: TubeID
    package let person: PersonID
    package let version: Int
    package let says: MessageKind
    package let pool: PoolID?
    package let hash: Bytes
    package let state: MessageState
    package let isUrgent: Bool
    package let releasedAt: Timestamp
    package let madeAt: Timestamp
    package let dueAt: Timestamp
    package let tries: Int
    package let sentAt: Timestamp?
    package let nextAt: Timestamp?
    package let answeredAt: Timestamp?
    package let answer: String?
    package let place: String?
    /// The receiver's words, sealed.
    package let words: Bytes?
}

/// A message that cannot be written yet.
package struct StoredHeldMessage: Hashable, Sendable {
    package let receiver: String
    package let tube: TubeID
    package let person: PersonID
    package let says: MessageKind
    package let reasons: [String]
    package let heldAt: Timestamp
}

/// A person whose tube was rejected, with what a message about it needs; details still sealed.
package struct RejectedSpecimen: Hashable, Sendable {
    package let tube: TubeID
    package let kind: TubeKind
    package let person: PersonID
    package let details: Bytes
    package let unit: String
    package let site: String
    package let collectedAt: Timestamp
    package let receivedAt: Timestamp?
    package let reason: RejectReason
}

/// What waits for one receiver.
package struct OutboxCounts: Hashable, Sendable, Codable {
    package let receiver: String
    package let waiting: Int
    /// Sent and not answered, among those that wait.
    package let unanswered: Int
    package let accepted: Int
    package let rejected: Int
    package let held: Int
    /// When the one that has waited longest was due.
    package let oldestDue: Timestamp?
}

/// Which messages of the outbox are looked at.
package struct OutboxFilter: Hashable, Sendable {
    package var receiver: String?
    package var state: MessageState?
    package var tube: TubeID?

    /// All messages, or those of a receiver, state or tube.
    package init(receiver: String? = nil, state: MessageState? = nil, tube: TubeID? = nil) {
        self.receiver = receiver
        self.state = state
        self.tube = tube
    }
}

extension StoreView {
    /// The receivers in the order of their names, retired ones too.
    package func receivers() throws -> [StoredReceiver] {
        try rows("SELECT * FROM receiver ORDER BY name").map { row in
            StoredReceiver(
                name: row["name"], settings: row["settings"],
                adoptedAt: Timestamp(milliseconds: row["adoptedAt"]),
                isRetired: (row["retiredAt"] as Int64?) != nil)
        }
    }

    /// One message.
    package func message(_ id: MessageID) throws -> StoredMessage? {
        try row("SELECT * FROM message WHERE id = ?", [id.text]).flatMap(Self.message)
    }

    /// Every message about a person's report for one receiver, the first one first.
    package func messages(
        to receiver: String, about tube: TubeID, _ person: PersonID
    ) throws -> [StoredMessage] {
        try rows(
            """
            SELECT * FROM message WHERE receiver = ? AND tube = ? AND person = ? ORDER BY version
            """, [receiver, tube.text, person.text]
        ).compactMap(Self.message)
    }

    /// Messages that may be sent now, in the order of sending.
    ///
    /// One that waits for its next attempt stands in the way of those behind it, until it has
    /// failed `patience` times: then it steps aside. Times that a clock cannot have meant are no
    /// reason to wait: it has been set back since.
    package func messagesToSend(
        to receiver: String, at now: Timestamp, most: Int, patience: Int, longestPause: Span
    ) throws -> [StoredMessage] {
        let horizon = now.advanced(by: SendingSchedule.longestWait).milliseconds
        let pause = now.advanced(by: longestPause).milliseconds
        let found = try rows(
            """
            SELECT *, coalesce(nextAt > ?2 AND nextAt <= ?3, 0) AS rests FROM message
            WHERE receiver = ?1 AND state IN ('made', 'sent') AND (dueAt <= ?2 OR dueAt > ?4)
                AND NOT (tries >= ?5 AND coalesce(nextAt > ?2 AND nextAt <= ?3, 0))
            ORDER BY isUrgent DESC, dueAt, madeAt, id LIMIT ?6
            """, [receiver, now.milliseconds, pause, horizon, patience, most])
        return found.prefix { !($0["rests"] as Bool) }.compactMap(Self.message)
    }

    /// The bytes of a message, sealed.
    package func sealedMessage(_ id: MessageID) throws -> Bytes? {
        try row("SELECT sealed FROM messageBytes WHERE message = ?", [id.text])
            .map { Bytes([UInt8]($0["sealed"] as Data)) }
    }

    /// Messages, the newest first.
    package func messages(_ filter: OutboxFilter, limit: Int) throws -> [StoredMessage] {
        try rows(
            """
            SELECT * FROM message WHERE (?1 IS NULL OR receiver = ?1)
                AND (?2 IS NULL OR state = ?2) AND (?3 IS NULL OR tube = ?3)
            ORDER BY madeAt DESC, id DESC LIMIT ?4
            """, [filter.receiver, filter.state?.rawValue, filter.tube?.text, limit]
        ).compactMap(Self.message)
    }

    /// Messages that a receiver has found wrong, the one that waits longest first.
    package func rejectedMessages(of receiver: String?, limit: Int) throws -> [StoredMessage] {
        try rows(
            """
            SELECT * FROM message WHERE state = 'rejected' AND (?1 IS NULL OR receiver = ?1)
            ORDER BY answeredAt, id LIMIT ?2
            """, [receiver, limit]
        ).compactMap(Self.message)
    }

    /// Messages that cannot be written yet, the one that waits longest first.
    package func heldMessages(of receiver: String?, limit: Int) throws -> [StoredHeldMessage] {
        try rows(
            """
            SELECT * FROM heldMessage WHERE ?1 IS NULL OR receiver = ?1
            ORDER BY heldAt, receiver, tube, person LIMIT ?2
            """, [receiver, limit]
        ).compactMap(Self.held)
    }

    /// What is held about a person's report for a receiver.
    package func heldMessage(
        for receiver: String, about tube: TubeID, _ person: PersonID
    ) throws -> StoredHeldMessage? {
        try row(
            "SELECT * FROM heldMessage WHERE receiver = ? AND tube = ? AND person = ?",
            [receiver, tube.text, person.text]
        ).flatMap(Self.held)
    }

    /// Whether anything about a person's report is held, waits to be sent or is parked.
    package func isWaiting(
        for receiver: String, about tube: TubeID, _ person: PersonID
    ) throws -> Bool {
        try count(
            """
            SELECT EXISTS (SELECT 1 FROM message WHERE receiver = ?1 AND tube = ?2 AND person = ?3
                    AND state IN ('made', 'sent', 'rejected'))
                OR EXISTS (SELECT 1 FROM heldMessage
                    WHERE receiver = ?1 AND tube = ?2 AND person = ?3)
            """, [receiver, tube.text, person.text]) == 1
    }

    static func held(_ row: Row) -> StoredHeldMessage? {
        guard let says = MessageKind(rawValue: row["says"]) else { return nil }
        let reasons = Data((row["reasons"] as String).utf8)
        return StoredHeldMessage(
            receiver: row["receiver"], tube: TubeID(row["tube"]), person: PersonID(row["person"]),
            says: says,
            reasons: (try? JSONDecoder().decode([String].self, from: reasons)) ?? [],
            heldAt: Timestamp(milliseconds: row["heldAt"]))
    }

    /// What waits for each receiver.
    package func outbox() throws -> [OutboxCounts] {
        try rows(
            """
            SELECT r.name,
                coalesce(sum(c.messages) FILTER (WHERE c.state IN ('made', 'sent')), 0) AS waiting,
                coalesce(sum(c.messages) FILTER (WHERE c.state = 'sent'), 0) AS unanswered,
                coalesce(sum(c.messages) FILTER (WHERE c.state IN ('accepted', 'corrected')), 0)
                    AS accepted,
                coalesce(sum(c.messages) FILTER (WHERE c.state = 'rejected'), 0) AS rejected,
                (SELECT count(*) FROM heldMessage h WHERE h.receiver = r.name) AS held,
                (SELECT min(dueAt) FROM (
                    SELECT min(dueAt) AS dueAt FROM message WHERE receiver = r.name
                        AND state IN ('made', 'sent') AND isUrgent = 1
                    UNION ALL SELECT min(dueAt) FROM message WHERE receiver = r.name
                        AND state IN ('made', 'sent') AND isUrgent = 0)) AS oldest
            FROM receiver r LEFT JOIN messageCount c ON c.receiver = r.name
            GROUP BY r.name ORDER BY r.name
            """
        ).map { row in
            OutboxCounts(
                receiver: row["name"], waiting: row["waiting"], unanswered: row["unanswered"],
                accepted: row["accepted"], rejected: row["rejected"], held: row["held"],
                oldestDue: (row["oldest"] as Int64?).map { Timestamp(milliseconds: $0) })
        }
    }

    /// Whether every message about a tube has arrived: nothing waits, is parked or is held.
    package func isReportedUpward(_ tube: TubeID) throws -> Bool {
        try count(
            """
            SELECT EXISTS (SELECT 1 FROM message WHERE tube = ?1 AND state = 'accepted'
                    AND says IN ('final', 'corrected'))
                AND NOT EXISTS (SELECT 1 FROM message WHERE tube = ?1
                    AND state IN ('made', 'sent', 'rejected'))
                AND NOT EXISTS (SELECT 1 FROM heldMessage WHERE tube = ?1)
            """, [tube.text]) == 1
    }

    /// The people of a rejected tube; none when it is not rejected.
    package func rejectedSpecimens(in tube: TubeID) throws -> [RejectedSpecimen] {
        try rows(
            """
            SELECT t.*, s.person, p.details FROM tube t JOIN specimen s ON s.tube = t.barcode
            JOIN person p ON p.id = s.person WHERE t.barcode = ? AND t.state = 'rejected'
            ORDER BY s.number
            """, [tube.text]
        ).compactMap { row in
            guard let kind = TubeKind(rawValue: row["kind"]),
                let reason = RejectReason(rawValue: row["rejected"])
            else { return nil }
            return RejectedSpecimen(
                tube: tube, kind: kind, person: PersonID(row["person"]),
                details: Bytes([UInt8](row["details"] as Data)), unit: row["unit"],
                site: row["site"], collectedAt: Timestamp(milliseconds: row["collectedAt"]),
                receivedAt: (row["receivedAt"] as Int64?).map { Timestamp(milliseconds: $0) },
                reason: reason)
        }
    }

    /// Who waits for a message about a tube, made or held and not arrived.
    package func waitingMessages(about tube: TubeID) throws -> [(receiver: String, PersonID)] {
        try rows(
            """
            SELECT receiver, person FROM message WHERE tube = ?1 AND state IN ('made', 'sent')
            UNION SELECT receiver, person FROM heldMessage WHERE tube = ?1
            """, [tube.text]
        ).map { ($0["receiver"], PersonID($0["person"])) }
    }

    static func message(_ row: Row) -> StoredMessage? {
        guard let says = MessageKind(rawValue: row["says"]),
            let state = MessageState(rawValue: row["state"])
        else { return nil }
        func instant(_ column: String) -> Timestamp? {
            (row[column] as Int64?).map { Timestamp(milliseconds: $0) }
        }
        return StoredMessage(
            id: MessageID(row["id"]), receiver: row["receiver"], tube: TubeID(row["tube"]),
            person: PersonID(row["person"]), version: row["version"], says: says,
            pool: (row["pool"] as String?).map { PoolID($0) },
            hash: Bytes([UInt8](row["hash"] as Data)), state: state, isUrgent: row["isUrgent"],
            releasedAt: Timestamp(milliseconds: row["releasedAt"]),
            madeAt: Timestamp(milliseconds: row["madeAt"]),
            dueAt: Timestamp(milliseconds: row["dueAt"]), tries: row["tries"],
            sentAt: instant("sentAt"), nextAt: instant("nextAt"),
            answeredAt: instant("answeredAt"), answer: row["answer"], place: row["place"],
            words: (row["words"] as Data?).map { Bytes([UInt8]($0)) })
    }
}

extension Transaction {
    /// Keeps the sealed bytes of a message that this transaction makes.
    package func keep(sealed: [UInt8], of message: MessageID) throws {
        try database.run(
            "INSERT INTO messageBytes (message, sealed) VALUES (?, ?)",
            [.text(message.text), .bytes(sealed)])
    }
}
