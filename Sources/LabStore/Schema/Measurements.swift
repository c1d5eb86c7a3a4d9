/// What is left in tubes that somebody measured.
enum Measurements {
    static let name = "2026-11 measured tubes"

    static let statement = """
        CREATE TABLE measurement (
            tube        TEXT PRIMARY KEY REFERENCES tube(barcode),
            microlitres INTEGER NOT NULL CHECK (microlitres BETWEEN 0 AND 100000),
            measuredAt  INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
