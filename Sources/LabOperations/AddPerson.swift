package import LabDomain
internal import LabStore

/// Lets somebody act in the laboratory: a person with a role, a device, or a sending unit.
package struct AddPerson: Command, Encodable {
    package static let verb = Verb.addPerson

    let handle: String
    let role: Role
    let name: String?
    let scope: Scope

    /// Who may act from now on.
    package struct Answer: Codable, Sendable {
        package let handle: String
        package let role: Role
        /// The unit for which a sending unit works.
        package let unit: String?
        /// The site for which a collector works.
        package let site: String?
    }

    static let handleAdvice: Wording =
        "Use 2 to 40 of a-z, 0-9, dot and hyphen, beginning with a letter."

    /// Somebody new; the full name is sealed.
    ///
    /// A sending unit needs its unit and a collector the site; nobody else has either (ACT-3).
    package init(handle: String, role: Role, name: String?, scope: Scope = .laboratory) {
        self.handle = handle
        self.role = role
        self.name = name
        self.scope = scope
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard Actor.isHandle(handle) else {
            throw Refusal(.badData, "The handle is not one.", remedy: Self.handleAdvice)
        }
        guard role != .system else {
            throw Refusal(.rule, "Only the program itself is the system.", remedy: "Take a role.")
        }
        if let member = try work.transaction.staff(handle) {
            throw Refusal(
                .rule,
                member.isRetired
                    ? """
                    `\(handle)` is a \(member.actor.role.word) already (retired; handles are not \
                    given twice).
                    """
                    : "`\(handle)` is a \(member.actor.role.word) already.",
                remedy: "Choose another handle.")
        }
        try scope.check(for: role)
        let sealed = name.map { work.vault.seal(staffName: $0, of: handle) }
        try work.transaction.append([
            .staffAdded(
                StaffAdded(
                    actor: Actor(handle: handle, role: role), name: sealed, scope: scope))
        ])
        return Answer(handle: handle, role: role, unit: scope.unit, site: scope.site)
    }
}
