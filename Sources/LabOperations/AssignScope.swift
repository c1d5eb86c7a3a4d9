package import LabDomain
internal import LabStore

/// Says for which unit a sending unit works, or for which site a collector.
package struct AssignScope: Command, Encodable {
    package static let verb = Verb.assignScope

    let handle: String
    let scope: Scope

    /// Who works for what from now on.
    package struct Answer: Codable, Sendable {
        package let handle: String
        package let unit: String?
        package let site: String?
    }

    /// The unit or site for which `handle` works from now on.
    package init(handle: String, scope: Scope) {
        self.handle = handle
        self.scope = scope
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard let member = try work.transaction.staff(handle), !member.isRetired else {
            throw Refusal(
                .unknown, "Nobody signs with this handle.", remedy: "See swabline person list.")
        }
        try scope.check(for: member.actor.role)
        guard member.scope != scope else {
            throw Refusal(
                .nothingToDo, "`\(handle)` works for this part of the collection already.",
                remedy: "Nothing is to be done.")
        }
        try work.transaction.append([.staffScoped(StaffScoped(handle: handle, scope: scope))])
        return Answer(handle: handle, unit: scope.unit, site: scope.site)
    }
}

extension Scope {
    /// Refuses a scope that somebody with this role cannot have, and one whose name no manifest
    /// could hold (ACT-3).
    func check(for role: Role) throws {
        guard role.fits(self) else {
            let needs: Wording =
                switch role.limit {
                case .laboratory: "A \(role.word) works for the whole laboratory."
                case .unit: "A \(role.word) works for one unit."
                case .site: "A \(role.word) works for one sampling site."
                }
            throw Refusal(
                .rule, needs,
                remedy: role.limit == .laboratory
                    ? "Name neither a unit nor a site."
                    : "Name it as manifests do: --\(role.limit.word) NAME.")
        }
        let names = [unit, site].compactMap { $0 }
        guard names.allSatisfy({ !CellText.isBlank($0) && !$0.isEmpty && CellText.isPrintable($0) })
        else {
            throw Refusal(
                .badData, "The name of the unit or site is empty or cannot be printed.",
                remedy: "Write it as manifests do, in 1 to 200 characters.")
        }
    }
}
