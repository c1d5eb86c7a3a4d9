internal import GRDB
package import LabDomain

/// A change of a released answer as it is kept.
package struct StoredAmendment: Hashable, Sendable {
    package let id: AmendmentID
    package let tube: TubeID
    package let person: PersonID
    package let change: Amendment
    package let reason: AmendmentReason
    package let proposedAt: Timestamp
    package let proposedBy: String
}

extension StoreView {
    /// Changes that wait for their second signature, the oldest first.
    package func proposedAmendments() throws -> [StoredAmendment] {
        try rows("SELECT * FROM amendment WHERE state = 'proposed' ORDER BY proposedAt, id")
            .compactMap(Self.amendment)
    }

    /// One change that waits for its second signature.
    package func proposedAmendment(_ id: AmendmentID) throws -> StoredAmendment? {
        try row("SELECT * FROM amendment WHERE state = 'proposed' AND id = ?", [id.text])
            .flatMap(Self.amendment)
    }

    /// Whether a change of a person's answer waits.
    package func isAmendmentProposed(_ tube: TubeID, _ person: PersonID) throws -> Bool {
        try count(
            """
            SELECT count(*) FROM amendment WHERE tube = ? AND person = ? AND state = 'proposed'
            """, [tube.text, person.text]) > 0
    }

    private static func amendment(_ row: Row) -> StoredAmendment? {
        guard let reason = AmendmentReason(rawValue: row["reason"]) else { return nil }
        let outcome = (row["outcome"] as String?).flatMap(Outcome.init(rawValue:))
        return StoredAmendment(
            id: AmendmentID(row["id"]), tube: TubeID(row["tube"]),
            person: PersonID(row["person"]),
            change: outcome.map(Amendment.correction) ?? .withdrawal, reason: reason,
            proposedAt: Timestamp(milliseconds: row["proposedAt"]), proposedBy: row["proposedBy"])
    }
}
