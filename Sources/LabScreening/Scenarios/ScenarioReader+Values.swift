internal import LabDomain
internal import LabSettings
internal import LabSimulation

/// Values with units; each answers a stand-in after noting a fault.
extension SettingsReader {
    mutating func quantity(_ key: String? = nil, _ unit: Quantity.Unit) -> Double {
        value(key, expecting: unit.example) { Quantity.read($0, unit) } ?? 0
    }

    /// Minutes.
    mutating func time(_ key: String? = nil) -> Double { quantity(key, .time) }

    mutating func share(_ key: String? = nil) -> Double { quantity(key, .share) }

    mutating func count(_ key: String? = nil, _ unit: Quantity.Unit) -> Int {
        value(key, expecting: unit.example) { text in
            Quantity.read(text, unit).flatMap { Int(exactly: $0) }
        } ?? 1
    }

    /// Minutes after midnight.
    mutating func clock(_ key: String? = nil) -> Double {
        value(key, expecting: "a time of day such as \"06:30\"", Quantity.readClock) ?? 0
    }

    mutating func span(
        _ key: String? = nil, _ unit: Quantity.Unit = .time
    ) -> (least: Double, most: Double) {
        let words: Wording = "\(unit.example), or two with 'to' between them"
        return value(key, expecting: words) { Quantity.readSpan($0, unit) } ?? (0, 0)
    }

    /// `2 days`, alike, or the share of each.
    mutating func days(_ key: String) -> [Double] {
        guard let node = find(node, key), case .sequence = node.content else {
            let days = count(key, .counted("days"))
            guard 1...60 ~= days else {
                refuse("a screening has 1 to 60 days; give such a number", at: key)
                return [1]
            }
            return [Double](repeating: 1 / Double(days), count: days)
        }
        return list(key) { $0.share() }
    }

    private func find(_ node: SettingsNode, _ key: String) -> SettingsNode? {
        guard case .mapping(let entries) = node.content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// `12 machines`, or shifts by the clock, or reinforcements that come after some time.
    mutating func levels(
        _ key: String, _ unit: Quantity.Unit, clock: Double, horizon: Double
    ) -> Levels {
        guard let found = find(node, key), case .sequence = found.content else {
            return .always(count(key, unit))
        }
        var shifts: [(from: Double, to: Double, count: Int)] = []
        var stairs: [Levels.Stair] = []
        _ = list(key) { item -> Bool? in
            let count = item.count("count", unit)
            if item.has("after") {
                stairs.append(Levels.Stair(from: item.time("after"), count: count))
            } else {
                shifts.append((item.clock("from"), item.clock("to"), count))
            }
            return true
        }
        if shifts.contains(where: { $0.count < 0 }) || stairs.contains(where: { $0.count < 0 }) {
            refuse("nobody on duty is 0, not less; mend the count", at: key)
        }
        if !shifts.isEmpty, !stairs.isEmpty {
            refuse("shifts by the clock and 'after' do not mix; use one of them", at: key)
        }
        return stairs.isEmpty
            ? .daily(shifts, clock: clock, horizon: horizon) : Levels(stairs)
    }
}
