/// Tubes by receipt: a look back reads a period, not the whole laboratory.
enum LookingBack {
    static let name = "2026-11 looking back"

    static let statement = """
        CREATE INDEX tubeByReceipt ON tube(receivedAt, barcode) WHERE receivedAt IS NOT NULL;
        CREATE INDEX tubeAtWork ON tube(receivedAt) WHERE state = 'received';
        """
}
