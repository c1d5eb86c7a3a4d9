import LabDomain
import Testing

/// Every kind, kit, verdict and history of up to three tests, under every policy.
@Suite("What a verdict means, whatever came before")
struct ResolutionEnumerationTests {
    private struct Situation {
        let tested: Tested
        let kit: KitRole
        let verdict: Verdict
        let past: [PastTest]
        let policy: ResolutionPolicy

        var kind: TestedKind { tested.kind }
        var greysBefore: Int { past.count { $0.verdict == .grey } }

        var resolution: Resolution {
            resolve(tested, read: verdict, with: kit, after: past, under: policy)
        }
    }

    private static let tests = KitRole.allCases.flatMap { kit in
        Verdict.allCases.map { PastTest(kit: kit, verdict: $0) }
    }

    /// Every list of up to so many tests.
    private static func histories(upTo most: Int) -> [[PastTest]] {
        guard most > 0 else { return [[]] }
        let shorter = histories(upTo: most - 1)
        let longest = shorter.filter { $0.count == most - 1 }
        return shorter + longest.flatMap { past in tests.map { past + [$0] } }
    }

    private static let policies = (1...4).flatMap { maximum in
        (0..<8).map { bits in
            let kinds: [TestedKind] = [.single, .mixed, .environmental]
            let second = kinds.indices.filter { bits >> $0 & 1 == 1 }.map { kinds[$0] }
            return ResolutionPolicy(
                version: "v1", maximumTests: maximum, secondKitFor: Set(second),
                unconfirmedPool: .investigate)
        }
    }

    private static func everything() throws -> [Tested] {
        [
            .single(TubeTests.single(1)),
            .environmental(EnvironmentalTube(id: TubeID("E"), place: "x")),
            .mixed(try MixedTube(id: TubeID("M"), ratio: .five, members: [TubeTests.person(1)])),
            .pooled(try LaboratoryPool(id: PoolID("LP"), members: [TubeTests.single(1)])),
        ]
    }

    /// Calls `body` with each situation, and counts those that it finds wrong.
    private func failures(_ isWrong: (Situation, Resolution) -> Bool) throws -> Int {
        var failures = 0
        let histories = Self.histories(upTo: 3)
        #expect(histories.count == 1 + 8 + 64 + 512)
        for tested in try Self.everything() {
            for policy in Self.policies {
                for past in histories {
                    for now in Self.tests {
                        let situation = Situation(
                            tested: tested, kit: now.kit, verdict: now.verdict, past: past,
                            policy: policy)
                        if isWrong(situation, situation.resolution) { failures += 1 }
                    }
                }
            }
        }
        return failures
    }

    @Test("RES-3: no history makes a mixed tube's people, or a pool's, a positive answer")
    func shared() throws {
        #expect(
            try failures { situation, resolution in
                situation.kind.holdsSeveral && resolution == .answer(.detected)
            } == 0)
    }

    @Test("RES-5: nobody has an answer from one grey or unreadable test")
    func proof() throws {
        #expect(
            try failures { situation, resolution in
                switch resolution {
                case .answer(.notDetected): situation.verdict != .notDetected
                case .answer(.detected):
                    situation.verdict != .detected
                        && !(situation.verdict == .grey && situation.greysBefore > 0)
                default: false
                }
            } == 0)
    }

    @Test("RES-7: where the rules ask for a second kit, no other one makes a positive answer")
    func secondKit() throws {
        #expect(
            try failures { situation, resolution in
                let asks = situation.policy.secondKitFor.contains(situation.kind)
                let isConfirmation = resolution == .confirm
                return asks && situation.kit == .first && resolution == .answer(.detected)
                    || isConfirmation && (!asks || situation.kit == .second)
            } == 0)
    }

    @Test("RES-8: what one kit found, another that does not find it never makes a negative answer")
    func discord() throws {
        #expect(
            try failures { situation, resolution in
                situation.kit == .second && situation.kind != .pool
                    && resolution == .answer(.notDetected)
            } == 0)
    }

    @Test("RES-2: pools alone have members to test, and their people are never called as such")
    func steps() throws {
        #expect(
            try failures { situation, resolution in
                switch resolution {
                case .retestMembers: situation.kind != .pool
                case .recollect, .confirm: situation.kind == .pool
                case .again: situation.past.count + 1 >= situation.policy.maximumTests
                case .answer: false
                }
            } == 0)
    }

    @Test("RES-11: whatever is read, a tube or pool is resolved after one test more than allowed")
    func termination() throws {
        for tested in try Self.everything() {
            for policy in Self.policies {
                let longest = longestPath(tested, with: .first, after: [], under: policy)
                #expect(longest <= policy.maximumTests + 1)
                #expect(longest >= min(policy.maximumTests, 1))
            }
        }
    }

    /// How many tests the unluckiest verdicts ask for; far more than allowed when they never end.
    private func longestPath(
        _ tested: Tested, with kit: KitRole, after past: [PastTest], under policy: ResolutionPolicy
    ) -> Int {
        guard past.count < 10 else { return 1_000 }
        let ends = Verdict.allCases.map { verdict -> Int in
            let next = past + [PastTest(kit: kit, verdict: verdict)]
            switch resolve(tested, read: verdict, with: kit, after: past, under: policy) {
            case .again: return longestPath(tested, with: kit, after: next, under: policy)
            case .confirm: return longestPath(tested, with: .second, after: next, under: policy)
            case .answer, .recollect, .retestMembers: return next.count
            }
        }
        return ends.max() ?? 0
    }
}
