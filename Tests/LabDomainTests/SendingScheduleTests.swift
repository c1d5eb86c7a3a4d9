import LabDomain
import LabStatistics
import Testing

@Suite("When messages leave")
struct SendingScheduleTests {
    /// 3 August 2021, 10:00 in China.
    private let morning = Timestamp(milliseconds: 1_627_956_000_000)

    private func due(
        _ times: SendingSchedule.Times, _ made: Timestamp? = nil, isUrgent: Bool = false,
        urgentAtOnce: Bool = true, in zone: Zone = .china
    ) -> String {
        zone.text(
            SendingSchedule(times, urgentAtOnce: urgentAtOnce)
                .due(made ?? morning, isUrgent: isUrgent, in: zone))
    }

    @Test("SEND-2: at once, in equal parts of the day, or at its hours, by the laboratory's clock")
    func times() {
        let later = morning.advanced(by: .minutes(7))
        #expect(due(.atOnce, later) == "2021-08-03T10:07:00+08:00")
        #expect(due(.every(.minutes(30)), later) == "2021-08-03T10:30:00+08:00")
        #expect(due(.every(.minutes(30))) == "2021-08-03T10:00:00+08:00")
        #expect(due(.at([480, 1_200]), later) == "2021-08-03T20:00:00+08:00")
        #expect(due(.at([480, 600]), later) == "2021-08-04T08:00:00+08:00")
        #expect(due(.at([600])) == "2021-08-03T10:00:00+08:00")
        // Parts that do not fill the day begin anew at midnight.
        let night = morning.advanced(by: .hours(13))
        #expect(due(.every(.hours(7)), night) == "2021-08-04T00:00:00+08:00")
    }

    @Test("SEND-2: what is urgent waits only where the receiver says so")
    func urgent() {
        #expect(due(.at([480]), isUrgent: true) == "2021-08-03T10:00:00+08:00")
        #expect(
            due(.at([480]), isUrgent: true, urgentAtOnce: false) == "2021-08-04T08:00:00+08:00")
    }

    @Test("SEND-2: whatever the moment and zone, a time comes within a day and is one of its own")
    func anyMoment() throws {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let made = Timestamp(
                milliseconds: Int64.random(
                    in: -2_000_000_000_000...4_000_000_000_000, using: &random))
            let zone = try #require(
                Zone(text: ["Z", "+08:00", "-05:30", "+14:00"].randomElement(using: &random) ?? ""))
            let minutes = (0..<3).map { _ in Int.random(in: 0..<1_440, using: &random) }.sorted()
            let at = SendingSchedule(.at(minutes)).due(made, isUrgent: false, in: zone)
            let wait = made.span(to: at)
            #expect(wait >= .seconds(0) && wait <= SendingSchedule.longestWait, "seed \(seed)")
            let clock = zone.minuteText(at).suffix(5).split(separator: ":").compactMap { Int($0) }
            #expect(minutes.contains(clock[0] * 60 + clock[1]), "seed \(seed)")
            let step = Span.minutes(Int.random(in: 1...1_440, using: &random))
            let every = SendingSchedule(.every(step)).due(made, isUrgent: false, in: zone)
            #expect(made.span(to: every) >= .seconds(0), "seed \(seed)")
            #expect(made.span(to: every) < step || made == every, "seed \(seed)")
        }
    }
}
