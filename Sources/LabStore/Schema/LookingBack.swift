/// Tubes by receipt: a look back reads a period, not the whole laboratory.
///
/// And open clocks with all that a board counts of them, the column of the condition too: without
/// it each row is looked up.
enum LookingBack {
    static let name = "2026-11 looking back"

    static let statement = """
        CREATE INDEX tubeByReceipt ON tube(receivedAt, barcode) WHERE receivedAt IS NOT NULL;
        DROP INDEX clockOpenByBatch;
        CREATE INDEX clockOpenByBatch
            ON clock(box, rule, dueAt, pausedAt, startedAt, stoppedAt) WHERE stoppedAt IS NULL;
        CREATE INDEX tubeAtWork ON tube(receivedAt) WHERE state = 'received';
        """
}
