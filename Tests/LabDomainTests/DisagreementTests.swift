import LabDomain
import Testing

@Suite("Findings that do not go together")
struct DisagreementTests {
    private func findings(
        _ verdict: Verdict, _ reason: VerdictReason? = nil, kind: TestedKind = .single,
        calls: [Call] = [], earlier: [Verdict] = [], pools: [Verdict] = [],
        pool: PoolState? = nil, around: [PoolState] = []
    ) -> [Disagreement] {
        WellFindings(
            kind: kind, result: WellResult(verdict, reason), calls: calls, earlier: earlier,
            ofPoolsAround: pools, pool: pool, poolsAround: around
        ).disagreements
    }

    @Test("WEB-43: targets disagree when one is found and another is not, whatever the verdict")
    func targets() {
        #expect(findings(.detected, calls: [.detected, .notDetected]) == [.targets])
        #expect(findings(.grey, .singleTarget) == [.targets])
        #expect(findings(.detected, calls: [.detected, .detected]).isEmpty)
        #expect(findings(.grey, .lateSignal, calls: [.grey, .notDetected]).isEmpty)
    }

    @Test(
        "WEB-43: a failed or refused run disagrees with nothing",
        arguments: [VerdictReason.controlsFailed, .runRefused])
    func saysNothing(reason: VerdictReason) {
        #expect(
            findings(
                .invalid, reason, calls: [.detected, .notDetected], earlier: [.detected],
                pools: [.notDetected]
            ).isEmpty)
    }

    @Test("WEB-43: a tube that is found contradicts every earlier test that cleared it")
    func earlier() {
        #expect(findings(.detected, earlier: [.grey, .notDetected]) == [.earlierVerdict])
        #expect(findings(.detected, pools: [.notDetected]) == [.earlierVerdict])
        #expect(findings(.notDetected, earlier: [.detected]) == [.earlierVerdict])
        #expect(findings(.detected, earlier: [.grey, .invalid, .detected]).isEmpty)
    }

    @Test("WEB-43: one cleared member contradicts no positive pool, all together do")
    func pools() {
        #expect(findings(.notDetected, pools: [.detected], around: [.opened]).isEmpty)
        #expect(findings(.notDetected, pools: [.detected], around: [.confirmed]).isEmpty)
        #expect(findings(.notDetected, pools: [.detected], around: [.unconfirmed]) == [.clearsPool])
        #expect(findings(.detected, kind: .pool, pool: .unconfirmed) == [.poolCleared])
        #expect(findings(.detected, kind: .pool, pool: .confirmed).isEmpty)
        #expect(findings(.invalid, .internalControl, kind: .pool, pool: .unconfirmed).isEmpty)
    }
}
