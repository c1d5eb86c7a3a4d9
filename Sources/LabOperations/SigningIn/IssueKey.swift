package import LabDomain
internal import LabSecrets
internal import LabStore

/// Gives a device or program a new key, once for each idempotency key.
///
/// The key itself is part neither of what is kept nor of the answer: whoever asks again under the
/// same idempotency key learns that it was told, and not the key (API-10).
package struct IssueKey: Command {
    package static let verb = Verb.issuePassword

    let handle: String
    private let secret: [UInt8]

    /// Whose key is new.
    package struct Answer: Codable, Sendable {
        package let handle: String
    }

    /// A new key for whoever acts under a handle; the one before it opens nothing.
    package init(for handle: String) {
        self.handle = handle
        secret = randomBytes(32)
    }

    /// The key as the device or program sends it.
    package var key: String { Laboratory.keyPrefix + Hash.hex(secret) }

    package var content: [UInt8] { Array("issue-key:\(handle)".utf8) }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        try work.transaction.issueKey(
            Laboratory.token(of: secret, by: work.vault), to: handle)
        return Answer(handle: handle)
    }
}

extension Transaction {
    /// Keeps the token of a new key of somebody who acts.
    func issueKey(_ token: [UInt8], to handle: String) throws {
        guard let member = try staff(handle), !member.isRetired, member.actor.role != .system
        else {
            throw Refusal(
                .unknown, "Nobody acts under this handle.", remedy: "See swabline person list.")
        }
        try append([.keyIssued(KeyIssued(handle: handle))])
        try keepKey(token, of: handle)
    }
}
