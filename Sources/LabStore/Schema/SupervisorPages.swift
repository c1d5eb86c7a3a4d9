/// What the supervisor's pages look up: messages by state and time, and late clocks.
///
/// Messages are counted as they change: to count a city's anew for each look takes too long.
enum SupervisorPages {
    static let name = "2026-11 pages of the supervisor"

    static let statements = [counts, indexes]

    private static let counts = """
        CREATE TABLE messageCount (
            receiver TEXT NOT NULL REFERENCES receiver(name),
            state    TEXT NOT NULL,
            messages INTEGER NOT NULL,
            PRIMARY KEY (receiver, state)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO messageCount (receiver, state, messages)
            SELECT receiver, state, count(*) FROM message GROUP BY receiver, state;
        CREATE TRIGGER messageIsCounted AFTER INSERT ON message
        BEGIN
            INSERT INTO messageCount (receiver, state, messages)
                VALUES (NEW.receiver, NEW.state, 1)
                ON CONFLICT (receiver, state) DO UPDATE SET messages = messages + 1;
        END;
        CREATE TRIGGER messageIsCountedAnew AFTER UPDATE OF state ON message
        WHEN OLD.state <> NEW.state
        BEGIN
            UPDATE messageCount SET messages = messages - 1
                WHERE receiver = OLD.receiver AND state = OLD.state;
            INSERT INTO messageCount (receiver, state, messages)
                VALUES (NEW.receiver, NEW.state, 1)
                ON CONFLICT (receiver, state) DO UPDATE SET messages = messages + 1;
        END;
        """

    private static let indexes = """
        CREATE INDEX messageByState ON message(state, madeAt, id);
        CREATE INDEX messageByReceiver ON message(receiver, madeAt, id);
        CREATE INDEX messageRejectedByTime ON message(answeredAt, id) WHERE state = 'rejected';
        CREATE INDEX heldMessageByTime ON heldMessage(heldAt, receiver, tube, person);
        CREATE INDEX clockLateByTime ON clock(dueAt, box, rule) WHERE stoppedAt > dueAt;
        """
}
