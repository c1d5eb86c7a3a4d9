internal import LabDomain

/// Numbers with their units written out, as scenario files have them.
enum Quantity {
    /// What a number counts, with the words that may stand behind it.
    struct Unit {
        let words: [String: Double]
        /// How it is asked for.
        let example: Wording

        static let time = Unit(
            words: [
                "s": 1 / 60.0, "second": 1 / 60.0, "seconds": 1 / 60.0, "min": 1, "minute": 1,
                "minutes": 1, "h": 60, "hour": 60, "hours": 60, "d": 1_440, "day": 1_440,
                "days": 1_440,
            ], example: "a time with its unit, such as '20 minutes', '12 hours' or '2 days'")
        static let share = Unit(
            words: ["%": 0.01], example: "a share with its unit, such as '50 %' or '0.003 %'")
        static let people = counted("person", "people", "a number of people, such as '2500 people'")
        static let copies = counted("copy", "copies", "copies, such as '108 copies'")

        static func counted(_ one: String, _ many: String, _ example: Wording) -> Unit {
            Unit(words: [one: 1, many: 1], example: example)
        }

        static func counted(_ many: String) -> Unit {
            counted(
                String(many.dropLast()), many,
                "a whole number with its unit, such as '12 \(many)'")
        }

        static func money(_ currency: String) -> Unit {
            Unit(words: [currency: 1], example: "a price, such as '12 \(currency)'")
        }
    }

    /// A number and its unit, such as `1.6 million people`; nil when either is missing.
    static func read(_ text: String, _ unit: Unit) -> Double? {
        var rest = text[...]
        let digits = rest.prefix { "0123456789.,_-+eE".contains($0) }
        rest = rest.dropFirst(digits.count)
        guard let number = Double(digits.filter { $0 != "_" && $0 != "," }), number.isFinite,
            isGrouped(digits)
        else { return nil }
        var words = rest.split(separator: " ").map(String.init)
        var scale = 1.0
        if words.count == 2, let large = ["thousand": 1e3, "million": 1e6][words[0]] {
            scale = large
            words.removeFirst()
        }
        guard words.count == 1, let factor = unit.words[words[0]] else { return nil }
        if factor == 0.01, scale == 1 {
            // Hundredths move the point of the text, so that no share is rounded twice.
            let plain = digits.filter { $0 != "_" && $0 != "," }
            return Double("\(plain)e-2") ?? number / 100
        }
        return number * scale * factor
    }

    /// Two numbers and their unit, such as `12 to 28 seconds`, or one for both.
    static func readSpan(_ text: String, _ unit: Unit) -> (least: Double, most: Double)? {
        let ends = text.components(separatedBy: " to ")
        guard ends.count == 2 else { return read(text, unit).map { ($0, $0) } }
        guard let most = read(ends[1], unit) else { return nil }
        if let least = read(ends[0], unit) { return (least, most) }
        // The unit stands once, behind the second.
        guard let word = ends[1].split(separator: " ").last,
            let least = read("\(ends[0]) \(word)", unit)
        else { return nil }
        return (least, most)
    }

    /// A time of day such as 06:30, in minutes after midnight.
    static func readClock(_ text: String) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), 0...24 ~= hour, 0..<60 ~= minute,
            hour < 24 || minute == 0
        else { return nil }
        return Double(60 * hour + minute).truncatingRemainder(dividingBy: 1_440)
    }

    /// Commas stand before groups of three, if at all.
    private static func isGrouped(_ digits: Substring) -> Bool {
        let groups = digits.prefix { $0 != "." }
            .split(separator: ",", omittingEmptySubsequences: false)
        return groups.dropFirst().allSatisfy { $0.count == 3 }
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
