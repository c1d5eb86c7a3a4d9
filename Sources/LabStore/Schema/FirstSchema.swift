/// The tables as the first migration makes them.
///
/// Migrations are named and never edited.
///
/// In tables without rowid the columns of the key stand first: the check of SQLite 3.40 complains
/// falsely of the others otherwise.
enum FirstSchema {
    static let name = "2026-11 the journey of a sample"

    static let statements = [facts, laboratory, collection, testing, results, clocks]

    /// What happened, in order; a trigger refuses every change of it.
    private static let facts = """
        CREATE TABLE command (
            key     TEXT PRIMARY KEY,
            verb    TEXT NOT NULL,
            digest  BLOB NOT NULL CHECK (length(digest) = 32),
            actor   TEXT NOT NULL,
            at      INTEGER NOT NULL,
            answer  TEXT NOT NULL CHECK (json_valid(answer))
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE fact (
            number  INTEGER PRIMARY KEY,
            at      INTEGER NOT NULL,
            actor   TEXT NOT NULL,
            role    TEXT NOT NULL,
            verb    TEXT NOT NULL,
            command TEXT NOT NULL,
            kind    TEXT NOT NULL,
            subject TEXT NOT NULL,
            payload TEXT NOT NULL,
            hash    BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        CREATE INDEX factBySubject ON fact(subject);
        CREATE TRIGGER factIsNeverChanged BEFORE UPDATE ON fact
        BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END;
        CREATE TRIGGER factIsNeverRemoved BEFORE DELETE ON fact
        BEGIN SELECT RAISE(ABORT, 'a fact is never removed'); END;
        """

    private static let laboratory = """
        CREATE TABLE vault (
            id       INTEGER PRIMARY KEY CHECK (id = 1),
            keyCheck BLOB NOT NULL
        ) STRICT;
        CREATE TABLE laboratory (
            id       INTEGER PRIMARY KEY CHECK (id = 1),
            name     TEXT NOT NULL,
            settings TEXT NOT NULL,
            madeAt   INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE programme (
            version   TEXT PRIMARY KEY,
            text      TEXT NOT NULL,
            adoptedAt INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE staff (
            handle    TEXT PRIMARY KEY,
            role      TEXT NOT NULL,
            name      BLOB,
            addedAt   INTEGER NOT NULL,
            retiredAt INTEGER
        ) STRICT;
        """

    /// People, tubes and who is in which; personal fields are sealed, tokens are keyed.
    private static let collection = """
        CREATE TABLE manifest (
            id           TEXT PRIMARY KEY,
            fileHash     BLOB NOT NULL CHECK (length(fileHash) = 32),
            tubes        INTEGER NOT NULL CHECK (tubes >= 0),
            people       INTEGER NOT NULL CHECK (people >= 0),
            linesLeftOut INTEGER NOT NULL CHECK (linesLeftOut >= 0),
            registeredAt INTEGER NOT NULL,
            registeredBy TEXT NOT NULL
        ) STRICT;
        CREATE TABLE person (
            id        TEXT PRIMARY KEY,
            document  BLOB NOT NULL UNIQUE CHECK (length(document) = 16),
            name      BLOB NOT NULL CHECK (length(name) = 16),
            telephone BLOB CHECK (length(telephone) = 16),
            address   BLOB CHECK (length(address) = 16),
            details   BLOB NOT NULL
        ) STRICT;
        CREATE TABLE tube (
            barcode     TEXT PRIMARY KEY,
            kind        TEXT NOT NULL CHECK (kind IN ('single', 'mixed', 'environmental')),
            ratio       INTEGER CHECK (ratio IN (5, 10, 20)),
            place       TEXT,
            manifest    TEXT NOT NULL REFERENCES manifest(id),
            unit        TEXT NOT NULL,
            site        TEXT NOT NULL,
            box         TEXT NOT NULL,
            risk        TEXT NOT NULL CHECK (risk IN ('low', 'medium', 'high', 'key')),
            collectedAt INTEGER NOT NULL,
            state       TEXT NOT NULL
                        CHECK (state IN ('expected', 'received', 'rejected', 'resolved')),
            receivedAt  INTEGER,
            receivedBy  TEXT,
            rejected    TEXT,
            CHECK ((kind = 'mixed') = (ratio IS NOT NULL)),
            CHECK ((kind = 'environmental') = (place IS NOT NULL)),
            CHECK ((receivedAt IS NULL) = (receivedBy IS NULL)),
            CHECK ((state = 'rejected') = (rejected IS NOT NULL)),
            CHECK (state NOT IN ('received', 'resolved') OR receivedAt IS NOT NULL)
        ) STRICT;
        CREATE INDEX tubeByBox ON tube(box);
        CREATE TABLE specimen (
            tube   TEXT NOT NULL REFERENCES tube(barcode),
            number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 20),
            person TEXT NOT NULL REFERENCES person(id),
            PRIMARY KEY (tube, number)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX specimenByPerson ON specimen(person, tube);
        """

