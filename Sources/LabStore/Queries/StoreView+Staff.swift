internal import GRDB
package import LabDomain

/// A member of staff with what is kept of their password.
package struct StaffAccount: Hashable, Sendable {
    /// Whether somebody can prove who they are.
    package enum Password: Hashable, Sendable {
        case none
        /// Issued, and not changed yet.
        case oneTime
        case own
    }

    package let member: StaffMember
    package let password: Password
}

extension StoreView {
    /// A part of everybody who can or could act, in the order of their handles.
    package func accounts(
        after: String, size: Int = Part<StaffAccount>.size
    ) throws -> Part<StaffAccount> {
        let fetched = try values(
            """
            SELECT s.*, c.isOneTime FROM staff s LEFT JOIN credential c ON c.handle = s.handle
            WHERE s.handle > ? ORDER BY s.handle LIMIT ?
            """, [after, size + 1]
        ) { row in
            StaffAccount(
                member: Self.member(row),
                password: (row["isOneTime"] as Bool?).map { $0 ? .oneTime : .own } ?? .none)
        }
        return Part(fetched, size: size) { $0.member.actor.handle }
    }

    /// The first names of units or sites of registered tubes, in their order.
    package func placeNames(_ limit: Role.Limit, most: Int) throws -> [String] {
        let column: String
        switch limit {
        case .laboratory: return []
        case .unit: column = "unit"
        case .site: column = "site"
        }
        // One step of the index for each name, where DISTINCT would read every tube.
        return try values(
            """
            WITH RECURSIVE name(text) AS (
                SELECT min(\(column)) FROM tube
                UNION ALL SELECT (SELECT min(\(column)) FROM tube WHERE \(column) > name.text)
                FROM name WHERE name.text IS NOT NULL)
            SELECT text FROM name WHERE text > '' LIMIT ?
            """, [most]
        ) { $0["text"] }
    }
}
