internal import LabDomain
internal import LabSimulation

/// YAML that is being written.
struct YAMLLines {
    private(set) var text = ""
    private var indent = ""
    // What stands before the next key of a list's item.
    private var lead: String?

    /// A key and a text, in quotes.
    mutating func add(_ key: String, _ text: String) { raw(key, Self.quoted(text)) }

    /// A key and a value that needs no quotes.
    mutating func raw(_ key: String, _ value: String) { line("\(key): \(value)") }

    /// A key whose value follows in lines of its own.
    mutating func open(_ key: String) { line("\(key):") }

    /// An item of a list that stands in one line.
    mutating func item(_ value: String) { line("  - \(value)") }

    mutating func blank() { text += "\n" }

    mutating func nest(_ key: String, _ body: (inout YAMLLines) -> Void) {
        open(key)
        let outer = indent
        indent += "  "
        body(&self)
        indent = outer
    }

    mutating func list<Item>(
        _ key: String, _ items: [Item], _ body: (inout YAMLLines, Item) -> Void
    ) {
        open(key)
        let outer = indent
        for item in items {
            indent = outer + "    "
            lead = outer + "  - "
            body(&self, item)
        }
        indent = outer
        lead = nil
    }

    /// A number, daily shifts, or reinforcements.
    mutating func levels(_ key: String, _ levels: Levels, _ unit: String, _ scenario: Scenario) {
        if levels.stairs.count == 1, levels.stairs[0].from == 0 {
            raw(key, "\(levels.stairs[0].count) \(unit)")
            return
        }
        open(key)
        if let shifts = Self.shifts(levels, scenario) {
            for shift in shifts {
                item(
                    "{ from: \(Self.clock(shift.from)), to: \(Self.clock(shift.to)), "
                        + "count: \(shift.count) \(unit) }")
            }
            return
        }
        for stair in levels.stairs {
            item("{ after: \(Self.time(stair.from)), count: \(stair.count) \(unit) }")
        }
    }

    /// Daily shifts that come to the same stairs, if there are any.
    private static func shifts(
        _ levels: Levels, _ scenario: Scenario
    ) -> [(from: Double, to: Double, count: Int)]? {
        let times = Set(levels.stairs.map { $0.from.truncatingRemainder(dividingBy: 1_440) })
        let changes = times.sorted()
        guard changes.count <= 48, scenario.horizon >= 1_440 else { return nil }
        let shifts = changes.enumerated().map { place, time in
            let next = place + 1 < changes.count ? changes[place + 1] : changes[0] + 1_440
            return (
                from: wrapped(time + scenario.clockAtStart),
                to: wrapped(next + scenario.clockAtStart), count: levels.level(at: time)
            )
        }.filter { $0.count > 0 && $0.from != $0.to }
        let again = Levels.daily(
            shifts, clock: scenario.clockAtStart, horizon: scenario.horizon)
        return again == levels && !shifts.isEmpty ? shifts : nil
    }

    private static func wrapped(_ time: Double) -> Double {
        time.truncatingRemainder(dividingBy: 1_440)
    }

    private mutating func line(_ content: String) {
        text += (lead ?? indent) + content + "\n"
        lead = nil
    }

    static func quoted(_ text: String) -> String {
        let escaped = text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
        return "\"\(escaped)\""
    }

    static func number(_ value: Double) -> String {
        Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    /// In the largest unit in which it is whole.
    static func time(_ minutes: Double) -> String {
        for (unit, name) in [(1_440.0, "days"), (60, "hours"), (1, "minutes")] {
            if let whole = Int(exactly: minutes / unit), whole > 0 {
                return "\(whole) \(whole == 1 ? String(name.dropLast()) : name)"
            }
        }
        return "\(number(minutes)) minutes"
    }

    static func span(_ least: Double, _ most: Double, _ unit: String) -> String {
        least == most
            ? "\(number(least)) \(unit)" : "\(number(least)) to \(number(most)) \(unit)"
    }

    /// In per cent, by the shortest number that is read back to the last bit.
    static func share(_ value: Double) -> String {
        let percent = value * 100
        let rounded = (percent * 1e9).rounded() / 1e9
        for written in [number(rounded), number(percent), shifted("\(value)")]
        where Quantity.read("\(written) %", .share) == value {
            return "\(written) %"
        }
        return "\(number(percent)) %"
    }

    /// The text of a number with its point two places to the right.
    private static func shifted(_ text: String) -> String {
        let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[1].allSatisfy(\.isNumber) else { return text }
        let digits = parts[1].count < 2 ? parts[1] + "0" : parts[1]
        return parts[0] + digits.prefix(2) + "." + digits.dropFirst(2) + "0"
    }

    static func clock(_ minutes: Double) -> String {
        let whole = Int(minutes)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\"\(two(whole / 60)):\(two(whole % 60))\""
    }

    static func days(_ shares: [Double]) -> String {
        let alike = [Double](repeating: 1 / Double(max(1, shares.count)), count: shares.count)
        if shares == alike { return "\(shares.count) days" }
        return "[\(shares.map(share).joined(separator: ", "))]"
    }

    static func classes(_ shares: [RiskClass: Double]) -> String {
        let parts = RiskClass.allCases.compactMap { risk in
            shares[risk].map { "\(risk.rawValue): \(share($0))" }
        }
        return "{ \(parts.joined(separator: ", ")) }"
    }

    static func position(_ position: Scenario.Position) -> String {
        "[\(number(position.longitude)), \(number(position.latitude))]"
    }
}
