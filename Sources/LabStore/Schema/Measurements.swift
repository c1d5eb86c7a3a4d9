/// What is left in tubes that somebody measured, runs by the time at which they were read,
/// and whom the laboratory still looks for.
enum Measurements {
    static let name = "2026-11 measured tubes"

    static let statement = """
        CREATE TABLE measurement (
            tube        TEXT PRIMARY KEY REFERENCES tube(barcode),
            microlitres INTEGER NOT NULL CHECK (microlitres BETWEEN 0 AND 100000),
            measuredAt  INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX runByTime ON run(readAt);
        CREATE INDEX recollectionByPerson ON recollection(person);
        """
}
