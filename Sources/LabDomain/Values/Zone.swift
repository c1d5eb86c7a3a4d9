/// The laboratory's offset from UTC, in which instants are read and shown.
///
/// Instants are kept in UTC; only this type turns them into wall-clock text and back.
package struct Zone: Hashable, Sendable, Codable {
    /// Minutes east of Greenwich: 480 in China.
    package let minutesEast: Int

    /// China Standard Time, UTC+8 all year.
    package static let china = Zone(uncheckedMinutesEast: 480)

    private init(uncheckedMinutesEast minutes: Int) {
        minutesEast = minutes
    }

    /// Reads `+08:00`, `-05:30` or `Z`; nil for anything else.
    package init?(text: String) {
        if text == "Z" || text == "z" {
            minutesEast = 0
            return
        }
        var scanner = DigitScanner(text)
        guard let sign = scanner.character(among: "+-"), let hours = scanner.number(digits: 2)
        else {
            return nil
        }
        _ = scanner.character(among: ":")
        guard let minutes = scanner.number(digits: 2), scanner.isAtEnd, hours <= 14, minutes < 60
        else { return nil }
        minutesEast = (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
    }

    /// The offset as ISO 8601 writes it: `+08:00`.
    package var text: String {
        let minutes = abs(minutesEast)
        return "\(minutesEast < 0 ? "-" : "+")\(padded(minutes / 60)):\(padded(minutes % 60))"
    }

    /// The calendar day on which an instant falls here.
    package func day(of instant: Timestamp) -> CalendarDay {
        CalendarDay(daysSinceEpoch: local(instant).days)
    }

    /// The instant at which a calendar day begins here.
    package func start(of day: CalendarDay) -> Timestamp {
        let minutes = Int64(day.daysSinceEpoch) * 1_440 - Int64(minutesEast)
        return Timestamp(milliseconds: minutes * 60_000)
    }

    /// An instant as `2021-07-30 08:15`, without the zone.
    package func minuteText(_ instant: Timestamp) -> String {
        let (days, milliseconds) = local(instant)
        let minutes = milliseconds / 60_000
        return
            "\(CalendarDay(daysSinceEpoch: days)) \(padded(minutes / 60)):\(padded(minutes % 60))"
    }

    /// An instant as ISO 8601 writes it: `2021-07-30T08:15:00+08:00`.
    package func text(_ instant: Timestamp) -> String {
        let seconds = local(instant).milliseconds / 1_000 % 60
        let minute = minuteText(instant)
        return "\(minute.prefix(10))T\(minute.suffix(5)):\(padded(seconds))\(text)"
    }

    /// An instant as HL7 writes it, `20210730081500.000+0800`.
    package func hl7Text(_ instant: Timestamp) -> String {
        let (days, milliseconds) = local(instant)
        let seconds = milliseconds / 1_000
        let date = CalendarDay(daysSinceEpoch: days).description.filter { $0 != "-" }
        let clock = padded(seconds / 3_600) + padded(seconds / 60 % 60) + padded(seconds % 60)
        let rest = milliseconds % 1_000
        let fraction = (rest < 100 ? "0" : "") + padded(rest)
        return "\(date)\(clock).\(fraction)\(text.filter { $0 != ":" })"
    }

    /// Reads `2021-07-30 08:15[:30]`, `2021/7/30 8:15` or ISO 8601 with or without an offset; a
    /// time without an offset is taken to be in this zone.
    ///
    /// Nil when it is none of these.
    package func instant(from text: String) -> Timestamp? {
        var scanner = DigitScanner(text)
        guard let year = scanner.number(digits: 4), let mark = scanner.character(among: "-/"),
            let month = scanner.number(upTo: 2), scanner.character(among: String(mark)) != nil,
            let day = scanner.number(upTo: 2),
            let date = CalendarDay(year: year, month: month, day: day),
            scanner.character(among: " Tt") != nil,
            let hour = scanner.number(upTo: 2), scanner.character(among: ":") != nil,
            let minute = scanner.number(digits: 2), hour < 24, minute < 60
        else { return nil }
        var second = 0
        if scanner.character(among: ":") != nil {
            guard let seconds = scanner.number(digits: 2), seconds < 60 else { return nil }
            second = seconds
            if scanner.character(among: ".") != nil, scanner.number(upTo: 9) == nil { return nil }
        }
        var zone = self
        if !scanner.isAtEnd {
            guard let written = Zone(text: scanner.rest) else { return nil }
            zone = written
        }
        let minutes =
            Int64(date.daysSinceEpoch) * 1_440 + Int64(hour * 60 + minute - zone.minutesEast)
        return Timestamp(milliseconds: (minutes * 60 + Int64(second)) * 1_000)
    }

    private func local(_ instant: Timestamp) -> (days: Int, milliseconds: Int) {
        let shifted = instant.milliseconds + Int64(minutesEast) * 60_000
        let days = shifted.dividedFloor(by: 86_400_000)
        return (Int(days), Int(shifted - days * 86_400_000))
    }
}

private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

extension Int64 {
    /// Division that rounds towards minus infinity, so that days before 1970 come out right.
    fileprivate func dividedFloor(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
}
