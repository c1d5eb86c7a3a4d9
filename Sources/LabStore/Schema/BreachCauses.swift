/// Why a clock of a box was not kept, in the words of whoever answers for it; the last word counts.
enum BreachCauses {
    static let name = "2026-11 causes of breaches"

    static let statement = """
        CREATE TABLE breachCause (
            box   TEXT NOT NULL,
            rule  TEXT NOT NULL,
            cause TEXT NOT NULL,
            note  TEXT NOT NULL CHECK (length(note) <= 300),
            at    INTEGER NOT NULL,
            by    TEXT NOT NULL,
            PRIMARY KEY (box, rule)
        ) STRICT, WITHOUT ROWID;
        """
}
