internal import GRDB
package import LabDomain

/// A device or program that has a key.
package struct StoredDevice: Hashable, Sendable {
    package let member: StaffMember
    package let issuedAt: Timestamp
    package let issuedBy: String
}

extension StoreView {
    /// Whose key has this keyed hash.
    package func holder(ofKey token: [UInt8]) throws -> StaffMember? {
        try row(
            """
            SELECT s.* FROM deviceKey k JOIN staff s ON s.handle = k.handle WHERE k.token = ?
            """, [Data(token)]
        ).map(Self.member)
    }

    /// Everything that has a key, in the order of the handles.
    package func devices() throws -> [StoredDevice] {
        try devices(after: "", most: -1)
    }

    /// A part of everything that has a key.
    package func devices(
        after: String, size: Int = Part<StoredDevice>.size
    ) throws -> Part<StoredDevice> {
        Part(try devices(after: after, most: size + 1), size: size) { $0.member.actor.handle }
    }

    /// Whether somebody has or had a key.
    package func hasKey(_ handle: String) throws -> Bool {
        try row("SELECT 1 FROM deviceKey WHERE handle = ?", [handle]) != nil
    }

    private func devices(after: String, most: Int) throws -> [StoredDevice] {
        try values(
            """
            SELECT s.*, k.issuedAt, k.issuedBy FROM deviceKey k
            JOIN staff s ON s.handle = k.handle WHERE k.handle > ? ORDER BY k.handle LIMIT ?
            """, [after, most]
        ) {
            StoredDevice(
                member: Self.member($0), issuedAt: Timestamp(milliseconds: $0["issuedAt"]),
                issuedBy: $0["issuedBy"])
        }
    }
}

extension Transaction {
    /// Keeps the keyed hash of a new key; the one before it opens nothing any longer.
    package func keepKey(_ token: [UInt8], of handle: String) throws {
        try database.execute(
            sql: """
                INSERT INTO deviceKey (handle, token, issuedAt, issuedBy) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (handle) DO UPDATE SET token = ?2, issuedAt = ?3, issuedBy = ?4
                """,
            arguments: [handle, Data(token), stamp.at.milliseconds, stamp.actor.handle])
    }
}
