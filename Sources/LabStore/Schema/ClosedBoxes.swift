/// What was counted when a box was closed at the reception; the last closing of a box counts.
enum ClosedBoxes {
    static let name = "2026-11 closed boxes"

    static let statement = """
        CREATE TABLE boxClosing (
            box      TEXT PRIMARY KEY,
            closedAt INTEGER NOT NULL,
            closedBy TEXT NOT NULL,
            counted  INTEGER NOT NULL CHECK (counted >= 0),
            missing  TEXT NOT NULL CHECK (json_valid(missing) AND json_type(missing) = 'array')
        ) STRICT, WITHOUT ROWID;
        """
}
