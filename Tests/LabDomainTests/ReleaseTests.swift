import LabDomain
import Testing

@Suite("Release and clocks")
struct ReleaseTests {
    @Test(
        "REV-1: an answer is released once, after its review, by somebody who did not enter it",
        arguments: AnswerState.allCases, Outcome.allCases)
    func release(_ state: AnswerState, _ outcome: Outcome) {
        let answer = ReleaseCandidate(outcome: outcome, state: state, enteredBy: "wang")
        for inBulk in [false, true] {
            let expected: ReleaseFault? =
                switch state {
                case .proposed: .notReviewed
                case .released: .alreadyReleased
                case .reviewed: .ownEntry(by: "wang")
                }
            #expect(fault(answer, by: "wang", inBulk: inBulk) == expected)
        }
        let other = fault(answer, by: "li", inBulk: false)
        #expect((other == nil) == (state == .reviewed))
    }

    @Test("REV-2: positives are released one by one; the checks come in their order")
    func bulk() {
        let positive = ReleaseCandidate(outcome: .detected, state: .reviewed, enteredBy: "wang")
        let negative = ReleaseCandidate(outcome: .notDetected, state: .reviewed, enteredBy: "wang")
        #expect(fault(positive, by: "li", inBulk: true) == .positiveInBulk)
        #expect(fault(positive, by: "wang", inBulk: true) == .ownEntry(by: "wang"))
        #expect(fault(positive, by: "li", inBulk: false) == nil)
        #expect(fault(negative, by: "li", inBulk: true) == nil)
    }

    private func fault(_ answer: ReleaseCandidate, by actor: String, inBulk: Bool) -> ReleaseFault?
    {
        do throws(ReleaseFault) { try answer.release(by: actor, inBulk: inBulk) } catch {
            return error
        }
        return nil
    }

    // Hours after the start, the limit being 12: paused, stopped, now.
    static let clocks: [(Int?, Int?, Int, ClockStatus, Int)] = [
        (nil, nil, 0, .due, 12), (nil, nil, 12, .due, 0), (nil, nil, 13, .late, -1),
        (11, nil, 11, .awaitingDelivery, 1), (11, nil, 40, .awaitingDelivery, 1),
        (12, nil, 40, .awaitingDelivery, 0), (13, nil, 40, .late, -1),
        (nil, 12, 40, .closedInTime, 0), (nil, 13, 40, .closedLate, -1),
        (11, 12, 40, .closedInTime, 0), (11, 13, 40, .closedLate, -1),
        (13, 14, 40, .closedLate, -2),
    ]

    @Test(
        "CLK-1: a clock runs until its stop; a release in time stands in for it", arguments: clocks)
    func clock(_ clock: (Int?, Int?, Int, ClockStatus, Int)) {
        let (paused, stopped, now, status, slack) = clock
        let start = TimeTests.morning
        func after(_ hours: Int) -> Timestamp { start.advanced(by: .hours(hours)) }
        let kept = Clock(
            startedAt: start, dueAt: after(12), pausedAt: paused.map(after),
            stoppedAt: stopped.map(after))
        #expect(kept.status(at: after(now)) == status)
        #expect(kept.slack(at: after(now)) == .hours(slack))
    }

    @Test("CLK-1: a limit ends with its last millisecond")
    func edge() {
        let start = TimeTests.morning
        let due = start.advanced(by: .hours(12))
        let clock = Clock(startedAt: start, dueAt: due, pausedAt: nil, stoppedAt: nil)
        #expect(clock.status(at: due) == .due)
        #expect(clock.status(at: due.advanced(by: Span(milliseconds: 1))) == .late)
    }
}
