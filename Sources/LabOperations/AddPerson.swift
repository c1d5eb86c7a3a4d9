package import LabDomain

/// Lets somebody act in the laboratory: a person with a role, a device, or a sending unit.
package struct AddPerson: Command, Encodable {
    package static let verb = Verb.addPerson

    let handle: String
    let role: Role
    let name: String?

    /// Who may act from now on.
    package struct Answer: Codable, Sendable {
        package let handle: String
        package let role: Role
    }

    static let handleAdvice: Wording =
        "Use 2 to 40 of a-z, 0-9, dot and hyphen, beginning with a letter."

    /// Somebody new; the full name is sealed.
    package init(handle: String, role: Role, name: String?) {
        self.handle = handle
        self.role = role
        self.name = name
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
        let sealed = name.map { work.vault.seal(staffName: $0, of: handle) }
        try work.transaction.append([
            .staffAdded(StaffAdded(actor: Actor(handle: handle, role: role), name: sealed))
        ])
        return Answer(handle: handle, role: role)
    }
}
