package import LabDomain
package import LabStore

/// A sending unit or a sampling site with what is known of it.
package struct PlaceEntry: Codable, Sendable {
    package let name: String
    /// Its registered tubes.
    package let tubes: Int
    /// Who works for it, by handle.
    package let staff: [String]
}

extension Laboratory {
    /// A part of the units or sites that a tube or somebody of the staff names, in their order.
    package func places(
        _ limit: Role.Limit, after: String, as handle: String
    ) throws -> Part<PlaceEntry> {
        try look(.assignScope, as: handle) { view in
            try view.places(limit, after: after).map {
                PlaceEntry(name: $0.name, tubes: $0.tubes, staff: $0.staff)
            }
        }
    }
}
