/// The final result of a specimen.
package enum Outcome: String, CaseIterable, Hashable, Sendable, Codable {
    case detected
    case notDetected = "not-detected"
}

/// Why people are swabbed again.
package enum RecollectionReason: String, CaseIterable, Hashable, Sendable, Codable {
    case positiveMixedTube = "positive-mixed-tube"
    case rejectedTube = "rejected-tube"
    /// The tube gave no readable result as often as the rules allow.
    case unreadable
    /// Two kits disagree.
    case discordant
}

/// What a verdict means: for the tube, the pool and its people.
package enum Resolution: Hashable, Sendable {
    /// The same kit once more; says nothing about anybody yet.
    case again
    /// Another kit must find it too before it counts.
    case confirm
    /// Everybody in the well has this result.
    case answer(Outcome)
    /// The people must come again, one tube each.
    case recollect(RecollectionReason)
    /// The kept tubes of the pool are tested: in smaller pools first, or one by one.
    case retestMembers
}

/// What a test means, given the tests of the same tube or pool before it (RES-1 to RES-9).
///
/// The first rule that fits decides; `specs/rules.md` numbers them in this order.
package func resolve(
    _ tested: Tested, read verdict: Verdict, with kit: KitRole, after past: [PastTest],
    under policy: ResolutionPolicy
) -> Resolution {
    resolve(tested.kind, read: verdict, with: kit, after: past, under: policy)
}

/// What a test means by the kind of what was tested alone: no rule asks for more.
package func resolve(
    _ kind: TestedKind, read verdict: Verdict, with kit: KitRole, after past: [PastTest],
    under policy: ResolutionPolicy
) -> Resolution {
    let mayRepeat = past.count + 1 < policy.maximumTests && policy.repeated.contains(verdict)
    switch verdict {
    case .invalid:
        if mayRepeat { return .again }
        return kind == .pool ? .retestMembers : .recollect(.unreadable)
    case .grey where kind == .pool, .detected where kind == .pool:
        return .retestMembers
    case .grey where kind == .mixed:
        return .recollect(.positiveMixedTube)
    case .grey where !past.contains { $0.verdict == .grey && $0.kit == kit }:
        if mayRepeat { return .again }
        // One grey test alone proves nothing, whatever the number of tests that failed before it.
        if kit == .second { return .recollect(.discordant) }
        return policy.secondKitFor.contains(kind) ? .confirm : .recollect(.unreadable)
    case .grey where policy.greyTwice == .recollect:
        return .recollect(kit == .second ? .discordant : .unreadable)
    case .grey, .detected:
        // A second grey of the same kit counts as found: 37 to 40 twice, or one target twice.
        if policy.secondKitFor.contains(kind), kit == .first { return .confirm }
        return kind == .mixed ? .recollect(.positiveMixedTube) : .answer(.detected)
    case .notDetected:
        if kit == .second, kind != .pool {
            return .recollect(kind == .mixed ? .positiveMixedTube : .discordant)
        }
        return .answer(.notDetected)
    }
}

/// What has become of a pool's members, and so of the pool (RES-10).
package func conclude(pool members: [Outcome?]) -> PoolState {
    if members.contains(.detected) { return .confirmed }
    return members.contains(nil) ? .opened : .unconfirmed
}
