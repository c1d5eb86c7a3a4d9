internal import LabDomain
package import LabSettings

/// How results are written for a receiver for whom no standard exists, as YAML describes it.
///
///     format: csv                  # csv, json (one list) or ndjson (one object a line)
///     delimiter: comma             # comma, semicolon or tab; csv alone, as are the next three
///     heading: true
///     mark: false                  # a byte-order mark, which Excel needs
///     guard-formulas: true         # an apostrophe before cells that a spreadsheet would run
///     columns:
///       - { name: XM, field: person.name, required: true }
///       - { name: CYSJ, field: times.collected, format: yyyy-MM-dd HH:mm:ss }
///       - { name: JCJG, field: result.outcome, codes: { detected: "1", not-detected: "2" } }
///       - { name: JGDM, text: LAB-0001 }
package struct ReportMapping: Sendable {
    /// How the file is made.
    package enum Format: String, CaseIterable, Hashable, Sendable {
        case csv
        case json
        case ndjson
    }

    /// What separates cells.
    package enum Delimiter: String, CaseIterable, Hashable, Sendable {
        case comma
        case semicolon
        case tab

        var byte: UInt8 {
            switch self {
            case .comma: 0x2C
            case .semicolon: 0x3B
            case .tab: 0x09
            }
        }
    }

    /// One column or key.
    struct Column: Sendable {
        enum Source: Sendable {
            case field(ReportField)
            /// The same in every record.
            case text(String)
        }

        let name: String
        let source: Source
        /// What is written for each word of a closed list.
        let codes: [String: String]
        let pattern: TimePattern
        /// Whether a record without a value is held.
        let isRequired: Bool
        /// The most characters that the receiver takes; a longer value is held, never cut.
        let longest: Int?
    }

    package let format: Format
    let delimiter: Delimiter
    let hasHeading: Bool
    let isMarked: Bool
    let guardsFormulas: Bool
    let columns: [Column]

    /// Reads a mapping.
    /// - Parameters:
    ///   - text: The YAML.
    ///   - name: What complaints call it.
    /// - Throws: `SettingsFaults` with every fault's line and column: unknown keys and fields,
    ///   words of a list without a code, patterns that mean nothing, names that come twice.
    package init(_ text: String, name: String) throws(SettingsFaults) {
        var read = SettingsReader(try SettingsDocument(text, name: name).root)
        let format: Format = read.choice("format")
        self.format = format
        delimiter = read.ifPresent("delimiter") { $0.choice(of: Delimiter.self) } ?? .comma
        hasHeading = read.ifPresent("heading") { $0.bool() } ?? true
        isMarked = read.ifPresent("mark") { $0.bool() } ?? false
        guardsFormulas = read.ifPresent("guard-formulas") { $0.bool() } ?? true
        if format != .csv {
            for key in ["delimiter", "heading", "mark", "guard-formulas"] where read.has(key) {
                read.refuse("only csv has this; leave it out", at: key)
            }
        }
        var names: Set<String> = []
        columns = read.list("columns") { column in
            Column(&column, names: &names)
        }
        if columns.isEmpty, read.isSound {
            read.refuse("no column; name at least one", at: "columns")
        }
        try read.finish()
    }

    /// Whether a column speaks of people, so that the file must be kept as they are.
    package var namesPeople: Bool {
        columns.contains {
            if case .field(let field) = $0.source {
                field.rawValue.hasPrefix("person.")
            } else {
                false
            }
        }
    }
}

extension ReportMapping.Column {
    /// Reads one column.
    fileprivate init?(_ read: inout SettingsReader, names: inout Set<String>) {
        name = read.string("name")
        if !names.insert(name).inserted { read.refuse("this name comes twice", at: "name") }
        isRequired = read.ifPresent("required") { $0.bool() } ?? false
        longest = read.ifPresent("longest") { $0.int(in: 1...10_000) }
        if let text = read.optionalString("text") {
            if read.has("field") { read.refuse("a field or a text, not both", at: "field") }
            source = .text(text)
            codes = [:]
            pattern = .iso
            return
        }
        let field: ReportField = read.choice("field")
        source = .field(field)
        pattern = Self.pattern(of: field, &read)
        codes = Self.codes(of: field, &read)
    }

    private static func pattern(
        of field: ReportField, _ read: inout SettingsReader
    ) -> TimePattern {
        guard read.has("format") else { return .iso }
        guard field.kind == .time || field.kind == .day else {
            read.refuse("only days and times have a format; leave it out", at: "format")
            return .iso
        }
        let words: Wording =
            "yyyy, MM, dd, HH, mm, ss and ZZZ with signs between them, or iso, unix, unix-ms"
        let pattern = read.value("format", expecting: words) { TimePattern($0) } ?? .iso
        if field.kind == .day, !pattern.isOfDays {
            read.refuse("a day has no time of day; take yyyy, MM and dd", at: "format")
        }
        return pattern
    }

    private static func codes(
        of field: ReportField, _ read: inout SettingsReader
    ) -> [String: String] {
        guard read.has("codes") else { return [:] }
        guard case .code(let words) = field.kind else {
            read.refuse("only closed lists have codes; leave them out", at: "codes")
            return [:]
        }
        let entries = read.entries("codes") { word, value in (word, value.string()) }
        for (word, _) in entries where !words.contains(word) {
            read.refuse("no word of this list: \(words.joined(separator: ", "))", at: "codes")
        }
        let missing = words.filter { word in !entries.contains { $0.name == word } }
        if !missing.isEmpty {
            read.refuse("without a code: \(missing.joined(separator: ", "))", at: "codes")
        }
        return Dictionary(
            entries.map { ($0.name, $0.value.1) }, uniquingKeysWith: { one, _ in one })
    }
}
