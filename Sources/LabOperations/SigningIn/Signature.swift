package import LabDomain
internal import LabStore

extension Laboratory {
    /// Makes sure that whoever signs sits before the page, not whoever found it open.
    ///
    /// A wrong password counts as one at the door does, and makes the next attempt wait.
    /// - Throws: `Refusal` when the password is not theirs.
    package func sign(as handle: String, password: String, at now: Timestamp) async throws {
        let actor = try await prove(handle, password, at: now)
        let stamp = Stamp(at: now, actor: actor, verb: .signIn, command: "signature")
        try await store.writeTogether(stamp: stamp) {
            try $0.keepFailures(0, blockedUntil: now, of: actor.handle)
        }
    }
}
