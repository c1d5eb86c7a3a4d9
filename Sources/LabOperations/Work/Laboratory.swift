internal import Foundation
package import LabDomain
package import LabSecrets
package import LabStore

/// What a command answered, and whether it was done now or had been done before.
package struct Performed<Answer: Codable & Sendable>: Sendable {
    package let answer: Answer
    package let key: String
    package let isRepeated: Bool
}

/// One laboratory with its database: the door through which every command goes.
package struct Laboratory: Sendable {
    package let store: Store
    package let vault: IdentityVault
    private let kept = KeptRules()
    let keptCurves = KeptCurves()
    let keptTimes = KeptTimes()
    let keptBatches = KeptBatches()
    let keptReadings = KeptReadings()
    /// Whether the program itself acts, as the server does between requests.
    private var isItself = false

    /// A laboratory on an open database.
    package init(store: Store, vault: Vault) {
        self.store = store
        self.vault = IdentityVault(vault)
    }

    /// The handle under which the program itself acts.
    package static let itself = "system"

    /// This laboratory for the program itself: nobody else acts under its handle.
    package var itself: Laboratory {
        var itself = self
        itself.isItself = true
        return itself
    }

    /// The rules in force.
    package func rules() throws -> Rules { try store.read { try rules(in: $0) } }

    /// The rules in force in a picture of the database; the YAML is read again only when it has
    /// changed.
    func rules(in view: StoreView) throws -> Rules { try kept.rules(in: view) }

    /// Does what `command` asks, as somebody, at a moment.
    ///
    /// The answer is given when the transaction is durable. A key that was used before for the
    /// same command gives its first answer and changes nothing (OPS-1); for another command it is
    /// refused (OPS-2). Whoever has no right to the verb is refused before anything is read
    /// (OPS-3).
    package func perform<Asked: Command>(
        _ command: Asked, as handle: String, key: String? = nil, at now: Timestamp
    ) throws -> Performed<Asked.Answer> {
        let ask = Ask(command, as: handle, key: key, at: now, in: self)
        let (member, rules, earlier) = try store.read { try ask.look(in: $0) }
        if let earlier { return earlier }
        let prepared = try command.prepare(under: rules, for: member, vault: vault, at: now)
        return try store.write(stamp: ask.stamp(by: member)) {
            try ask.perform(prepared, under: rules, for: member, in: $0)
        }
    }

    /// What `perform` would answer; nothing is stored.
    package func foresee<Asked: Command>(
        _ command: Asked, as handle: String, at now: Timestamp
    ) throws -> Performed<Asked.Answer> {
        try foresee(command, as: handle, at: now) { done, _ in done }
    }

    /// What the laboratory would look like after `perform`; nothing is stored.
    func foresee<Asked: Command, Value>(
        _ command: Asked, as handle: String, at now: Timestamp,
        _ look: (Performed<Asked.Answer>, StoreView) throws -> Value
    ) throws -> Value {
        let ask = Ask(command, as: handle, key: nil, at: now, in: self)
        let (member, rules, earlier) = try store.read { try ask.look(in: $0) }
        if let earlier { return try store.read { try look(earlier, $0) } }
        let prepared = try command.prepare(under: rules, for: member, vault: vault, at: now)
        return try store.foresee(stamp: ask.stamp(by: member)) {
            try look(try ask.perform(prepared, under: rules, for: member, in: $0), $0)
        }
    }

    /// Does the same as `perform` for a server: away from the caller's thread, and in a durable
    /// transaction that many requests share.
    package func performTogether<Asked: Command>(
        _ command: Asked, as handle: String, key: String? = nil, at now: Timestamp
    ) async throws -> Performed<Asked.Answer> {
        let ask = Ask(command, as: handle, key: key, at: now, in: self)
        let (member, rules, earlier) = try await store.readAside { try ask.look(in: $0) }
        if let earlier { return earlier }
        let prepared = try await aside { [vault] in
            try command.prepare(under: rules, for: member, vault: vault, at: now)
        }
        return try await store.writeTogether(stamp: ask.stamp(by: member)) {
            try ask.perform(prepared, under: rules, for: member, in: $0)
        }
    }

    /// Lets somebody look at something, when their role may.
    package func look<Value>(
        _ verb: Verb, as handle: String, _ look: (StoreView) throws -> Value
    ) throws -> Value {
        try self.look(verb, as: handle) { view, _ in try look(view) }
    }

    /// Lets somebody look at something, when their role may, and says who looks: a member of staff
    /// with a unit or site sees what is theirs (ACT-4).
    package func look<Value>(
        _ verb: Verb, as handle: String, _ look: (StoreView, Member) throws -> Value
    ) throws -> Value {
        try store.read { view in
            try look(view, try member(handle, for: verb, in: view))
        }
    }

    func actor(_ handle: String, for verb: Verb, in view: StoreView) throws -> Actor {
        try member(handle, for: verb, in: view).actor
    }

    func member(_ handle: String, for verb: Verb, in view: StoreView) throws -> Member {
        guard let member = try view.staff(handle), !member.isRetired,
            isItself || member.actor.role != .system
        else {
            throw Refusal(
                .notPermitted, "Nobody in this laboratory signs with this handle.",
                remedy: "An administrator can add you: swabline person add.")
        }
        guard member.actor.role.may(verb) else {
            let may = Role.allCases.filter { $0.may(verb) }.map(\.word).joined(separator: ", ")
            throw Refusal(
                .notPermitted,
                "The role \(member.actor.role.word) may not \(verb.word).",
                remedy: "Ask somebody with one of these roles: \(may).")
        }
        return Member(actor: member.actor, scope: member.scope)
    }
}
