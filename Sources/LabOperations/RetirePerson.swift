package import LabDomain
internal import LabStore

/// Ends somebody's rights; what they did stays theirs.
package struct RetirePerson: Command, Encodable {
    package static let verb = Verb.retirePerson

    let handle: String

    /// Who may act no longer.
    package struct Answer: Codable, Sendable {
        package let handle: String
    }

    /// The end of the rights of `handle`.
    package init(handle: String) {
        self.handle = handle
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard let member = try work.transaction.staff(handle), !member.isRetired,
            member.actor.role != .system
        else {
            throw Refusal(
                .unknown, "Nobody signs with this handle.", remedy: "See swabline person list.")
        }
        guard handle != work.actor.handle else {
            throw Refusal(
                .rule, "Nobody ends their own rights.", remedy: "Ask another administrator.")
        }
        try work.transaction.append([.staffRetired(StaffRetired(handle: handle))])
        return Answer(handle: handle)
    }
}
