/// Passwords and sessions: what the server needs to know somebody again.
///
/// No fact adds up to these tables; that somebody's password was set is a fact without it.
enum SigningIn {
    static let name = "2026-11 signing in"

    static let statement = """
        CREATE TABLE credential (
            handle       TEXT PRIMARY KEY REFERENCES staff(handle),
            kept         TEXT NOT NULL CHECK (kept LIKE '$argon2id$%'),
            isOneTime    INTEGER NOT NULL CHECK (isOneTime IN (0, 1)),
            setAt        INTEGER NOT NULL,
            failures     INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
            blockedUntil INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE session (
            token     BLOB PRIMARY KEY CHECK (length(token) = 32),
            handle    TEXT NOT NULL REFERENCES staff(handle),
            startedAt INTEGER NOT NULL,
            seenAt    INTEGER NOT NULL CHECK (seenAt >= startedAt),
            endedAt   INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sessionByHandle ON session(handle) WHERE endedAt IS NULL;
        """
}
