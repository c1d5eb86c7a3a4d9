/// For which unit a sending unit works, and for which site a collector.
///
/// Whoever was added before there were scopes has none until an administrator gives them one.
enum StaffScopes {
    static let name = "2026-11 scopes of staff"

    static let statement = """
        ALTER TABLE staff ADD COLUMN unit TEXT CHECK (unit IS NULL OR role = 'sending-unit');
        ALTER TABLE staff ADD COLUMN site TEXT CHECK (site IS NULL OR role = 'collector');
        """
}