    /// Pools, plates and tests.
    ///
    /// A tube has one open test at most, and is in one open pool at most.
    private static let testing = """
        CREATE TABLE pool (
            id       TEXT PRIMARY KEY,
            risk     TEXT NOT NULL,
            size     INTEGER NOT NULL CHECK (size >= 1),
            state    TEXT NOT NULL
                     CHECK (state IN ('open', 'negative', 'opened', 'confirmed', 'unconfirmed')),
            formedAt INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE poolMember (
            pool   TEXT NOT NULL REFERENCES pool(id),
            number INTEGER NOT NULL CHECK (number >= 1),
            tube   TEXT NOT NULL REFERENCES tube(barcode),
            isOpen INTEGER NOT NULL CHECK (isOpen IN (0, 1)),
            PRIMARY KEY (pool, number)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX oneOpenPoolOfTube ON poolMember(tube) WHERE isOpen = 1;
        CREATE INDEX poolMemberByTube ON poolMember(tube);
        CREATE TRIGGER onlySingleTubesArePooled BEFORE INSERT ON poolMember
        WHEN (SELECT kind FROM tube WHERE barcode = NEW.tube) <> 'single'
        BEGIN SELECT RAISE(ABORT, 'only single tubes are pooled'); END;
        CREATE TABLE plate (
            id        TEXT PRIMARY KEY,
            format    INTEGER NOT NULL CHECK (format IN (96, 384)),
            kit       TEXT NOT NULL CHECK (kit IN ('first', 'second')),
            assay     TEXT NOT NULL,
            version   TEXT NOT NULL,
            state     TEXT NOT NULL CHECK (state IN ('laid-out', 'read', 'abandoned')),
            laidOutAt INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE run (
            id         TEXT PRIMARY KEY,
            plate      TEXT NOT NULL UNIQUE REFERENCES plate(id),
            fileHash   BLOB NOT NULL UNIQUE CHECK (length(fileHash) = 32),
            state      TEXT NOT NULL CHECK (state IN ('valid', 'invalid', 'reviewed', 'refused')),
            enteredBy  TEXT NOT NULL,
            readAt     INTEGER NOT NULL,
            reviewedBy TEXT,
            reviewedAt INTEGER,
            CHECK (reviewedBy IS NULL OR reviewedBy <> enteredBy),
            CHECK ((state IN ('reviewed', 'refused')) = (reviewedBy IS NOT NULL))
        ) STRICT;
        CREATE TABLE request (
            id       TEXT PRIMARY KEY,
            tube     TEXT REFERENCES tube(barcode),
            pool     TEXT REFERENCES pool(id),
            ordinal  INTEGER NOT NULL CHECK (ordinal >= 1),
            purpose  TEXT NOT NULL
                     CHECK (purpose IN ('routine', 'retest', 'repeat', 'confirmation')),
            kit      TEXT NOT NULL CHECK (kit IN ('first', 'second')),
            state    TEXT NOT NULL
                     CHECK (state IN
                     ('waiting', 'pooled', 'plated', 'read', 'covered', 'withdrawn')),
            cause    TEXT REFERENCES request(id),
            openedAt INTEGER NOT NULL,
            verdict  TEXT CHECK (verdict IN ('detected', 'not-detected', 'grey', 'invalid')),
            reason   TEXT,
            rule     TEXT,
            run      TEXT REFERENCES run(id),
            CHECK ((tube IS NOT NULL) + (pool IS NOT NULL) = 1),
            CHECK ((run IS NOT NULL) = (verdict IS NOT NULL)),
            CHECK ((run IS NOT NULL) = (rule IS NOT NULL)),
            CHECK (run IS NULL OR state = 'read')
        ) STRICT;
        CREATE UNIQUE INDEX requestOfTube ON request(tube, ordinal) WHERE tube IS NOT NULL;
        CREATE UNIQUE INDEX requestOfPool ON request(pool, ordinal) WHERE pool IS NOT NULL;
        CREATE UNIQUE INDEX oneOpenRequestOfTube ON request(tube)
            WHERE tube IS NOT NULL AND state IN ('waiting', 'pooled', 'plated');
        CREATE UNIQUE INDEX oneOpenRequestOfPool ON request(pool)
            WHERE pool IS NOT NULL AND state IN ('waiting', 'pooled', 'plated');
        CREATE INDEX requestWaiting ON request(kit, purpose, openedAt) WHERE state = 'waiting';
        CREATE INDEX requestByRun ON request(run) WHERE run IS NOT NULL;
        CREATE INDEX requestByCause ON request(cause) WHERE cause IS NOT NULL;
        CREATE TABLE well (
            plate    TEXT NOT NULL REFERENCES plate(id),
            position TEXT NOT NULL
                     CHECK (position GLOB '[A-P][1-9]' OR position GLOB '[A-P][12][0-9]'),
            request  TEXT UNIQUE REFERENCES request(id),
            control  TEXT CHECK (control IN
                     ('weak-positive', 'negative', 'kit-positive', 'kit-negative')),
            CHECK ((request IS NOT NULL) + (control IS NOT NULL) = 1),
            PRIMARY KEY (plate, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE reading (
            run      TEXT NOT NULL REFERENCES run(id),
            position TEXT NOT NULL,
            target   TEXT NOT NULL,
            cq       REAL CHECK (cq BETWEEN 0 AND 100),
            PRIMARY KEY (run, position, target)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE controlFault (
            run      TEXT NOT NULL REFERENCES run(id),
            position TEXT NOT NULL,
            target   TEXT NOT NULL,
            control  TEXT NOT NULL,
            PRIMARY KEY (run, position, target)
        ) STRICT, WITHOUT ROWID;
        """

