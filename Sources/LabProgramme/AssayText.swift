package import LabDomain
package import LabSettings

/// An assay as it stands in a laboratory's settings: its own lines, to be read, changed and put
/// back without touching any other.
package struct AssayText: Hashable, Sendable {
    package let kit: KitRole
    /// The YAML of the assay alone, as a file of its own.
    package let text: String
    /// The line of the settings in which it begins, from 1.
    package let line: Int
    private let lines: Range<Int>
    private let indent: Int

    /// The assays of some settings, in their order.
    ///
    /// - Throws: `SettingsFaults` when the settings cannot be read, or an assay shares its lines
    ///   with something else, as in a list in brackets.
    package static func all(in settings: String) throws(SettingsFaults) -> [AssayText] {
        let document = try SettingsDocument(settings, name: "settings")
        guard case .mapping(let entries) = document.root.content,
            let assays = entries.first(where: { $0.key == "assays" }),
            case .sequence(let items) = assays.value.content
        else { return [] }
        let lines = Self.lines(of: settings)
        var found: [AssayText] = []
        for item in items {
            guard let kit = Self.kit(of: item) else { continue }
            guard let text = AssayText(kit, at: item.place, in: lines) else {
                throw SettingsFaults(faults: [
                    SettingsFault(
                        place: item.place,
                        message: "the assay has no lines of its own; write it as `- name: ...`")
                ])
            }
            found.append(text)
        }
        return found
    }

    private init?(_ kit: KitRole, at place: SettingsPlace, in lines: [Substring]) {
        let first = place.line - 1
        let indent = place.column - 1
        guard lines.indices.contains(first), lines[first].count > indent,
            let dash = lines[first].prefix(indent).firstIndex(of: "-"),
            lines[first].prefix(indent).allSatisfy({ $0 == " " || $0 == "-" })
        else { return nil }
        let depth = lines[first].distance(from: lines[first].startIndex, to: dash)
        var end = first + 1
        while end < lines.count, Self.belongs(lines[end], deeperThan: depth) { end += 1 }
        while end > first + 1, lines[end - 1].allSatisfy(\.isWhitespace) { end -= 1 }
        self.kit = kit
        self.indent = indent
        self.lines = first..<end
        line = place.line
        let own = lines[first..<end].map { line in
            line.prefix(indent).allSatisfy { $0 == " " || $0 == "-" }
                ? line.dropFirst(indent) : line.drop { $0 == " " }
        }
        text = own.joined(separator: "\n") + "\n"
    }

    private static func belongs(_ line: Substring, deeperThan depth: Int) -> Bool {
        guard let first = line.firstIndex(where: { !$0.isWhitespace }) else { return true }
        return line.distance(from: line.startIndex, to: first) > depth
    }

    private static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    }

    private static func kit(of item: SettingsNode) -> KitRole? {
        guard case .mapping(let entries) = item.content,
            case .scalar(let word)? = entries.first(where: { $0.key == "kit" })?.value.content
        else { return nil }
        return KitRole(rawValue: word)
    }

    /// The settings with another text in the place of this assay.
    package func replaced(by text: String, in settings: String) -> String {
        var all = Self.lines(of: settings).map(String.init)
        let margin = String(repeating: " ", count: indent)
        let head = String(all[lines.lowerBound].prefix(indent))
        var own = Self.lines(of: text)
        while let last = own.last, last.allSatisfy(\.isWhitespace) { own.removeLast() }
        let written = own.enumerated().map { number, line -> String in
            if number == 0 { return head + line }
            return line.isEmpty ? "" : margin + line
        }
        all.replaceSubrange(lines, with: written)
        return all.joined(separator: "\n")
    }
}
