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
        ) {
            StoredManifest(
                id: ManifestID($0["id"]), tubes: $0["tubes"], people: $0["people"],
                linesLeftOut: $0["linesLeftOut"],
                registeredAt: Timestamp(milliseconds: $0["registeredAt"]),
                registeredBy: $0["registeredBy"])
        }
        return Part(found) { "\($0.registeredAt.milliseconds)~\($0.id.text)" }
    }
}
