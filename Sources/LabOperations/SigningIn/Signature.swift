package import LabDomain
internal import LabStore

extension Laboratory {
    /// Makes sure that whoever signs sits before the page, not whoever found it open.
    ///
    /// A wrong password counts as one at the door does, and makes the next attempt wait.
    /// - Throws: `Refusal` when the password is not theirs.
    package func sign(as handle: String, password: String, at now: Timestamp) async throws {
        let wrong = Refusal(
            .notPermitted, "The password is not yours; nothing was signed.",
            remedy: "Type it again; an administrator can give you a new one.")
        let actor = try await prove(handle, password, or: wrong, at: now)
        let stamp = Stamp(at: now, actor: actor, verb: .signIn, command: "signature")
        try await store.writeTogether(stamp: stamp) {
            try $0.keepFailures(0, blockedUntil: now, of: actor.handle)
        }
    }
}
