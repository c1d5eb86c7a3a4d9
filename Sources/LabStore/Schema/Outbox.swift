/// Receivers of reports, what is on its way to them, and changes of released answers.
///
/// The facts hold each message's hash, not the message: `messageBytes` is no sum of facts.
enum Outbox {
    static let name = "2026-11 outbox"

    static let statements = [receivers, messages, guards, held, amendments]

    private static let receivers = """
        CREATE TABLE receiver (
            name      TEXT PRIMARY KEY,
            settings  TEXT NOT NULL,
            adoptedAt INTEGER NOT NULL,
            retiredAt INTEGER
        ) STRICT;
        """

    private static let messages = """
        CREATE TABLE message (
            id         TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 20),
            receiver   TEXT NOT NULL REFERENCES receiver(name),
            tube       TEXT NOT NULL REFERENCES tube(barcode),
            person     TEXT NOT NULL REFERENCES person(id),
            version    INTEGER NOT NULL CHECK (version >= 1),
            says       TEXT NOT NULL CHECK (says IN
                       ('final', 'corrected', 'withdrawn', 'cancelled', 'preliminary')),
            pool       TEXT REFERENCES pool(id),
            hash       BLOB NOT NULL CHECK (length(hash) = 32),
            state      TEXT NOT NULL CHECK (state IN
                       ('made', 'sent', 'accepted', 'rejected', 'corrected', 'superseded')),
            isUrgent   INTEGER NOT NULL CHECK (isUrgent IN (0, 1)),
            releasedAt INTEGER NOT NULL,
            madeAt     INTEGER NOT NULL,
            dueAt      INTEGER NOT NULL,
            tries      INTEGER NOT NULL CHECK (tries >= 0),
            sentAt     INTEGER,
            nextAt     INTEGER,
            answeredAt INTEGER,
            answer     TEXT,
            place      TEXT,
            words      BLOB,
            UNIQUE (receiver, tube, person, version),
            FOREIGN KEY (person, tube) REFERENCES specimen(person, tube),
            CHECK (state <> 'made' OR tries = 0),
            CHECK (state NOT IN ('sent', 'accepted', 'rejected', 'corrected') OR tries > 0),
            CHECK (state NOT IN ('accepted', 'rejected', 'corrected') OR answer IS NOT NULL),
            CHECK (says <> 'preliminary' OR pool IS NOT NULL),
            CHECK ((answer IS NULL) = (answeredAt IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX oneOpenMessage ON message(receiver, tube, person)
            WHERE state IN ('made', 'sent');
        CREATE INDEX messageToSend ON message(receiver, isUrgent DESC, dueAt, madeAt, id)
            WHERE state IN ('made', 'sent');
        CREATE INDEX messageRejected ON message(receiver, answeredAt, id)
            WHERE state = 'rejected';
        CREATE INDEX messageByTube ON message(tube, person);
        CREATE INDEX messageByTime ON message(madeAt, id);
        CREATE TABLE messageBytes (
            message TEXT PRIMARY KEY REFERENCES message(id),
            sealed  BLOB NOT NULL
        ) STRICT;
        """

    /// What a receiver has been told cannot be untold.
    private static let guards = """
        CREATE TRIGGER messageIsNeverRewritten
        BEFORE UPDATE OF id, receiver, tube, person, version, says, pool, hash, releasedAt
        ON message
        BEGIN SELECT RAISE(ABORT, 'a message is never rewritten'); END;
        CREATE TRIGGER acceptedMessageIsNotSentAgain BEFORE UPDATE OF state ON message
        WHEN OLD.state IN ('accepted', 'corrected')
            AND NEW.state NOT IN ('accepted', 'corrected')
        BEGIN SELECT RAISE(ABORT, 'an accepted message is not sent again'); END;
        CREATE TRIGGER supersededMessageStays BEFORE UPDATE OF state ON message
        WHEN OLD.state = 'superseded' AND NEW.state <> 'superseded'
        BEGIN SELECT RAISE(ABORT, 'a superseded message is not sent'); END;
        CREATE TRIGGER messageBytesStay BEFORE UPDATE ON messageBytes
        BEGIN SELECT RAISE(ABORT, 'a message is never rewritten'); END;
        """

    private static let held = """
        CREATE TABLE heldMessage (
            receiver TEXT NOT NULL REFERENCES receiver(name),
            tube     TEXT NOT NULL REFERENCES tube(barcode),
            person   TEXT NOT NULL REFERENCES person(id),
            says     TEXT NOT NULL,
            reasons  TEXT NOT NULL CHECK (json_valid(reasons)),
            heldAt   INTEGER NOT NULL,
            PRIMARY KEY (receiver, tube, person),
            FOREIGN KEY (person, tube) REFERENCES specimen(person, tube)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX heldMessageByTube ON heldMessage(tube);
        """

    private static let amendments = """
        CREATE TABLE amendment (
            id         TEXT PRIMARY KEY,
            tube       TEXT NOT NULL REFERENCES tube(barcode),
            person     TEXT NOT NULL REFERENCES person(id),
            outcome    TEXT CHECK (outcome IN ('detected', 'not-detected')),
            reason     TEXT NOT NULL,
            state      TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'refused')),
            proposedAt INTEGER NOT NULL,
            proposedBy TEXT NOT NULL,
            decidedAt  INTEGER,
            decidedBy  TEXT,
            FOREIGN KEY (person, tube) REFERENCES specimen(person, tube),
            CHECK ((state = 'proposed') = (decidedBy IS NULL)),
            CHECK ((decidedAt IS NULL) = (decidedBy IS NULL)),
            CHECK (state <> 'accepted' OR decidedBy <> proposedBy)
        ) STRICT;
        CREATE UNIQUE INDEX oneProposedAmendment ON amendment(tube, person)
            WHERE state = 'proposed';
        CREATE UNIQUE INDEX oneWithdrawal ON amendment(tube, person)
            WHERE state = 'accepted' AND outcome IS NULL;
        CREATE INDEX amendmentByTube ON amendment(tube, person);
        """
}