    /// What verdicts mean for people.
    ///
    /// An answer can come from a valid run only.
    private static let results = """
        CREATE TABLE answer (
            tube       TEXT PRIMARY KEY REFERENCES tube(barcode),
            outcome    TEXT NOT NULL CHECK (outcome IN ('detected', 'not-detected')),
            request    TEXT NOT NULL REFERENCES request(id),
            run        TEXT NOT NULL REFERENCES run(id),
            state      TEXT NOT NULL CHECK (state IN ('proposed', 'reviewed', 'released')),
            reachedAt  INTEGER NOT NULL,
            releasedAt INTEGER,
            releasedBy TEXT,
            CHECK ((state = 'released') = (releasedAt IS NOT NULL)),
            CHECK ((state = 'released') = (releasedBy IS NOT NULL))
        ) STRICT;
        CREATE INDEX answerByRun ON answer(run);
        CREATE INDEX answerOpen ON answer(state) WHERE state <> 'released';
        CREATE TRIGGER answerNeedsValidRun BEFORE INSERT ON answer
        WHEN (SELECT state FROM run WHERE id = NEW.run) NOT IN ('valid', 'reviewed')
        BEGIN SELECT RAISE(ABORT, 'an invalid run answers nobody'); END;
        CREATE TRIGGER releaseNeedsReview BEFORE UPDATE OF state ON answer
        WHEN NEW.state = 'released'
            AND (SELECT state FROM run WHERE id = NEW.run) <> 'reviewed'
        BEGIN SELECT RAISE(ABORT, 'only reviewed runs are released'); END;
        CREATE TRIGGER releaseByAnother BEFORE UPDATE OF state ON answer
        WHEN NEW.state = 'released'
            AND (SELECT enteredBy FROM run WHERE id = NEW.run) = NEW.releasedBy
        BEGIN SELECT RAISE(ABORT, 'nobody releases what they entered'); END;
        CREATE TABLE recollection (
            id       TEXT PRIMARY KEY,
            tube     TEXT NOT NULL REFERENCES tube(barcode),
            person   TEXT NOT NULL REFERENCES person(id),
            reason   TEXT NOT NULL CHECK (reason IN
                     ('positive-mixed-tube', 'rejected-tube', 'unreadable', 'discordant')),
            cause    TEXT REFERENCES request(id),
            openedAt INTEGER NOT NULL,
            state    TEXT NOT NULL CHECK (state IN
                     ('open', 'collected', 'refused', 'not-found', 'moved-away', 'died',
                      'withdrawn')),
            closedAt INTEGER,
            newTube  TEXT REFERENCES tube(barcode),
            CHECK ((state = 'open') = (closedAt IS NULL)),
            CHECK ((state = 'collected') = (newTube IS NOT NULL)),
            FOREIGN KEY (person, tube) REFERENCES specimen(person, tube)
        ) STRICT;
        CREATE UNIQUE INDEX oneRecollection ON recollection(tube, person)
            WHERE state <> 'withdrawn';
        CREATE INDEX recollectionByTube ON recollection(tube);
        CREATE INDEX recollectionByCause ON recollection(cause) WHERE cause IS NOT NULL;
        CREATE INDEX recollectionOpen ON recollection(person) WHERE state = 'open';
        CREATE INDEX recollectionByNewTube ON recollection(newTube) WHERE newTube IS NOT NULL;
        CREATE TABLE task (
            id       TEXT PRIMARY KEY,
            kind     TEXT NOT NULL CHECK (kind IN
                     ('positive-environment', 'sample-again', 'unconfirmed-pool')),
            about    TEXT NOT NULL,
            cause    TEXT,
            state    TEXT NOT NULL CHECK (state IN ('open', 'closed', 'withdrawn')),
            openedAt INTEGER NOT NULL,
            closedAt INTEGER,
            done     TEXT,
            CHECK ((state = 'open') = (closedAt IS NULL))
        ) STRICT;
        CREATE INDEX taskByAbout ON task(about);
        CREATE INDEX taskByCause ON task(cause) WHERE cause IS NOT NULL;
        CREATE TABLE report (
            id        TEXT PRIMARY KEY,
            tube      TEXT NOT NULL REFERENCES tube(barcode),
            person    TEXT NOT NULL REFERENCES person(id),
            hash      BLOB NOT NULL CHECK (length(hash) = 32),
            writtenAt INTEGER NOT NULL,
            UNIQUE (tube, person),
            FOREIGN KEY (person, tube) REFERENCES specimen(person, tube)
        ) STRICT;
        CREATE TRIGGER reportNeedsRelease BEFORE INSERT ON report
        WHEN NOT EXISTS (SELECT 1 FROM answer WHERE tube = NEW.tube AND state = 'released')
        BEGIN SELECT RAISE(ABORT, 'only released answers are reported'); END;
        CREATE TABLE delivery (
            tube TEXT PRIMARY KEY REFERENCES tube(barcode),
            box  TEXT NOT NULL,
            at   INTEGER NOT NULL
        ) STRICT;
        """

    private static let clocks = """
        CREATE TABLE clock (
            subject   TEXT NOT NULL,
            rule      TEXT NOT NULL,
            kind      TEXT NOT NULL CHECK (kind IN ('tube', 'recollection')),
            starts    TEXT NOT NULL,
            stops     TEXT NOT NULL,
            box       TEXT NOT NULL,
            startedAt INTEGER NOT NULL,
            dueAt     INTEGER NOT NULL CHECK (dueAt >= startedAt),
            pausedAt  INTEGER,
            stoppedAt INTEGER,
            stoppedBy TEXT,
            PRIMARY KEY (subject, rule),
            CHECK ((stoppedAt IS NULL) = (stoppedBy IS NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX clockRunning ON clock(dueAt) WHERE stoppedAt IS NULL;
        CREATE INDEX clockByBox ON clock(box);
        """
}
