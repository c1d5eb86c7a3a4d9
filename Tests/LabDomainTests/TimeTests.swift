import LabDomain
import LabStatistics
import Testing

@Suite("Times and lengths of time")
struct TimeTests {
    /// 2021-07-30T08:15:30+08:00.
    static let morning = Timestamp(milliseconds: 1_627_604_130_000)

    @Test(
        "TIME-1: a time is read in the forms that desks write, here if it names no offset",
        arguments: [
            "2021-07-30 08:15:30", "2021/7/30 8:15:30", "2021/07/30 08:15:30",
            "2021-07-30T08:15:30", "2021-07-30t08:15:30.5", "2021-07-30T00:15:30Z",
            "2021-07-30T08:15:30+08:00", "2021-07-30T08:15:30+0800", "2021-07-29T19:15:30-05:00",
            "2021-07-30T08:15:30.123456789+08:00", "2021-07-30 05:45:30+05:30",
        ])
    func reads(_ text: String) {
        #expect(Zone.china.instant(from: text) == Self.morning)
    }

    @Test("TIME-1: seconds may be left out")
    func minutes() {
        let onTheMinute = Self.morning.advanced(by: .seconds(-30))
        #expect(Zone.china.instant(from: "2021-07-30 08:15") == onTheMinute)
        #expect(Zone.china.instant(from: "2021-7-30 8:15") == onTheMinute)
    }

    @Test(
        "TIME-2: what is no time is not read as one",
        arguments: [
            "", " ", "2021-07-30", "2021-07-30 ", "08:15", "2021-07-30 24:00", "2021-07-30 08:60",
            "2021-07-30 08:15:60", "2021-02-29 08:15", "2021-13-01 08:15", "2021-04-31 08:15",
            "2021-00-01 08:15", "0000-01-01 08:15", "2021-07/30 08:15", "21-07-30 08:15",
            "2021-07-30 08:5", "2021-07-30 08:15:", "2021-07-30 08:15:30.", "20210730 0815",
            "2021-07-30 08:15 +08:00", "2021-07-30 08:15+15:00", "2021-07-30 08:15+08:60",
            "2021-07-30 08:15+8", "2021-07-30 08:15:30.1234567890", "2021-07-30 08:15 h",
            "２０２１-07-30 08:15", "2021年7月30日 8:15", "-2021-07-30 08:15", "2021-07-30 08:15\u{0}",
            "99999999999999999999-07-30 08:15", "2021-07-99999999999999999999 08:15", "44407.34",
        ])
    func refuses(_ text: String) {
        #expect(Zone.china.instant(from: text) == nil)
    }

    @Test("TIME-2: a zone lies at most 14 hours and 59 minutes from Greenwich")
    func zones() {
        #expect(Zone(text: "+08:00") == .china)
        #expect(Zone(text: "-0530")?.minutesEast == -330)
        #expect(Zone(text: "Z")?.text == "+00:00")
        #expect(Zone(text: "-00:00")?.text == "+00:00")
        for text in ["", "+", "+8", "08:00", "+08:0", "+08:000", "+15:00", "+99:99", "UTC"] {
            #expect(Zone(text: text) == nil, "\(text)")
        }
    }

    @Test("TIME-3: a time that was written is read back", arguments: [5, 55])
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let east = random.whole(in: -14 * 60...14 * 60)
            let sign = east < 0 ? "-" : "+"
            let clock = digits(abs(east) / 60) + ":" + digits(abs(east) % 60)
            let zone = try #require(Zone(text: sign + clock))
            // The years 1700 to 2300, whole minutes.
            let minute = Int64(random.whole(in: -142_000_000...173_000_000))
            let instant = Timestamp(milliseconds: minute * 60_000)
            let written = zone.minuteText(instant)
            #expect(zone.instant(from: written) == instant, "\(written) \(zone.text)")
            #expect(Zone.china.instant(from: written + zone.text) == instant)
            #expect(zone.day(of: instant).description == written.prefix(10))
            #expect(Zone(text: zone.text) == zone)
        }
    }

    @Test("TIME-3: messages carry time to the millisecond with the offset, as HL7 writes it")
    func messages() {
        #expect(Zone.china.hl7Text(Self.morning) == "20210730081530.000+0800")
        let before = Timestamp(milliseconds: -1)
        #expect(Zone(text: "-05:30")?.hl7Text(before) == "19691231182959.999-0530")
        #expect(Zone.china.hl7Text(Timestamp(milliseconds: 7)) == "19700101080000.007+0800")
        #expect(Zone.china.hl7Text(Timestamp(milliseconds: 70)) == "19700101080000.070+0800")
    }

    @Test("TIME-4: the day of an instant is the day where the laboratory stands")
    func days() throws {
        let evening = try #require(Zone.china.instant(from: "2021-07-29T23:00:00Z"))
        #expect(Zone.china.day(of: evening).description == "2021-07-30")
        #expect(Zone(text: "Z")?.day(of: evening).description == "2021-07-29")
        #expect(Zone(text: "Z")?.day(of: Timestamp(milliseconds: -1)).description == "1969-12-31")
    }

    @Test("TIME-4: no number of a day or month, however large, is taken for a day")
    func absurdDays() {
        for number in [Int.min, -1, 0, 32, Int.max] {
            #expect(CalendarDay(year: 2021, month: 7, day: number) == nil)
            #expect(CalendarDay(year: 2021, month: number, day: 1) == nil)
        }
        #expect(CalendarDay(year: Int.max, month: 1, day: 1) == nil)
    }

    @Test(
        "TIME-5: a length is told in hours and minutes",
        arguments: [
            (Span.hours(12), "12 h 00 min"), (.minutes(425), "7 h 05 min"),
            (.seconds(59), "0 h 00 min"), (.minutes(-12), "-0 h 12 min"),
            (.hours(-30), "-30 h 00 min"),
            (Span(milliseconds: .min), "-2562047788015 h 12 min"),
        ])
    func lengths(_ span: Span, _ text: String) {
        #expect(span.text == text)
    }

    private func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
