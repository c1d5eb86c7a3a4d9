internal import Foundation

/// Numbers as reports show them.
package enum StudyNumbers {
    /// Four digits that count, without a tail of noughts; whole numbers from 1,000 in groups.
    package static func text(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        if abs(value) >= 1_000 { return grouped(Int(value.rounded())) }
        let places = value == 0 ? 0 : max(0, 3 - Int(log10(abs(value)).rounded(.down)))
        let text = String(format: "%.\(min(places, 8))f", value)
        guard text.contains(".") else { return text }
        var trimmed = text[...]
        while trimmed.last == "0" { trimmed.removeLast() }
        if trimmed.last == "." { trimmed.removeLast() }
        return trimmed == "-0" ? "0" : String(trimmed)
    }

    /// A mean with half of its interval: two digits of that, and none that nobody can use.
    ///
    /// From 1 on two decimals are the most (of an hour: half a minute), from 1,000 none.
    package static func text(_ mean: Double, within half: Double) -> String {
        guard half > 0, half.isFinite else { return text(mean) + " ± 0" }
        let known = max(0, 1 - Int(log10(half).rounded(.down)))
        let places = min(known, abs(mean) >= 1_000 ? 0 : abs(mean) >= 1 ? 2 : 4)
        guard places > 0 else {
            return grouped(Int(mean.rounded())) + " ± " + grouped(Int(half.rounded(.up)))
        }
        // Never less than it is, nor nothing.
        let unit = pow(10, -Double(places))
        let shown = (half / unit).rounded(places < known ? .up : .toNearestOrEven) * unit
        return String(format: "%.\(places)f ± %.\(places)f", mean, shown)
            .replacing(/^-(?=0(\.0*)? ±)/, with: "")
    }

    /// 1,234,567.
    package static func grouped(_ number: Int) -> String {
        var groups: [String] = []
        var rest = String(abs(number))[...]
        while rest.count > 3 {
            groups.insert(String(rest.suffix(3)), at: 0)
            rest = rest.dropLast(3)
        }
        return (number < 0 ? "-" : "") + ([String(rest)] + groups).joined(separator: ",")
    }

    /// `day 2, 14:30` of a time from the start.
    package static func clock(_ minutes: Double, startingAt clock: Double) -> String {
        guard minutes >= 0 else { return "-" }
        let whole = Int((minutes + clock).rounded())
        return String(
            format: "day %d, %02d:%02d", whole / 1_440 + 1, whole % 1_440 / 60, whole % 60)
    }

    /// A share in per cent.
    package static func percent(_ share: Double) -> String { text(100 * share) + " %" }
}
