/// The files that instruments wrote, sealed, and which instrument it was.
///
/// The facts hold each file's hash, not the file: the table is no sum of facts.
enum RunEvidence {
    static let name = "2026-11 files of runs"

    static let statement = """
        ALTER TABLE run ADD COLUMN instrument TEXT;
        CREATE TABLE runFile (
            run    TEXT PRIMARY KEY REFERENCES run(id),
            sealed BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
