import Foundation

/// The sentences of one language as they stand in the repository.
struct Catalogue {
    let path: String
    let text: String
    let entries: [String: String]

    /// The keys of single words, which a closed list names: `role|technician`.
    var words: Set<String> { Set(entries.keys.filter { $0.contains("|") }) }
    /// The other keys: templates that stand in the source.
    var templates: Set<String> { Set(entries.keys).subtracting(words) }

    /// The catalogue of a language, by its two letters.
    init(_ language: String) throws {
        let file = try Tree.file("Sources/LabOperations/Words/Sentences/\(language).json")
        try self.init(file)
    }

    init(_ file: SourceFile) throws {
        path = file.path
        text = file.text
        entries = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    }

    /// The keys in the order of the lines, as often as they stand there.
    var lines: [String] {
        text.split(separator: "\n").compactMap { line in
            line.wholeMatch(of: /\s\s("(?:[^"\\]|\\.)*"): "(?:[^"\\]|\\.)*",?/).flatMap {
                try? JSONDecoder().decode(String.self, from: Data($0.1.utf8))
            }
        }
    }

    /// The places of a template, doubled braces left aside.
    static func places(in template: String) -> Set<String> {
        let single = template.replacing("{{", with: "").replacing("}}", with: "")
        return Set(single.matches(of: /\{[0-9]+\}/).map { String($0.output) })
    }

    /// Whether a text names a command or an option of the shell.
    static func namesCommand(_ text: String) -> Bool {
        text.contains(/swabline [a-z]|--[a-z{]/)
    }

    /// Whether a text holds Chinese characters or punctuation.
    static func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains {
            (0x3000...0x303F).contains($0.value) || (0x4E00...0x9FFF).contains($0.value)
                || (0xFF00...0xFF60).contains($0.value)
        }
    }
}
