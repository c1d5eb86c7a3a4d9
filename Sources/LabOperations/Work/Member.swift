package import LabDomain

/// Who asks, with the part of the collection for which they work.
package struct Member: Hashable, Sendable {
    package let actor: Actor
    /// Nil for a sending unit or collector whose unit or site nobody has said yet.
    package let scope: Scope?

    /// The part of the collection for which they work.
    ///
    /// - Throws: `Refusal` while nobody has said which it is: then they do nothing that is bound to
    ///   a place (ACT-4).
    package func place() throws -> Scope {
        if let scope { return scope }
        let limit = actor.role.limit.word
        throw Refusal(
            .notPermitted, "Nobody has said yet for which \(limit) `\(actor.handle)` works.",
            remedy: "An administrator can: swabline person assign \(actor.handle) --\(limit) NAME.")
    }
}
