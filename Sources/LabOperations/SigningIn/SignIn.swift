package import LabDomain
internal import LabSecrets
internal import LabStore

/// Somebody who is signed in.
package struct SignedIn: Hashable, Sendable {
    package let actor: Actor
    /// Whether the password must be changed before anything else is done.
    package let mustChangePassword: Bool
}

extension Laboratory {
    /// Signs somebody in.
    ///
    /// Whoever types a handle that nobody has waits as long and reads the same as whoever
    /// mistypes a password.
    /// - Returns: the secret that the browser keeps, in hexadecimal digits.
    package func signIn(_ handle: String, password: String, at now: Timestamp) async throws
        -> String
    {
        let actor = try await prove(handle, password, or: .unknownPair, at: now)
        let secret = randomBytes(32)
        try await store.writeTogether(stamp: signInStamp(by: actor, at: now)) { transaction in
            try transaction.keepFailures(0, blockedUntil: now, of: actor.handle)
            try transaction.beginSession(Hash.blake2b256(secret), of: actor.handle)
        }
        return Hash.hex(secret)
    }

    /// Who is behind the secret of a browser; nil when the session has ended or run out.
    ///
    /// What a page asks by itself is no sign of life: nobody need sit before it.
    package func signedIn(
        _ secret: String, at now: Timestamp, isSignOfLife: Bool = true
    ) async throws -> SignedIn? {
        guard let token = Self.token(secret) else { return nil }
        let found = try await store.readAside { view -> (StoredSession, StaffMember)? in
            guard let session = try view.session(token),
                let member = try view.staff(session.handle)
            else { return nil }
            return (session, member)
        }
        guard let (session, member) = found, !member.isRetired, member.actor.role.may(.signIn),
            session.startedAt.span(to: now) < SessionRules.longest,
            session.seenAt.span(to: now) < SessionRules.idle
        else { return nil }
        if isSignOfLife, session.seenAt.span(to: now) >= SessionRules.touch {
            try await store.writeTogether(stamp: signInStamp(by: member.actor, at: now)) {
                try $0.touchSession(token)
            }
        }
        return SignedIn(actor: member.actor, mustChangePassword: session.isOneTime)
    }

    /// Ends the session behind the secret of a browser.
    package func signOut(_ secret: String, at now: Timestamp) async throws {
        guard let token = Self.token(secret) else { return }
        let system = Actor(handle: "system", role: .system)
        try await store.writeTogether(stamp: signInStamp(by: system, at: now)) {
            try $0.endSession(token)
        }
    }

    /// Proves that somebody knows a password, or says that it is wrong.
    func prove(
        _ handle: String, _ password: String, or wrong: Refusal, at now: Timestamp
    ) async throws -> Actor {
        let (member, credential) = try await store.readAside { view in
            (try view.staff(handle), try view.credential(of: handle))
        }
        guard let member, let credential, !member.isRetired, member.actor.role.may(.signIn) else {
            // As slow as for somebody who is known.
            _ = try await aside(on: Guesses.queue) {
                Password.kept(Array(password.utf8.prefix(PasswordRules.most)))
            }
            throw wrong
        }
        guard credential.blockedUntil <= now else {
            let seconds = (now.span(to: credential.blockedUntil).milliseconds + 999) / 1_000
            throw Refusal(
                .notPermitted, "Too many attempts failed.",
                remedy: "Try again in \(seconds) seconds.")
        }
        let typed = Array(password.utf8.prefix(PasswordRules.most))
        guard try await aside(on: Guesses.queue, { Password.fits(typed, credential.kept) }) else {
            try await store.writeTogether(stamp: signInStamp(by: member.actor, at: now)) {
                // Read again: others may have tried in the same moment.
                let failures = (try $0.credential(of: handle)?.failures ?? 0) + 1
                try $0.keepFailures(
                    failures,
                    blockedUntil: now.advanced(by: PasswordRules.wait(after: failures)),
                    of: handle)
            }
            throw wrong
        }
        return member.actor
    }

    private func signInStamp(by actor: Actor, at now: Timestamp) -> Stamp {
        Stamp(at: now, actor: actor, verb: .signIn, command: "sign-in")
    }

    private static func token(_ secret: String) -> [UInt8]? {
        guard secret.utf8.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var rest = Substring(secret)
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return Hash.blake2b256(bytes)
    }
}

extension Refusal {
    /// The same whether the handle or the password is wrong, so that nobody learns who is here.
    static let unknownPair = Refusal(
        .notPermitted, "The handle and the password do not fit.",
        remedy: "Type both again; an administrator can give you a new password.")
}
