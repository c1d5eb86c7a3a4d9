/// The certificates that were given out, by their codes.
///
/// A code is made from the result that it certifies: when the result changes, the code that the
/// laboratory would give today is another one, and the old certificate is no longer valid.
enum Certificates {
    static let name = "2026-11 certificates"

    static let statement = """
        CREATE TABLE certificate (
            code     TEXT PRIMARY KEY CHECK (length(code) = 17),
            tube     TEXT NOT NULL,
            person   TEXT NOT NULL,
            issuedAt INTEGER NOT NULL,
            issuedBy TEXT NOT NULL,
            FOREIGN KEY (person, tube) REFERENCES specimen(person, tube)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX certificateByTube ON certificate(tube);
        CREATE TRIGGER certificateNeedsRelease BEFORE INSERT ON certificate
        WHEN NOT EXISTS (SELECT 1 FROM answer WHERE tube = NEW.tube AND state = 'released')
        BEGIN SELECT RAISE(ABORT, 'only released answers are certified'); END;
        """
}
