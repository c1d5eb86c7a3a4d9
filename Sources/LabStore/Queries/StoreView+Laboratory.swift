internal import GRDB
package import LabDomain

/// A member of staff, a device or a sending unit, as it is kept.
package struct StaffMember: Hashable, Sendable {
    package let actor: Actor
    /// The full name, sealed.
    package let name: Bytes?
    package let isRetired: Bool
    /// For what they work; nil for a sending unit or collector whose unit or site nobody has said.
    package let scope: Scope?
}

extension StoreView {
    /// The laboratory's name and the text of its settings; nil before it is made.
    package func laboratory() throws -> (name: String, settings: String)? {
        try row("SELECT name, settings FROM laboratory").map { ($0["name"], $0["settings"]) }
    }

    /// The programme in force: the one adopted last.
    package func programme() throws -> (version: String, text: String)? {
        try row("SELECT version, text FROM programme ORDER BY adoptedAt DESC, version LIMIT 1")
            .map { ($0["version"], $0["text"]) }
    }

    /// Who signs with this handle, retired or not.
    package func staff(_ handle: String) throws -> StaffMember? {
        try row("SELECT * FROM staff WHERE handle = ?", [handle]).map(Self.member)
    }

    /// Everybody who can or could act, in the order of their handles.
    package func staff() throws -> [StaffMember] {
        try rows("SELECT * FROM staff ORDER BY handle").map(Self.member)
    }

    static func member(_ row: Row) -> StaffMember {
        let role = Role(rawValue: row["role"]) ?? .planner
        return StaffMember(
            actor: Actor(handle: row["handle"], role: role),
            name: (row["name"] as Data?).map { Bytes([UInt8]($0)) },
            isRetired: (row["retiredAt"] as Int64?) != nil, scope: scope(of: role, row))
    }

    private static func scope(of role: Role, _ row: Row) -> Scope? {
        switch role.limit {
        case .laboratory: .laboratory
        case .unit: (row["unit"] as String?).map { .unit($0) }
        case .site: (row["site"] as String?).map { .site($0) }
        }
    }
}
