internal import GRDB
package import LabDomain

/// How somebody proves who they are, as it is kept.
package struct StoredCredential: Hashable, Sendable {
    /// An argon2id line.
    package let kept: String
    /// Whether it must be changed before anything else is done.
    package let isOneTime: Bool
    package let failures: Int
    package let blockedUntil: Timestamp
}

/// A session that has not ended.
package struct StoredSession: Hashable, Sendable {
    package let handle: String
    package let startedAt: Timestamp
    package let seenAt: Timestamp
    /// Whether the password must be changed before anything else is done.
    package let isOneTime: Bool
}

extension StoreView {
    /// The password of somebody; nil when they have none.
    package func credential(of handle: String) throws -> StoredCredential? {
        try row("SELECT * FROM credential WHERE handle = ?", [handle]).map {
            StoredCredential(
                kept: $0["kept"], isOneTime: $0["isOneTime"], failures: $0["failures"],
                blockedUntil: Timestamp(milliseconds: $0["blockedUntil"]))
        }
    }

    /// Whether anybody with this role has a password.
    package func hasCredential(_ role: Role) throws -> Bool {
        try row(
            """
            SELECT 1 FROM credential c JOIN staff s ON s.handle = c.handle
            WHERE s.role = ? AND s.retiredAt IS NULL LIMIT 1
            """, [role.rawValue]) != nil
    }

    /// The session behind the hash of a token; nil when there is none or it has ended.
    package func session(_ token: [UInt8]) throws -> StoredSession? {
        try row(
            """
            SELECT s.handle, s.startedAt, s.seenAt, c.isOneTime FROM session s
            JOIN credential c ON c.handle = s.handle
            WHERE s.token = ? AND s.endedAt IS NULL
            """, [Data(token)]
        ).map {
            StoredSession(
                handle: $0["handle"], startedAt: Timestamp(milliseconds: $0["startedAt"]),
                seenAt: Timestamp(milliseconds: $0["seenAt"]), isOneTime: $0["isOneTime"])
        }
    }
}

extension Transaction {
    /// Keeps somebody's new password; failures are forgotten, and their sessions end.
    package func keepCredential(_ kept: String, isOneTime: Bool, of handle: String) throws {
        try run(
            """
            INSERT INTO credential (handle, kept, isOneTime, setAt) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (handle) DO UPDATE SET kept = ?2, isOneTime = ?3, setAt = ?4, failures = 0,
                blockedUntil = 0
            """, [handle, kept, isOneTime, stamp.at.milliseconds])
        try endSessions(of: handle)
    }

    /// Counts the failed attempts to sign in as somebody.
    package func keepFailures(
        _ failures: Int, blockedUntil: Timestamp, of handle: String
    ) throws {
        try run(
            "UPDATE credential SET failures = ?, blockedUntil = ? WHERE handle = ?",
            [failures, blockedUntil.milliseconds, handle])
    }

    /// Begins a session; `token` is the hash of what the browser keeps.
    package func beginSession(_ token: [UInt8], of handle: String) throws {
        try run(
            "INSERT INTO session (token, handle, startedAt, seenAt) VALUES (?1, ?2, ?3, ?3)",
            [Data(token), handle, stamp.at.milliseconds])
    }

    /// Notes that a session is in use.
    package func touchSession(_ token: [UInt8]) throws {
        try run(
            "UPDATE session SET seenAt = max(seenAt, ?) WHERE token = ? AND endedAt IS NULL",
            [stamp.at.milliseconds, Data(token)])
    }

    /// Ends one session.
    package func endSession(_ token: [UInt8]) throws {
        try run(
            "UPDATE session SET endedAt = ? WHERE token = ? AND endedAt IS NULL",
            [stamp.at.milliseconds, Data(token)])
    }

    /// Ends all sessions of somebody.
    package func endSessions(of handle: String) throws {
        try run(
            "UPDATE session SET endedAt = ? WHERE handle = ? AND endedAt IS NULL",
            [stamp.at.milliseconds, handle])
    }

    private func run(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
