import Foundation

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
        "LabDomain", "LabStore", "LabExchange", "LabInstruments", "LabOperations",
    ]

    /// A file that holds one of these makes sentences: they take wordings.
    private static let makers = ["Wording", "Refusal", "Explanation", "ManifestFault"]

    /// Separators, which are said between other sentences.
    static let separators: Set = [", ", "; "]

    /// Texts with a blank that nobody reads as a sentence: bytes of commands, files and figures, or
    /// the names of places beside a sentence.
    private static let exceptions: Set = [
        " correcting names",
    ]

    /// Every sentence of the files that make sentences.
    static func all(in files: [SwiftFile]) -> [Template] {
        files.filter(makesSentences).flatMap { file in
            file.literals.compactMap { literal in
                let text = template(of: literal)
                guard isSentence(text), !exceptions.contains(text) else { return nil }
                return Template(text: text, path: file.path, line: literal.line)
            }
        }
    }

    private static func makesSentences(_ file: SwiftFile) -> Bool {
        targets.contains(file.target ?? "")
            && !file.path.hasSuffix("/Wording.swift")
            && makers.contains { !file.lines(with: $0).isEmpty }
    }

    /// Words with blanks between them, or whatever a full stop ends.
    private static func isSentence(_ text: String) -> Bool {
        let hasWords = text.contains { $0.isLetter || $0 == "{" }
        return hasWords && (text.contains(" ") || text.hasSuffix("."))
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
