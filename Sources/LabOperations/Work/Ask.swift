internal import Foundation
internal import LabDomain
internal import LabSecrets
internal import LabStore

/// One command with everything that it is done with: who asks, under which key, and when.
struct Ask<Asked: Command>: Sendable {
    private let command: Asked
    private let handle: String
    private let key: String
    private let digest: [UInt8]
    private let now: Timestamp
    private let laboratory: Laboratory

    init(
        _ command: Asked, as handle: String, key: String?, at now: Timestamp,
        in laboratory: Laboratory
    ) {
        self.command = command
        self.handle = handle
        self.key = key ?? command.naturalKey ?? Hash.hex(randomBytes(16))
        digest = laboratory.vault.vault.chain([
            Array(Asked.verb.rawValue.utf8), command.content,
        ])
        self.now = now
        self.laboratory = laboratory
    }

    /// Who it is, under which rules, and what was answered when it was done before.
    func look(in view: StoreView) throws -> (Member, Rules, Performed<Asked.Answer>?) {
        (
            try laboratory.member(handle, for: Asked.verb, in: view),
            try laboratory.rules(in: view), try earlier(in: view)
        )
    }

    func stamp(by member: Member) -> Stamp {
        Stamp(at: now, actor: member.actor, verb: Asked.verb, command: key)
    }

    /// The work itself, in an open transaction.
    func perform(
        _ prepared: Asked.Prepared, under rules: Rules, for member: Member,
        in transaction: Transaction
    ) throws -> Performed<Asked.Answer> {
        // Somebody else may have done it since.
        if let earlier = try earlier(in: transaction) { return earlier }
        // Rights and rules may have changed while the command was made ready.
        let isStill = try laboratory.member(handle, for: Asked.verb, in: transaction) == member
        guard try isStill && rules.areStill(in: transaction) else {
            throw Refusal(
                .rule, "The rules of the laboratory changed in this moment.",
                remedy: "Give the command again.")
        }
        let work = Work(
            transaction: transaction, rules: rules, vault: laboratory.vault, member: member,
            readings: laboratory.keptReadings)
        let answer = try command.perform(prepared, in: work)
        try transaction.keep(answer: json(answer), digest: digest)
        return Performed(answer: answer, key: key, isRepeated: false)
    }

    private func earlier(in view: StoreView) throws -> Performed<Asked.Answer>? {
        guard let (answer, first, verb) = try view.answer(to: key) else { return nil }
        guard first == digest else {
            throw Refusal(
                .keyReused, "The key was used before for another command (\(verb)).",
                remedy: "Use a new key for each new command.")
        }
        let given = try JSONDecoder().decode(Asked.Answer.self, from: Data(answer.utf8))
        try command.accept(earlier: given)
        return Performed(answer: given, key: key, isRepeated: true)
    }
}
