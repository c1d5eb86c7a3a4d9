internal import Foundation
internal import LabDomain
internal import LabSimulation

/// Values of scenarios as short texts in fields.
enum FormText {
    /// At most nine digits that count, without zeros behind the point.
    static func number(_ value: Double) -> String {
        if let whole = Int(exactly: value.rounded()), abs(value - value.rounded()) < 1e-9 {
            return "\(whole)"
        }
        return String(format: "%.9g", value)
    }

    static func readNumber(_ text: String) -> Double? {
        let plain = text.filter { !", %".contains($0) }
        guard let number = Double(plain), number.isFinite, number >= 0 else { return nil }
        return number
    }

    static func count(_ text: String) -> Int? {
        let plain = text.filter { !", ".contains($0) }
        guard let count = Int(plain), 0...1_000_000_000 ~= count else { return nil }
        return count
    }

    static func clock(_ minutes: Double) -> String {
        let whole = Int(minutes)
        return String(format: "%02d:%02d", whole / 60, whole % 60)
    }

    static func readClock(_ text: String) -> Double? {
        let parts = text.split(whereSeparator: { ":：".contains($0) }).map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], 0...23 ~= hour,
            0...59 ~= minute
        else { return nil }
        return Double(60 * hour + minute)
    }

    static func tube(_ use: Scenario.TubeUse) -> String {
        switch use {
        case .single: "single"
        case .mixed(let ratio): "mixed \(ratio.rawValue)"
        case .pooled(let size): "pool \(size)"
        }
    }

    static func readTube(_ text: String) -> Scenario.TubeUse? {
        let words = text.split(separator: " ")
        if words == ["single"] { return .single }
        guard words.count == 2, let size = Int(words[1]) else { return nil }
        switch words[0] {
        case "mixed": return MixRatio(rawValue: size).map { .mixed($0) }
        case "pool": return 2...30 ~= size ? .pooled(size) : nil
        default: return nil
        }
    }

    /// The lines of sites that differ, on average.
    static func mean(_ sites: [Scenario.Site]) -> String {
        let lines = sites.reduce(0) { $0 + $1.lines }
        return "⌀ " + number((Double(lines) / Double(max(1, sites.count)) * 10).rounded() / 10)
    }

    /// Samplers follow the lines: as many for each line as before, in every shift.
    static func staff(_ district: inout Scenario.District, before: [Scenario.Site]) {
        guard let samplers = district.samplers else { return }
        let old = before.reduce(0) { $0 + $1.lines }
        let new = district.sites.reduce(0) { $0 + $1.lines }
        district.samplers = samplers.adding((new - old) * district.samplersPerLine)
    }

    /// `4`, or shifts of every day such as `08:00-16:00 4, 16:00-24:00 2`; anything else is told
    /// by its most, and stays as it is while nobody changes it.
    static func levels(_ levels: Levels, _ scenario: Scenario) -> String {
        if levels.stairs.count == 1, levels.stairs[0].from == 0 {
            return "\(levels.stairs[0].count)"
        }
        let times = Set(levels.stairs.map { wrapped($0.from) }).sorted()
        guard times.count <= 8, !times.isEmpty else { return "≤ \(levels.most)" }
        var shifts = times.enumerated().map { place, time in
            let next = place + 1 < times.count ? times[place + 1] : times[0] + 1_440
            return (
                from: wrapped(time + scenario.clockAtStart),
                to: wrapped(next + scenario.clockAtStart), count: levels.level(at: time)
            )
        }
        // The scenario's start alone ends no shift.
        if let last = shifts.last, shifts.count > 2, last.count == shifts[0].count {
            shifts[0].from = last.from
            shifts.removeLast()
        }
        shifts.removeAll { $0.count == 0 || $0.from == $0.to }
        let again = Levels.daily(
            shifts, clock: scenario.clockAtStart, horizon: scenario.horizon)
        guard again == levels, !shifts.isEmpty else { return "≤ \(levels.most)" }
        return shifts.map { "\(clock($0.from))-\(clock($0.to)) \($0.count)" }
            .joined(separator: ", ")
    }

    static func readLevels(_ text: String, _ scenario: Scenario) -> Levels? {
        if let count = count(text) { return count <= 1_000_000 ? .always(count) : nil }
        var shifts: [(from: Double, to: Double, count: Int)] = []
        for part in text.split(whereSeparator: { ",;,、".contains($0) }) {
            let words = part.split(separator: " ")
            guard words.count == 2, let count = count(String(words[1])) else { return nil }
            let ends = words[0].split(whereSeparator: { "-–".contains($0) }).map(String.init)
            guard ends.count == 2, let from = readClock(ends[0]),
                let to = ends[1] == "24:00" ? 0 : readClock(ends[1])
            else { return nil }
            shifts.append((from, to, count))
        }
        guard !shifts.isEmpty else { return nil }
        return .daily(shifts, clock: scenario.clockAtStart, horizon: scenario.horizon)
    }

    private static func wrapped(_ time: Double) -> Double {
        time.truncatingRemainder(dividingBy: 1_440)
    }
}
