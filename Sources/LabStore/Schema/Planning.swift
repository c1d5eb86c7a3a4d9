/// Scenarios of screenings, the long work on them, and campaigns that were handed over.
///
/// They are plans and drafts, no facts about samples: no fact adds up to these tables, and jobs are
/// pruned. Who asked for what is kept with the commands.
enum Planning {
    static let name = "2026-11 planning of screenings"

    static let statements = """
        CREATE TABLE scenario (
            id      TEXT PRIMARY KEY,
            name    TEXT NOT NULL,
            title   TEXT NOT NULL,
            people  INTEGER NOT NULL CHECK (people >= 0),
            version INTEGER NOT NULL CHECK (version >= 1),
            savedAt INTEGER NOT NULL,
            savedBy TEXT NOT NULL,
            isGone  INTEGER NOT NULL DEFAULT 0 CHECK (isGone IN (0, 1))
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX scenarioByName ON scenario(name) WHERE isGone = 0;
        CREATE TABLE scenarioVersion (
            scenario TEXT NOT NULL REFERENCES scenario(id),
            version  INTEGER NOT NULL CHECK (version >= 1),
            yaml     TEXT NOT NULL,
            savedAt  INTEGER NOT NULL,
            savedBy  TEXT NOT NULL,
            PRIMARY KEY (scenario, version)
        ) STRICT;
        CREATE TABLE job (
            id          TEXT PRIMARY KEY,
            kind        TEXT NOT NULL CHECK (kind IN ('simulate', 'compare', 'plan')),
            title       TEXT NOT NULL,
            input       TEXT NOT NULL CHECK (json_valid(input)),
            state       TEXT NOT NULL CHECK (state IN
                        ('waiting', 'running', 'done', 'failed', 'cancelled', 'abandoned')),
            askedAt     INTEGER NOT NULL,
            askedBy     TEXT NOT NULL,
            begun       INTEGER NOT NULL DEFAULT 0 CHECK (begun >= 0),
            owner       TEXT,
            beatAt      INTEGER,
            startedAt   INTEGER,
            endedAt     INTEGER,
            share       REAL NOT NULL DEFAULT 0 CHECK (share BETWEEN 0 AND 1),
            step        TEXT NOT NULL DEFAULT 'waiting',
            done        INTEGER NOT NULL DEFAULT 0,
            total       INTEGER NOT NULL DEFAULT 0,
            wantsCancel INTEGER NOT NULL DEFAULT 0 CHECK (wantsCancel IN (0, 1)),
            failure     TEXT,
            bytes       INTEGER NOT NULL DEFAULT 0,
            CHECK ((state = 'running') = (owner IS NOT NULL)),
            CHECK ((endedAt IS NOT NULL) = (state NOT IN ('waiting', 'running')))
        ) STRICT;
        CREATE INDEX jobByTime ON job(askedAt, id);
        CREATE INDEX jobOpen ON job(askedAt, id) WHERE state IN ('waiting', 'running');
        CREATE TABLE jobFile (
            job   TEXT NOT NULL REFERENCES job(id) ON DELETE CASCADE,
            name  TEXT NOT NULL,
            bytes BLOB NOT NULL,
            PRIMARY KEY (job, name)
        ) STRICT;
        CREATE TABLE campaign (
            id         TEXT PRIMARY KEY,
            name       TEXT NOT NULL,
            title      TEXT NOT NULL,
            scenario   TEXT NOT NULL,
            startsAt   INTEGER NOT NULL,
            handedAt   INTEGER NOT NULL,
            handedBy   TEXT NOT NULL,
            endedAt    INTEGER,
            endedBy    TEXT
        ) STRICT;
        CREATE UNIQUE INDEX campaignRunning ON campaign(name) WHERE endedAt IS NULL;
        CREATE TABLE campaignSite (
            campaign   TEXT NOT NULL REFERENCES campaign(id),
            number     INTEGER NOT NULL CHECK (number >= 1),
            name       TEXT NOT NULL,
            district   TEXT NOT NULL,
            people     INTEGER NOT NULL CHECK (people >= 0),
            lines      INTEGER NOT NULL CHECK (lines >= 0),
            tubes      INTEGER NOT NULL CHECK (tubes >= 0),
            firstTube  TEXT NOT NULL,
            lastTube   TEXT NOT NULL,
            courier    TEXT NOT NULL,
            pickUps    TEXT NOT NULL,
            laboratory TEXT NOT NULL,
            PRIMARY KEY (campaign, number)
        ) STRICT, WITHOUT ROWID;
        """
}
