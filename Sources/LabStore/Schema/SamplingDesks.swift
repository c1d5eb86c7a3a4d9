/// Sampling desks with the tubes that they fill; a person's fields are sealed, tokens are keyed.
enum SamplingDesks {
    static let name = "2026-11 sampling desks"

    static let statements = """
        CREATE TABLE desk (
            id       TEXT PRIMARY KEY CHECK (length(id) BETWEEN 16 AND 40),
            sequence INTEGER NOT NULL CHECK (sequence >= 1),
            lastAt   INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE deskTube (
            id       TEXT PRIMARY KEY,
            desk     TEXT NOT NULL,
            tube     TEXT NOT NULL,
            ratio    INTEGER NOT NULL CHECK (ratio IN (1, 5, 10, 20)),
            risk     TEXT NOT NULL CHECK (risk IN ('low', 'medium', 'high', 'key')),
            unit     TEXT NOT NULL,
            site     TEXT NOT NULL,
            box      TEXT,
            state    TEXT NOT NULL
                     CHECK (state IN ('open', 'held', 'registered', 'discarded', 'merged')),
            cause    TEXT,
            reason   TEXT,
            note     TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 300),
            openedAt INTEGER NOT NULL,
            closedAt INTEGER,
            CHECK (state <> 'held' OR cause IS NOT NULL),
            CHECK ((state = 'open') = (closedAt IS NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX openDeskTube ON deskTube(desk, tube) WHERE state = 'open';
        CREATE INDEX deskTubeByTube ON deskTube(tube);
        CREATE INDEX unsettledDeskTube ON deskTube(state, openedAt)
            WHERE state IN ('open', 'held');
        CREATE TABLE deskPerson (
            deskTube  TEXT NOT NULL REFERENCES deskTube(id),
            desk      TEXT NOT NULL,
            sequence  INTEGER NOT NULL CHECK (sequence >= 1),
            person    TEXT,
            document  BLOB CHECK (length(document) = 16),
            name      BLOB CHECK (length(name) = 16),
            telephone BLOB CHECK (length(telephone) = 16),
            address   BLOB CHECK (length(address) = 16),
            details   BLOB,
            at        INTEGER NOT NULL,
            device    INTEGER,
            by        TEXT NOT NULL,
            again     TEXT,
            isUndone  INTEGER NOT NULL DEFAULT 0 CHECK (isUndone IN (0, 1)),
            CHECK ((person IS NULL) = (details IS NULL)),
            PRIMARY KEY (desk, sequence)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX deskPersonByTube ON deskPerson(deskTube, at, desk, sequence);
        CREATE INDEX deskPersonByPerson ON deskPerson(person, at) WHERE person IS NOT NULL;
        """
}
