/// The sentences that stand in the source files, as the catalogues of languages name them.
enum Templates {
    /// A sentence with its place.
    struct Template: Hashable {
        let text: String
        let path: String
        let line: Int
    }

    /// The floors on which sentences for people are made.
    private static let targets: Set = [
        "LabDomain", "LabExchange", "LabInstruments", "LabOperations", "LabProgramme",
        "LabScreening", "LabSettings", "LabSimulation", "LabWeb",
    ]

    /// A file that holds one of these makes sentences: they take wordings.
    private static let makers = [
        "Wording", "Refusal", "Explanation", "ManifestFault", "InstrumentFault", "HL7Fault",
        "ApiProblem", "SettingsReader", "SettingsFault", "SettingsFaults", "ScenarioFault",
    ]

    /// The command line alone plays days and campaigns, and says so in its own words.
    private static let rehearsal = "Sources/LabOperations/Rehearsal/"

    /// What the server does by itself is told in its log, in English.
    private static let rounds = "Sources/LabOperations/Rounds/"

    /// What joins sentences or ends them is said too.
    static let joints: Set = [", ", "; ", "."]

    /// Texts with a blank or a full stop that are no sentences for people at a page.
    private static let exceptions: Set = [
        // What a command hashes, what names its settings, and the sense of a word.
        " correcting names", "laboratory settings", "programme in force", "{0} {1}",
        "verdict reason", "recollection reason",
        // Descriptions that add a place to words which are wordings themselves.
        "the report is held: ", ", column {0}", "line {0}{1}: {2}", "{0}: {1}",
        "line {0}", ", {0}", "district {0}", "laboratory {0}", "{0}{1}: {2}", "{0}: ",
        "{0}:{1}:{2}: {3}{4}", "mixed {0}", " to ", "person.", "another document",
        // What an adopted receiver's settings carry along.
        "\n# {0}, as it was when these settings were adopted.\ncode_table: |2\n", "  {0}\n",
        // The subject beside a place; a page shows the number alone.
        "scan {0}", "pool {0}", "code {0} of these",
        // The worklist's picture in letters, the log, and the kinds of tables that a check names.
        " {0}", " {0} ",
        "   s single  m mixed  e environment  p pool  (capital: retest, repeat, confirmation)",
        "   w+ weak positive  k+ kit positive  n- negative  k- kit negative",
        "work failed", "operating characteristics", "informative partitions", "correlated pools",
    ]

    /// Every sentence of the files that make sentences.
    static func all(in files: [SwiftFile]) -> [Template] {
        files.filter(makesSentences).flatMap { file in
            file.literals.compactMap { literal in
                let text = template(of: literal)
                // Why the program stops on a fault of its own is no sentence for its user.
                let isOwnFault = file.code[literal.line - 1].contains("precondition")
                guard isSentence(text), !isOwnFault else { return nil }
                // Pages have catalogues of their own; only their refusals are here.
                guard file.target != "LabWeb" || isRefusal(text) else { return nil }
                return Template(text: text, path: file.path, line: literal.line)
            }
        }
    }

    private static func makesSentences(_ file: SwiftFile) -> Bool {
        targets.contains(file.target ?? "")
            && !file.path.hasSuffix("/Wording.swift")
            && !file.path.hasPrefix(rehearsal) && !file.path.hasPrefix(rounds)
            && makers.contains { !file.lines(with: $0).isEmpty }
    }

    /// Words with blanks between them, or whatever a full stop ends; a code has neither.
    private static func isSentence(_ text: String) -> Bool {
        guard !exceptions.contains(text) else { return false }
        return text.contains { $0.isLetter || $0 == "{" }
            && (text.contains(" ") || text.hasSuffix("."))
    }

    /// A whole sentence: from a capital to a full stop.
    private static func isRefusal(_ text: String) -> Bool {
        (text.first?.isUppercase ?? false) && text.hasSuffix(".")
    }

    /// The template of a literal: a number in braces where it interpolates, its own braces doubled,
    /// its escapes and the indentation of several lines undone.
    static func template(of literal: SwiftFile.Literal) -> String {
        var bytes: [UInt8] = []
        let braces = Set("{}".utf8)
        var holes = literal.holes.enumerated().makeIterator()
        var next = holes.next()
        for (index, byte) in (Array(literal.text.utf8) + [0]).enumerated() {
            while let hole = next, hole.element == index {
                bytes += "{\(hole.offset)}".utf8
                next = holes.next()
            }
            bytes += braces.contains(byte) ? [byte, byte] : [byte]
        }
        bytes.removeLast()
        var template = String(decoding: bytes, as: UTF8.self)
        if literal.isMultiline { template = unindented(template) }
        return unescaped(template)
    }

    private static func unindented(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        let indentation = lines.popLast()?.count ?? 0
        return lines.map { String($0.dropFirst(indentation)) }.joined(separator: "\n")
            .replacing("\\\n", with: "")
    }

    private static func unescaped(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "\\", let escaped = rest.popFirst() else {
                result.append(character)
                continue
            }
            switch escaped {
            case "n": result.append("\n")
            case "t": result.append("\t")
            default: result.append(escaped)
            }
        }
        return result
    }
}
