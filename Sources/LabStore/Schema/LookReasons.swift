/// Whose Cq counts after a look, and why in the words of whoever looked.
enum LookReasons {
    static let name = "2026-11 reasons of looks"

    static let statement = """
        ALTER TABLE look ADD COLUMN byCurve INTEGER NOT NULL DEFAULT 0
            CHECK (byCurve IN (0, 1));
        ALTER TABLE look ADD COLUMN why TEXT CHECK (length(why) BETWEEN 1 AND 300);
        """
}
