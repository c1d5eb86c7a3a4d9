import LabDomain
import Testing

@Suite("What a verdict means")
struct ResolutionTests {
    struct Case: CustomTestStringConvertible {
        let rule: String
        let kind: TestedKind
        let past: [PastTest]
        let kit: KitRole
        let verdict: Verdict
        let expected: Resolution
        var maximum = 3
        var second: Set<TestedKind> = [.single, .environmental]

        var testDescription: String { "\(rule): \(kind) \(verdict) after \(past.map(\.verdict))" }
    }

    private static let grey = PastTest(kit: .first, verdict: .grey)
    private static let invalid = PastTest(kit: .first, verdict: .invalid)
    private static let found = PastTest(kit: .first, verdict: .detected)

    private static func policy(_ maximum: Int, _ second: Set<TestedKind>) -> ResolutionPolicy {
        ResolutionPolicy(
            version: "v1", maximumTests: maximum, secondKitFor: second, unconfirmedPool: .note)
    }

    private func check(_ wanted: Case) throws {
        let resolution = resolve(
            try tested(wanted.kind), read: wanted.verdict, with: wanted.kit, after: wanted.past,
            under: Self.policy(wanted.maximum, wanted.second))
        #expect(resolution == wanted.expected)
    }

    private func tested(_ kind: TestedKind) throws -> Tested {
        switch kind {
        case .single: .single(TubeTests.single(1))
        case .mixed:
            .mixed(
                try MixedTube(
                    id: TubeID("M1"), ratio: .ten, members: [1, 2].map(TubeTests.person)))
        case .environmental: .environmental(EnvironmentalTube(id: TubeID("E1"), place: "drain"))
        case .pool:
            .pooled(
                try LaboratoryPool(id: PoolID("LP1"), members: [1, 2].map(TubeTests.single)))
        }
    }

    @Test("RES-1: an unreadable test is done again until as many were done as the rules allow")
    func unreadable() throws {
        for kind in TestedKind.allCases {
            let last: Resolution = kind == .pool ? .retestMembers : .recollect(.unreadable)
            for (count, expected) in [(0, Resolution.again), (1, .again), (2, last), (5, last)] {
                let past = Array(repeating: Self.invalid, count: count)
                for kit in KitRole.allCases {
                    try check(
                        Case(
                            rule: "RES-1", kind: kind, past: past, kit: kit, verdict: .invalid,
                            expected: expected))
                }
            }
        }
    }

    @Test("RES-2: a pool that is found or grey has its kept tubes tested one by one")
    func pool() throws {
        for verdict in [Verdict.detected, .grey] {
            for past in [[], [Self.invalid], [Self.invalid, Self.invalid]] {
                try check(
                    Case(
                        rule: "RES-2", kind: .pool, past: past, kit: .first, verdict: verdict,
                        expected: .retestMembers, second: Set(TestedKind.allCases)))
            }
        }
    }

    @Test("RES-3: a positive mixed tube calls its people back; nobody is reported")
    func mixed() throws {
        for verdict in [Verdict.detected, .grey] {
            try check(
                Case(
                    rule: "RES-3", kind: .mixed, past: [], kit: .first, verdict: verdict,
                    expected: .recollect(.positiveMixedTube)))
        }
        for verdict in [Verdict.detected, .grey, .notDetected] {
            try check(
                Case(
                    rule: "RES-3", kind: .mixed, past: [Self.found], kit: .second,
                    verdict: verdict, expected: .recollect(.positiveMixedTube), second: [.mixed]))
        }
    }

    @Test("RES-3 and RES-7: a mixed tube can be proved with a second kit before anybody is called")
    func mixedTwice() throws {
        try check(
            Case(
                rule: "RES-7", kind: .mixed, past: [], kit: .first, verdict: .detected,
                expected: .confirm, second: [.mixed]))
    }

    static let single = [
        Case(
            rule: "RES-4", kind: .single, past: [], kit: .first, verdict: .grey, expected: .again),
        Case(
            rule: "RES-4", kind: .environmental, past: [invalid], kit: .first, verdict: .grey,
            expected: .again),
        Case(
            rule: "RES-4", kind: .single, past: [found], kit: .second, verdict: .grey,
            expected: .again),
        Case(
            rule: "RES-5", kind: .single, past: [invalid, invalid], kit: .first, verdict: .grey,
            expected: .recollect(.unreadable), second: []),
        Case(
            rule: "RES-5", kind: .single, past: [invalid, invalid], kit: .first, verdict: .grey,
            expected: .confirm),
        Case(
            rule: "RES-5", kind: .single, past: [invalid, found], kit: .second, verdict: .grey,
            expected: .recollect(.discordant)),
        Case(
            rule: "RES-5", kind: .single, past: [], kit: .first, verdict: .grey,
            expected: .recollect(.unreadable), maximum: 1, second: []),
        Case(
            rule: "RES-6", kind: .single, past: [grey], kit: .first, verdict: .grey,
            expected: .answer(.detected), second: []),
        Case(
            rule: "RES-6", kind: .single, past: [grey], kit: .first, verdict: .grey,
            expected: .confirm),
        Case(
            rule: "RES-7", kind: .single, past: [], kit: .first, verdict: .detected,
            expected: .answer(.detected), second: []),
        Case(
            rule: "RES-7", kind: .environmental, past: [], kit: .first, verdict: .detected,
            expected: .confirm),
        Case(
            rule: "RES-7", kind: .single, past: [found], kit: .second, verdict: .detected,
            expected: .answer(.detected)),
        Case(
            rule: "RES-8", kind: .single, past: [found], kit: .second, verdict: .notDetected,
            expected: .recollect(.discordant)),
        Case(
            rule: "RES-8", kind: .environmental, past: [grey, grey], kit: .second,
            verdict: .notDetected, expected: .recollect(.discordant)),
        Case(
            rule: "RES-9", kind: .single, past: [grey], kit: .first, verdict: .notDetected,
            expected: .answer(.notDetected)),
    ]

    @Test(
        "RES-4, RES-5, RES-6, RES-7, RES-8: one grey test asks for another, a second one counts",
        arguments: Self.single)
    func steps(_ wanted: Case) throws {
        try check(wanted)
    }

    @Test("RES-9: what is not detected answers for everybody in the well")
    func notDetected() throws {
        for kind in TestedKind.allCases {
            for past in [[], [Self.invalid], [Self.invalid, Self.invalid]] {
                try check(
                    Case(
                        rule: "RES-9", kind: kind, past: past, kit: .first, verdict: .notDetected,
                        expected: .answer(.notDetected)))
            }
        }
    }

    @Test(
        "RES-10: a pool is confirmed by one member and unconfirmed when none is left to test",
        arguments: [
            ([], .unconfirmed), ([nil, nil], .opened), ([.notDetected, nil], .opened),
            ([.notDetected, .notDetected], .unconfirmed), ([.detected, nil], .confirmed),
            ([.notDetected, .detected], .confirmed),
        ] as [([Outcome?], PoolState)])
    func conclusions(_ members: [Outcome?], _ state: PoolState) {
        #expect(conclude(pool: members) == state)
        #expect(conclude(pool: members.reversed()) == state)
    }
}
