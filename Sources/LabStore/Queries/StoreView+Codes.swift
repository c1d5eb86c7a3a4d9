internal import GRDB

extension StoreView {
    /// Whether a tube, a pool, a plate or a box has this code.
    package func isKnown(code: String) throws -> Bool {
        try row(
            """
            SELECT 1 WHERE EXISTS (SELECT 1 FROM tube WHERE barcode = ?1)
                OR EXISTS (SELECT 1 FROM pool WHERE id = ?1)
                OR EXISTS (SELECT 1 FROM plate WHERE id = ?1)
                OR EXISTS (SELECT 1 FROM tube WHERE box = ?1)
            """, [code]) != nil
    }
}
