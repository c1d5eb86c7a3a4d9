internal import LabSpelling
package import LabWording

/// Single values; each answers a stand-in after noting a fault.
extension SettingsReader {
    /// A text as it is written.
    ///
    /// Stand-in: the empty text.
    package mutating func string(_ key: String? = nil) -> String {
        scalar(key, expecting: "a text")?.text ?? ""
    }

    /// A text that may be missing.
    package mutating func optionalString(_ key: String) -> String? {
        ifPresent(key) { $0.string() }
    }

    /// A whole number in a range.
    ///
    /// Stand-in: the range's lower bound.
    package mutating func int(_ key: String? = nil, in range: ClosedRange<Int>) -> Int {
        let words: Wording = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return value(key, expecting: words) { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        } ?? range.lowerBound
    }

    /// A number in a range; not infinite and not "nan".
    ///
    /// Stand-in: the range's lower bound.
    package mutating func double(_ key: String? = nil, in range: ClosedRange<Double>) -> Double {
        let words: Wording = "a number from \(range.lowerBound) to \(range.upperBound)"
        return value(key, expecting: words) { text in
            guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
            return Double(text).flatMap { range.contains($0) ? $0 : nil }
        } ?? range.lowerBound
    }

    /// Yes or no, written `true` or `false` only.
    ///
    /// Stand-in: false.
    package mutating func bool(_ key: String? = nil) -> Bool {
        value(key, expecting: "true or false") { $0 == "true" ? true : $0 == "false" ? false : nil }
            ?? false
    }

    /// A length of time in whole milliseconds, such as `12h`, `30 min`, `90s` or `1 d 6 h`.
    ///
    /// Units: `ms`, `s`, `min`, `h`, `d` (24 h).
    ///
    /// Stand-in: the range's lower bound.
    /// - Parameters:
    ///   - key: The key; nil reads the value itself.
    ///   - range: The lengths that make sense, without one any from zero to ten years.
    /// - Returns: The length, or the stand-in after noting a fault.
    package mutating func duration(
        _ key: String? = nil, in range: ClosedRange<Duration> = .zero ... .seconds(315_360_000)
    ) -> Duration {
        let (least, most) = (
            DurationText.write(range.lowerBound), DurationText.write(range.upperBound)
        )
        let words: Wording =
            "a time from \(least) to \(most), such as '12 h', '30 min' or '90 s'"
        return value(key, expecting: words) { text in
            DurationText.read(text).flatMap { range.contains($0) ? $0 : nil }
        } ?? range.lowerBound
    }

    /// One of an enumeration's raw values.
    ///
    /// Stand-in: the first case.
    package mutating func choice<Choice>(
        _ key: String? = nil, of type: Choice.Type = Choice.self
    ) -> Choice where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
        let all = Array(Choice.allCases)
        precondition(!all.isEmpty, "An enumeration to choose from has a case.")
        guard let found = scalar(key, expecting: "a word") else { return all[0] }
        if let choice = Choice(rawValue: found.text) { return choice }
        let words = all.map(\.rawValue)
        let list = words.joined(separator: ", ")
        refuse(
            found.place,
            Spelling.nearest(to: found.text, among: words)
                .map { "write one of: \(list); did you mean '\($0)'?" } ?? "write one of: \(list)")
        return all[0]
    }

    /// A value of any type that is written as a text.
    /// - Parameters:
    ///   - key: The key; nil reads the value itself.
    ///   - words: What belongs here, such as "a date like 2022-03-15"; it ends the complaint.
    ///   - parse: Makes the value; nil when the text is none.
    /// - Returns: The value, nil after noting a fault.
    package mutating func value<Value>(
        _ key: String? = nil, expecting words: Wording, _ parse: (String) -> Value?
    ) -> Value? {
        guard let found = scalar(key, expecting: words) else { return nil }
        if let value = parse(found.text) { return value }
        refuse(found.place, "not understood; write \(words)")
        return nil
    }

    private mutating func scalar(
        _ key: String?, expecting words: Wording
    ) -> (text: String, place: SettingsPlace)? {
        guard let found = find(key) else { return nil }
        if case .scalar(let text) = found.content { return (text, found.place) }
        refuse(found.place, "\(found.content.name); write \(words)")
        return nil
    }
}
