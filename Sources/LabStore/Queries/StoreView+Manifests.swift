internal import Foundation
internal import GRDB
package import LabDomain

/// A registered manifest.
package struct StoredManifest: Hashable, Sendable {
    package let id: ManifestID
    package let tubes: Int
    package let people: Int
    package let linesLeftOut: Int
    package let registeredAt: Timestamp
    package let registeredBy: String
}

extension StoreView {
    /// A part of the manifests, the newest first; `by` limits them to those of one handle.
    package func manifests(by handle: String?, after: String) throws -> Part<StoredManifest> {
        let cursor = after.split(separator: "~", maxSplits: 1)
        let at = cursor.first.flatMap { Int64($0) } ?? .max
        let id = cursor.count > 1 ? String(cursor[1]) : ""
        let found = try values(
            """
            SELECT * FROM manifest
            WHERE (registeredAt < ?1 OR (registeredAt = ?1 AND id > ?2))
                AND (?3 IS NULL OR registeredBy = ?3)
            ORDER BY registeredAt DESC, id LIMIT ?4
            """, [at, id, handle, Part<StoredManifest>.size + 1]
        ) { Self.manifest($0) }
        return Part(found) { "\($0.registeredAt.milliseconds)~\($0.id.text)" }
    }

    /// The manifest that was registered from a file, by its hash; `by` limits it to those of one
    /// handle.
    package func manifest(ofFile hash: [UInt8], by handle: String?) throws -> StoredManifest? {
        try row(
            """
            SELECT * FROM manifest WHERE fileHash = ?1 AND (?2 IS NULL OR registeredBy = ?2)
            ORDER BY linesLeftOut, registeredAt LIMIT 1
            """, [Data(hash), handle]
        ).map(Self.manifest)
    }

    /// Whether any tube is registered, or any of a sending unit.
    package func hasTubes(of unit: String? = nil) throws -> Bool {
        guard let unit else { return try row("SELECT 1 FROM tube LIMIT 1") != nil }
        return try row("SELECT 1 FROM tube WHERE unit = ? LIMIT 1", [unit]) != nil
    }

    private static func manifest(_ row: Row) -> StoredManifest {
        StoredManifest(
            id: ManifestID(row["id"]), tubes: row["tubes"], people: row["people"],
            linesLeftOut: row["linesLeftOut"],
            registeredAt: Timestamp(milliseconds: row["registeredAt"]),
            registeredBy: row["registeredBy"])
    }
}
