package import LabDomain
internal import LabSecrets
internal import LabStore

/// A screen on a wall that somebody left showing the board.
package struct WallDisplay: Hashable, Sendable {
    /// Who left it there; it sees what they may see of the work.
    package let actor: Actor
    /// Whether the browser shall be given a token of today.
    package let isStale: Bool

    /// As whom the board is looked at.
    package var viewer: SignedIn { SignedIn(actor: actor, mustChangePassword: false) }
}

/// How long a screen on a wall shows the board by itself.
package enum DisplayRules {
    /// Dark for longer, it must be left there anew.
    package static let longest = Span.hours(24 * 7)
    /// While it is shown its token is made anew this often.
    static let renewal = Span.hours(1)
    /// As much may a token come from a clock that ran ahead.
    static let ahead = Span.minutes(10)
}

extension Laboratory {
    /// What a browser keeps to show the board when nobody is signed in (WEB-158).
    ///
    /// Nothing is stored: the token holds the handle and the instant under the laboratory's key. It
    /// hangs on the password too, so that another password ends every display of its owner.
    /// - Returns: The token; it opens the board and nothing else.
    package func displayToken(for handle: String, at now: Timestamp) async throws -> String {
        let kept = try await store.readAside { try $0.credential(of: handle)?.kept }
        guard let kept else {
            throw Refusal(
                .notPermitted, "Only somebody with a password leaves a display.",
                remedy: "Sign in first.")
        }
        return "\(now.milliseconds).\(seal(handle, now, kept)).\(handle)"
    }

    /// Who left a display with this token; nil when it is none, too old, or ended.
    package func display(_ token: String, at now: Timestamp) async throws -> WallDisplay? {
        let parts = token.split(separator: ".", maxSplits: 2).map(String.init)
        guard parts.count == 3, let milliseconds = Int64(parts[0]) else { return nil }
        let madeAt = Timestamp(milliseconds: milliseconds)
        guard madeAt <= now.advanced(by: DisplayRules.ahead),
            now < madeAt.advanced(by: DisplayRules.longest)
        else { return nil }
        let found = try await store.readAside { view -> (StaffMember, StoredCredential)? in
            guard let member = try view.staff(parts[2]),
                let credential = try view.credential(of: parts[2])
            else { return nil }
            return (member, credential)
        }
        guard let (member, credential) = found, !member.isRetired, !credential.isOneTime,
            member.actor.role.may(.signIn), member.actor.role.may(.seeWork),
            Self.isSame(seal(parts[2], madeAt, credential.kept), parts[1])
        else { return nil }
        return WallDisplay(
            actor: member.actor, isStale: madeAt.advanced(by: DisplayRules.renewal) <= now)
    }

    /// Whether whoever left a display still works here, as which its board is shown.
    package func isShown(_ display: WallDisplay) async throws -> Bool {
        let member = try await store.readAside { try $0.staff(display.actor.handle) }
        return member.map { !$0.isRetired && $0.actor == display.actor } ?? false
    }

    private func seal(_ handle: String, _ madeAt: Timestamp, _ kept: String) -> String {
        Hash.hex(
            vault.vault.chain(
                ["wall-display", handle, "\(madeAt.milliseconds)", kept].map { Array($0.utf8) }))
    }

    /// The time that it takes does not tell how nearly they are the same.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
