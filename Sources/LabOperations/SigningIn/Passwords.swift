package import LabDomain
package import LabSecrets
internal import LabStore

extension Laboratory {
    /// Gives somebody a one-time password that is told once and must be changed at the first
    /// sign-in; their sessions end.
    /// - Returns: the password.
    package func issuePassword(
        for handle: String, as administrator: String, effort: Password.Effort = .full,
        at now: Timestamp
    ) throws -> String {
        let actor = try store.read { try self.actor(administrator, for: .issuePassword, in: $0) }
        return try issue(for: handle, by: actor, effort: effort, at: now)
    }

    /// Gives the first administrator a one-time password when no administrator has any.
    /// - Returns: the handle and the password; nil when an administrator has one.
    package func issueFirstPassword(
        effort: Password.Effort = .full, at now: Timestamp
    ) throws -> (handle: String, password: String)? {
        let first = try store.read { view in
            try view.hasCredential(.administrator)
                ? nil
                : try view.staff().first { $0.actor.role == .administrator && !$0.isRetired }
        }
        guard let handle = first?.actor.handle else { return nil }
        let system = Actor(handle: "system", role: .system)
        return (handle, try issue(for: handle, by: system, effort: effort, at: now))
    }

    /// Changes one's own password, which ends all of one's sessions.
    package func changePassword(
        of handle: String, from old: String, to new: String, effort: Password.Effort = .full,
        at now: Timestamp
    ) async throws {
        try PasswordRules.check(new, of: handle)
        guard old != new else {
            throw Refusal(
                .badData, "The new password is the old one.", remedy: "Choose another one.")
        }
        let member = try await prove(handle, old, or: .unknownPair, at: now)
        let kept = try await aside(on: Guesses.queue) {
            Password.kept(Array(new.utf8), effort: effort)
        }
        try await store.writeTogether(stamp: passwordStamp(by: member, at: now)) { transaction in
            try transaction.append([
                .passwordSet(PasswordSet(handle: handle, isOneTime: false))
            ])
            try transaction.keepCredential(kept, isOneTime: false, of: handle)
        }
    }

    private func issue(
        for handle: String, by actor: Actor, effort: Password.Effort, at now: Timestamp
    ) throws -> String {
        let password = PasswordRules.oneTime()
        let kept = Password.kept(Array(password.utf8), effort: effort)
        try store.write(stamp: passwordStamp(by: actor, at: now)) { transaction in
            guard let member = try transaction.staff(handle), !member.isRetired,
                member.actor.role.may(.signIn)
            else {
                throw Refusal(
                    .unknown, "Nobody signs in with this handle.",
                    remedy: "See swabline person list.")
            }
            try transaction.append([.passwordSet(PasswordSet(handle: handle, isOneTime: true))])
            try transaction.keepCredential(kept, isOneTime: true, of: handle)
        }
        return password
    }

    private func passwordStamp(by actor: Actor, at now: Timestamp) -> Stamp {
        Stamp(
            at: now, actor: actor, verb: .issuePassword,
            command: "password:" + Hash.hex(randomBytes(8)))
    }
}
