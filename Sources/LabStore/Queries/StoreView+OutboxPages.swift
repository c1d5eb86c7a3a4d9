internal import GRDB
package import LabDomain

extension StoreView {
    /// A part of the messages, the newest first.
    package func messages(
        _ filter: OutboxFilter, after: String, size: Int = Part<StoredMessage>.size
    ) throws -> Part<StoredMessage> {
        let last = Self.place(after) ?? (Int64.max, "")
        // Each question has an index of its own; the sign keeps SQLite from taking another.
        let own: String =
            if filter.tube != nil {
                "tube = ?3 AND (?1 IS NULL OR receiver = ?1) AND (?2 IS NULL OR state = ?2)"
            } else if filter.state != nil {
                "?3 IS NULL AND state = ?2 AND (?1 IS NULL OR +receiver = ?1)"
            } else if filter.receiver != nil {
                "?3 IS NULL AND ?2 IS NULL AND receiver = ?1"
            } else {
                "?1 IS NULL AND ?2 IS NULL AND ?3 IS NULL"
            }
        let sql: String = """
            SELECT * FROM message WHERE \(own) AND (madeAt, id) < (?4, ?5)
            ORDER BY madeAt DESC, id DESC LIMIT ?6
            """
        let rows = try rows(
            sql,
            [
                filter.receiver, filter.state?.rawValue, filter.tube?.text, last.at, last.id,
                size + 1,
            ])
        return Part(rows.compactMap(Self.message), size: size) {
            "\($0.madeAt.milliseconds) \($0.id)"
        }
    }

    /// A part of the messages that a receiver has found wrong, the one that waits longest first.
    package func rejectedMessages(
        of receiver: String?, after: String, size: Int = Part<StoredMessage>.size
    ) throws -> Part<StoredMessage> {
        let last = Self.place(after) ?? (Int64.min, "")
        let rows = try rows(
            """
            SELECT * FROM message INDEXED BY messageRejectedByTime
            WHERE state = 'rejected' AND (?1 IS NULL OR +receiver = ?1)
                AND (answeredAt, id) > (?2, ?3) ORDER BY answeredAt, id LIMIT ?4
            """, [receiver, last.at, last.id, size + 1])
        return Part(rows.compactMap(Self.message), size: size) {
            "\($0.answeredAt?.milliseconds ?? 0) \($0.id)"
        }
    }

    /// A part of what cannot be written yet, the one that waits longest first.
    package func heldMessages(
        of receiver: String?, after: String, size: Int = Part<StoredHeldMessage>.size
    ) throws -> Part<StoredHeldMessage> {
        let last = after.split(separator: " ", maxSplits: 3).map(String.init)
        let start: (Int64, String, String, String) =
            last.count == 4 ? (Int64(last[0]) ?? 0, last[3], last[1], last[2]) : (.min, "", "", "")
        let rows = try rows(
            """
            SELECT * FROM heldMessage WHERE (?1 IS NULL OR +receiver = ?1)
                AND (heldAt, receiver, tube, person) > (?2, ?3, ?4, ?5)
            ORDER BY heldAt, receiver, tube, person LIMIT ?6
            """, [receiver, start.0, start.1, start.2, start.3, size + 1])
        // A receiver's name may hold blanks: it stands last.
        return Part(rows.compactMap(Self.held), size: size) {
            "\($0.heldAt.milliseconds) \($0.tube) \($0.person) \($0.receiver)"
        }
    }

    /// How many messages each receiver has in each state, those without any too.
    package func messageCounts() throws -> [String: [MessageState: Int]] {
        var counts: [String: [MessageState: Int]] = [:]
        for row in try rows(
            """
            SELECT r.name, c.state, c.messages FROM receiver r
            LEFT JOIN messageCount c ON c.receiver = r.name
            """)
        {
            counts[row["name"], default: [:]][
                MessageState(rawValue: row["state"] ?? "") ?? .made, default: 0] +=
                row["messages"] ?? 0
        }
        return counts
    }

    /// A place in a list by time: milliseconds and an identifier.
    private static func place(_ text: String) -> (at: Int64, id: String)? {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2, let at = Int64(parts[0]) else { return nil }
        return (at, parts[1])
    }
}
