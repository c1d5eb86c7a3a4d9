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

    /// A laboratory on an open database.
    package init(store: Store, vault: Vault) {
        self.store = store
        self.vault = IdentityVault(vault)
    }

    /// The rules in force.
    package func rules() throws -> Rules { try store.read { try Rules(in: $0) } }

    /// Does what `command` asks, as somebody, at a moment.
    ///
    /// The answer is given when the transaction is durable. A key that was used before for the
    /// same command gives its first answer and changes nothing (OPS-1); for another command it is
    /// refused (OPS-2). Whoever has no right to the verb is refused before anything is read
    /// (OPS-3).
    package func perform<Asked: Command>(
        _ command: Asked, as handle: String, key: String? = nil, at now: Timestamp
    ) throws -> Performed<Asked.Answer> {
        let key = key ?? command.naturalKey ?? Hash.hex(randomBytes(16))
        let digest = vault.vault.chain([Array(Asked.verb.rawValue.utf8), command.content])
        let (actor, rules, earlier) = try store.read { view in
            (
                try Self.actor(handle, for: Asked.verb, in: view), try Rules(in: view),
                try Self.earlier(Asked.self, key: key, digest: digest, in: view)
            )
        }
        if let earlier { return earlier }
        let prepared = try command.prepare(under: rules, vault: vault, at: now)
        let stamp = Stamp(at: now, actor: actor, verb: Asked.verb, command: key)
        return try store.write(stamp: stamp) { transaction in
            // Somebody else may have done it since.
            if let earlier = try Self.earlier(
                Asked.self, key: key, digest: digest, in: transaction)
            {
                return earlier
            }
            // Rights and rules may have changed while the command was made ready.
            _ = try Self.actor(handle, for: Asked.verb, in: transaction)
            guard try rules.areStill(in: transaction) else {
                throw Refusal(
                    .rule, "The rules of the laboratory changed in this moment.",
                    remedy: "Give the command again.")
            }
            let work = Work(transaction: transaction, rules: rules, vault: vault)
            let answer = try command.perform(prepared, in: work)
            try transaction.keep(answer: json(answer), digest: digest)
            return Performed(answer: answer, key: key, isRepeated: false)
        }
    }

    /// Lets somebody look at something, when their role may.
    package func look<Value>(
        _ verb: Verb, as handle: String, _ look: (StoreView) throws -> Value
    ) throws -> Value {
        try store.read { view in
            _ = try Self.actor(handle, for: verb, in: view)
            return try look(view)
        }
    }

    static func actor(_ handle: String, for verb: Verb, in view: StoreView) throws -> Actor {
        guard let member = try view.staff(handle), !member.isRetired, member.actor.role != .system
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
        return member.actor
    }

    private static func earlier<Asked: Command>(
        _ command: Asked.Type, key: String, digest: [UInt8], in view: StoreView
    ) throws -> Performed<Asked.Answer>? {
        guard let (answer, first, verb) = try view.answer(to: key) else { return nil }
        guard first == digest else {
            throw Refusal(
                .keyReused, "The key was used before for another command (\(verb)).",
                remedy: "Use a new key for each new command.")
        }
        return Performed(
            answer: try JSONDecoder().decode(Asked.Answer.self, from: Data(answer.utf8)),
            key: key, isRepeated: true)
    }
}
