/// Alerts, what channels were told of them, and the forecasts that are scored later.
///
/// `alertWatch`, `machineClock` and `forecastMade` are no sums of facts: they change each minute,
/// and nothing that the laboratory answers for follows from them.
enum Alerts {
    static let name = "2026-11 alerts"

    static let statements = [settings, alerts, messages, watches, forecasts]

    private static let settings = """
        CREATE TABLE alerting (
            id        INTEGER PRIMARY KEY CHECK (id = 1),
            settings  TEXT NOT NULL,
            adoptedAt INTEGER NOT NULL
        ) STRICT;
        """

    /// Late at its rest or stop, as `Clock.status` has it.
    ///
    /// Index and query must have one expression, or the index does not serve.
    static let stoppedLate = "max(coalesce(pausedAt, 0), coalesce(stoppedAt, 0)) > dueAt"

    private static let alerts = """
        CREATE TABLE alert (
            id             TEXT PRIMARY KEY,
            kind           TEXT NOT NULL CHECK (kind IN
                           ('half-window', 'will-breach', 'breached', 'clock-jumped')),
            box            TEXT NOT NULL,
            rule           TEXT NOT NULL,
            unit           TEXT NOT NULL,
            tubes          INTEGER NOT NULL CHECK (tubes >= 0),
            dueAt          INTEGER,
            predictedAt    INTEGER,
            raisedAt       INTEGER NOT NULL,
            state          TEXT NOT NULL CHECK (state IN ('open', 'eased', 'closed')),
            closedAt       INTEGER,
            step           INTEGER NOT NULL CHECK (step >= 0),
            toldAt         INTEGER NOT NULL,
            acknowledgedAt INTEGER,
            acknowledgedBy TEXT,
            CHECK ((state = 'closed') = (closedAt IS NOT NULL)),
            CHECK ((acknowledgedAt IS NULL) = (acknowledgedBy IS NULL)),
            CHECK (kind <> 'breached' OR state <> 'closed' OR acknowledgedBy IS NOT NULL)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX oneOpenAlert ON alert(kind, box, rule) WHERE state <> 'closed';
        CREATE INDEX alertOver ON alert(box, rule, kind, closedAt) WHERE state = 'closed';
        CREATE INDEX alertByTime ON alert(raisedAt, id);
        CREATE INDEX clockOpenByTube ON clock(subject, dueAt)
            WHERE stoppedAt IS NULL AND pausedAt IS NULL AND kind = 'tube';
        CREATE INDEX clockStopsLate ON clock(dueAt, box, rule) WHERE \(stoppedLate);
        """

    private static let messages = """
        CREATE TABLE alertMessage (
            id      TEXT PRIMARY KEY,
            channel TEXT NOT NULL,
            alerts  TEXT NOT NULL CHECK (json_valid(alerts)),
            title   TEXT NOT NULL,
            text    TEXT NOT NULL,
            madeAt  INTEGER NOT NULL,
            state   TEXT NOT NULL CHECK (state IN
                    ('made', 'sent', 'arrived', 'failed', 'dropped')),
            tries   INTEGER NOT NULL CHECK (tries >= 0),
            nextAt  INTEGER,
            endedAt INTEGER,
            answer  TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX alertMessageOpen ON alertMessage(madeAt, id)
            WHERE state IN ('made', 'sent');
        CREATE INDEX alertMessageByTime ON alertMessage(madeAt, id);
        CREATE TRIGGER alertMessageStays
        BEFORE UPDATE OF id, channel, alerts, title, text, madeAt ON alertMessage
        BEGIN SELECT RAISE(ABORT, 'a message is never rewritten'); END;
        """

    private static let watches = """
        CREATE TABLE alertWatch (
            box       TEXT PRIMARY KEY,
            badSince  INTEGER,
            goodSince INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE machineClock (
            id     INTEGER PRIMARY KEY CHECK (id = 1),
            wall   INTEGER NOT NULL,
            uptime INTEGER NOT NULL,
            boot   TEXT NOT NULL
        ) STRICT;
        """

    /// Minutes from when it was made: a row has a few bytes, and a day of a city's laboratory has
    /// half a million of them.
    private static let forecasts = """
        CREATE TABLE forecastMade (
            madeAt    INTEGER NOT NULL,
            tube      TEXT NOT NULL,
            due       INTEGER NOT NULL,
            predicted INTEGER NOT NULL,
            low       INTEGER NOT NULL,
            high      INTEGER NOT NULL,
            chance    INTEGER NOT NULL CHECK (chance BETWEEN 0 AND 1000),
            PRIMARY KEY (madeAt, tube)
        ) STRICT, WITHOUT ROWID;
        """
}
