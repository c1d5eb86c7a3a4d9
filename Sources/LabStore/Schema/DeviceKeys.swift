/// Keys by which devices and programs are known; what is kept is a keyed hash.
///
/// No fact adds up to this table; that a key was issued is a fact without it.
enum DeviceKeys {
    static let name = "2026-11 keys of devices"

    static let statement = """
        CREATE TABLE deviceKey (
            handle   TEXT PRIMARY KEY REFERENCES staff(handle),
            token    BLOB NOT NULL UNIQUE CHECK (length(token) = 32),
            issuedAt INTEGER NOT NULL,
            issuedBy TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
