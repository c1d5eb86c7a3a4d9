/// Lengths of time as people write them.
enum DurationText {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1_000), ("ms", 1),
    ]

    /// Reads `12h`, `30 min` or `1 d 6 h`: whole numbers with falling units, nil for all else.
    static func read(_ text: String) -> Duration? {
        var rest = text[...]
        var total: Int64 = 0
        var smallest = Int64.max
        repeat {
            guard let number = take(&rest, while: { $0.isASCII && $0.isNumber }),
                let count = Int64(number)
            else { return nil }
            _ = take(&rest, while: { $0 == " " })
            guard let name = take(&rest, while: { $0.isASCII && $0.isLetter }),
                let unit = units.first(where: { $0.name == name })?.milliseconds, unit < smallest
            else { return nil }
            smallest = unit
            _ = take(&rest, while: { $0 == " " })
            let part = count.multipliedReportingOverflow(by: unit)
            let sum = total.addingReportingOverflow(part.partialValue)
            guard !part.overflow, !sum.overflow else { return nil }
            total = sum.partialValue
        } while !rest.isEmpty
        return .milliseconds(total)
    }

    /// Writes a length in the form that `read` understands; less than a millisecond is dropped.
    static func write(_ duration: Duration) -> String {
        let parts = duration.components
        var left = parts.seconds * 1_000 + parts.attoseconds / 1_000_000_000_000_000
        if left <= 0 { return "0 s" }
        var words: [String] = []
        for unit in units where left >= unit.milliseconds {
            words.append("\(left / unit.milliseconds) \(unit.name)")
            left %= unit.milliseconds
        }
        return words.joined(separator: " ")
    }

    private static func take(
        _ rest: inout Substring, while isWanted: (Character) -> Bool
    ) -> Substring? {
        let taken = rest.prefix(while: isWanted)
        rest = rest.dropFirst(taken.count)
        return taken.isEmpty ? nil : taken
    }
}
