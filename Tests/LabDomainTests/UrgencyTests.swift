import LabDomain
import LabStatistics
import Testing

@Suite("How much a clock presses")
struct UrgencyTests {
    private static let start = Timestamp(milliseconds: 1_627_956_000_000)

    private static func clock(
        limit: Span, pausedAfter: Span? = nil, stoppedAfter: Span? = nil
    ) -> Clock {
        Clock(
            startedAt: start, dueAt: start.advanced(by: limit),
            pausedAt: pausedAfter.map(start.advanced(by:)),
            stoppedAt: stoppedAfter.map(start.advanced(by:)))
    }

    @Test(
        "CLK-5: of a limit a quarter is near, and two hours at most",
        arguments: [
            (Span.hours(12), Span.hours(2)), (.hours(8), .hours(2)), (.hours(6), .minutes(90)),
            (.hours(2), .minutes(30)), (.minutes(0), .minutes(0)), (.hours(240), .hours(2)),
        ])
    func near(limit: Span, near: Span) {
        #expect(Urgency.near(limit: limit) == near)
    }

    @Test("CLK-5: a clock is on time, late soon and late in this order, each to the millisecond")
    func order() {
        let clock = Self.clock(limit: .hours(12))
        func urgency(after span: Span) -> Urgency? {
            clock.urgency(at: Self.start.advanced(by: span))
        }
        #expect(urgency(after: .hours(0)) == .onTime)
        #expect(urgency(after: .hours(10)) == .onTime)
        #expect(urgency(after: Span(milliseconds: 36_000_001)) == .soon)
        #expect(urgency(after: .hours(12)) == .soon)
        #expect(urgency(after: Span(milliseconds: 43_200_001)) == .late)
    }

    @Test("CLK-5: a clock that rests does not press with time, and one that stopped not at all")
    func resting() {
        let later = Self.start.advanced(by: .hours(99))
        let inTime = Self.clock(limit: .hours(12), pausedAfter: .hours(11))
        #expect(inTime.urgency(at: later) == .awaitingDelivery)
        #expect(
            Self.clock(limit: .hours(12), pausedAfter: .hours(13)).urgency(at: later) == .late)
        #expect(
            Self.clock(limit: .hours(12), stoppedAfter: .hours(13)).urgency(at: later) == nil)
    }

    @Test("CLK-5: a clock never presses less as time goes on", arguments: 0..<50)
    func neverLess(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let limit = Span.minutes(Int.random(in: 1...3_000, using: &generator))
        let clock = Self.clock(limit: limit)
        let moments = (0..<40).map { _ in Int.random(in: 0...4_000, using: &generator) }.sorted()
        let urgencies = moments.compactMap {
            clock.urgency(at: Self.start.advanced(by: .minutes($0)))
        }
        #expect(urgencies == urgencies.sorted(by: >))
    }
}
