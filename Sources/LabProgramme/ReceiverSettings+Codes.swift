package import LabDomain
internal import LabSettings

extension Receiver {
    /// Reads which codes a receiver gets.
    ///
    /// `codes` names the standard ones, the laboratory's own, or a file beside the settings. The
    /// file is taken into the settings when they are adopted, under `code_table`: what counts is
    /// then in one place, and stays what it was.
    static func codes(_ read: inout SettingsReader) -> Codes? {
        let name =
            read.ifPresent("codes") { item in
                item.value(nil, expecting: "standard, laboratory or a file like codes.csv") {
                    isCodes($0) ? $0 : nil
                }
            } ?? "standard"
        let hasAlternates = read.ifPresent("alternate_codes") { $0.bool() } ?? true
        let table = read.ifPresent("code_table") { ($0.string(), $0.node.place.line) }
        switch (name, table) {
        case ("standard", nil): return .standard
        case ("laboratory", nil): return Codes(.laboratory, hasAlternates: hasAlternates)
        case ("standard", _), ("laboratory", _):
            read.refuse(
                "no table is used with these codes; name its file under 'codes'", at: "code_table")
        case (_, nil):
            read.refuse(
                """
                the lines of the file are not here; adopt these settings at the server with the \
                file beside them, or write its lines under 'code_table'
                """, at: "codes")
        case (_, let (text, line)?):
            return Codes(.table(text, name: name, line: line), hasAlternates: hasAlternates)
        }
        return nil
    }

    /// The file of codes that settings name and do not hold; nil for none, and for settings that
    /// cannot be read.
    package static func codeFile(of text: String) -> String? {
        guard let document = try? SettingsDocument(text, name: "receiver") else { return nil }
        var read = SettingsReader(document.root)
        guard !read.has("code_table"), read.has("codes") else { return nil }
        let name = read.string("codes")
        return isCodes(name) && !fixedCodes.contains(name) ? name : nil
    }

    /// Settings that hold the file of codes which they name; the file's lines may end in any way.
    package static func settings(
        _ text: String, holding table: String, named name: String
    ) -> String {
        let lines = table.split(omittingEmptySubsequences: false) {
            $0 == "\n" || $0 == "\r\n" || $0 == "\r"
        }
        // The number tells how deep the lines stand, whatever the first of them begins with.
        return text + (text.hasSuffix("\n") ? "" : "\n")
            + "\n# \(name), as it was when these settings were adopted.\ncode_table: |2\n"
            + lines.map { $0.isEmpty ? "\n" : "  \($0)\n" }.joined()
    }

    private static let fixedCodes = ["standard", "laboratory"]

    /// A file lies beside the settings, so its name holds no folder.
    private static func isCodes(_ text: String) -> Bool {
        if fixedCodes.contains(text) { return true }
        return text.hasSuffix(".csv") && text.utf8.count > 4 && !text.hasPrefix(".")
            && !text.contains("/") && text.unicodeScalars.allSatisfy { $0.value >= 0x20 }
    }
}
