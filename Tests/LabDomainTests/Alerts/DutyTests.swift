import LabDomain
import LabStatistics
import Testing

@Suite("Duty and clocks of machines")
struct DutyTests {
    /// Monday, 2 August 2021, in China.
    private static let monday = Zone.china.start(
        of: CalendarDay(text: "2021-08-02") ?? .init(daysSinceEpoch: 0))

    private static func at(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Timestamp {
        monday.advanced(by: .minutes((day * 24 + hour) * 60 + minute))
    }

    @Test("ALERT-5: a duty holds from its first minute up to its last, in the laboratory's zone")
    func day() throws {
        let hours = try #require(Duty.Hours(from: 8 * 60, to: 20 * 60))
        let duty = Duty(step: 1, role: .technician, hours: hours)
        for (hour, minute, isOn) in [
            (7, 59, false), (8, 0, true), (19, 59, true), (20, 0, false), (0, 0, false),
        ] {
            #expect(duty.isOn(at: Self.at(0, hour, minute), in: .china) == isOn)
        }
        let berlin = try #require(Zone(text: "+02:00"))
        #expect(!duty.isOn(at: Self.at(0, 8), in: berlin))
        #expect(Duty.Hours(from: 480, to: 480) == nil && Duty.Hours(from: 0, to: 1_440) == nil)
    }

    @Test("ALERT-5: a duty over midnight belongs to the day on which it began")
    func night() throws {
        let hours = try #require(Duty.Hours(from: 22 * 60, to: 6 * 60))
        let duty = Duty(step: 1, role: .supervisor, hours: hours, days: [.mon])
        for (day, hour, isOn) in [
            (0, 5, false), (0, 21, false), (0, 22, true), (1, 0, true), (1, 5, true),
            (1, 6, false), (1, 22, false), (7, 23, true),
        ] {
            #expect(duty.isOn(at: Self.at(day, hour), in: .china) == isOn, "\(day) \(hour)")
        }
    }

    @Test("ALERT-5: two shifts that meet leave no minute without, and none with both")
    func shifts() throws {
        for seed in UInt64(1)...30 {
            var random = SeededGenerator(seed: seed)
            let from = Int.random(in: 0..<1_440, using: &random)
            let to = (from + Int.random(in: 1..<1_440, using: &random)) % 1_440
            let first = Duty(step: 1, role: .technician, hours: .init(from: from, to: to))
            let second = Duty(step: 1, role: .technician, hours: .init(from: to, to: from))
            for minute in stride(from: 0, to: 2_880, by: 7) {
                let instant = Self.at(0, 0, minute)
                let on = [first, second].count { $0.isOn(at: instant, in: .china) }
                #expect(on == 1, "seed \(seed), minute \(minute)")
            }
        }
    }

    private static func clock(
        wall: Timestamp, uptime: Int, boot: String = "a"
    ) -> MachineClock {
        MachineClock(wall: wall, uptime: .minutes(uptime), boot: boot)
    }

    @Test("ALERT-7: a wall clock that goes with the machine's is trusted, however long one slept")
    func steady() {
        let trusted = Self.clock(wall: Self.at(0, 8), uptime: 100)
        for minutes in [0, 1, 60, 100_000] {
            let now = Self.clock(wall: Self.at(0, 8, minutes), uptime: 100 + minutes)
            #expect(now.jump(since: trusted) == nil && now.judged(since: trusted) == now.wall)
        }
        // Another start: the machine was off for a day, or for no time at all.
        let restarted = Self.clock(wall: Self.at(1, 8), uptime: 1, boot: "b")
        #expect(restarted.jump(since: trusted) == nil)
    }

    @Test("ALERT-7: a jump makes nothing late: the earlier of both times judges")
    func jumps() {
        let trusted = Self.clock(wall: Self.at(0, 8), uptime: 100)
        let ahead = Self.clock(wall: Self.at(0, 20, 5), uptime: 105)
        #expect(ahead.jump(since: trusted) == .hours(12))
        #expect(ahead.judged(since: trusted) == Self.at(0, 8, 5))
        let back = Self.clock(wall: Self.at(0, 2), uptime: 105)
        #expect(back.jump(since: trusted) == .minutes(-365))
        #expect(back.judged(since: trusted) == Self.at(0, 2))
        let reset = Self.clock(wall: Timestamp(milliseconds: 0), uptime: 1, boot: "b")
        #expect(reset.jump(since: trusted).map { $0.milliseconds < 0 } == true)
    }
}
