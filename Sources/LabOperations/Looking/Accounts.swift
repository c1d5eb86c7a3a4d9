package import LabDomain
package import LabStore

extension Laboratory {
    /// A part of everybody who can or could act, with what is kept of their passwords; names of
    /// people stay sealed.
    package func accounts(after: String, as handle: String) throws -> Part<StaffAccount> {
        try look(.addPerson, as: handle) { try $0.accounts(after: after) }
    }

    /// The units or sites that manifests have named, to choose from.
    package func placeNames(
        _ limit: Role.Limit, most: Int = 500, as handle: String
    ) throws -> [String] {
        try look(.addPerson, as: handle) { try $0.placeNames(limit, most: most) }
    }

    /// What somebody is, so that the right kind of place is named for them.
    package func role(of other: String, as handle: String) throws -> Role {
        try look(.assignScope, as: handle) { view in
            guard let member = try view.staff(other) else {
                throw Refusal(
                    .unknown, "Nobody signs with this handle.", remedy: "See swabline person list.")
            }
            return member.actor.role
        }
    }
}
