/// A Swift file taken apart: its code without comments and literals, and its string literals.
struct SwiftFile: Sendable {
    /// A string literal, without its quotes and what it interpolates.
    struct Literal: Equatable, Sendable {
        let line: Int
        let text: String
        /// Where it interpolates, in bytes of the text.
        var holes: [Int] = []
        var isMultiline = false
    }

    let file: SourceFile
    /// As many lines as the file has; comments and the inside of literals are spaces.
    let code: [Substring]
    let literals: [Literal]

    var path: String { file.path }
    var target: String? { file.target }

    init(_ file: SourceFile) {
        var scanner = SwiftScanner(file.text)
        scanner.run()
        self.file = file
        self.code = SourceFile(file.path, String(decoding: scanner.code, as: UTF8.self)).lines
        self.literals = scanner.literals
    }

    /// For the made-up texts of the tests.
    init(_ path: String, _ text: String) { self.init(SourceFile(path, text)) }

    /// The code lines that hold the word, with their numbers.
    ///
    /// A word that begins with a letter is not found in the middle of a longer name.
    func lines(with word: String) -> [Int] {
        code.indices.filter { code[$0].holds(word) }.map { $0 + 1 }
    }

    /// What stands between the parentheses of each call, and the line on which the call begins.
    ///
    /// The call is given with its first parenthesis, as in `.package(`.
    func arguments(ofCallsTo opening: String) -> [(line: Int, arguments: String)] {
        let wanted = Array(opening.utf8)
        var calls: [(line: Int, arguments: String)] = []
        for (index, line) in code.enumerated() where line.contains(opening) {
            let rest = Array(code[index...].joined(separator: "\n").utf8)
            for start in 0..<line.utf8.count where rest[start...].starts(with: wanted) {
                calls.append((index + 1, Self.upToClosing(rest[(start + wanted.count)...])))
            }
        }
        return calls
    }

    private static func upToClosing(_ bytes: ArraySlice<UInt8>) -> String {
        var depth = 1
        let end = bytes.firstIndex { byte in
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            return depth == 0
        }
        return String(decoding: bytes[..<(end ?? bytes.endIndex)], as: UTF8.self)
    }
}

extension Substring {
    /// Whether the word stands here, and not as the end of a longer name.
    func holds(_ word: String) -> Bool {
        var rest = self
        while let range = rest.firstRange(of: word) {
            let isName = word.first?.isNamePart ?? false
            guard isName, range.lowerBound > startIndex,
                self[index(before: range.lowerBound)].isNamePart
            else { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }
}

extension Character {
    /// Whether the character can stand inside a name of Swift.
    var isNamePart: Bool { isLetter || isNumber || self == "_" }
}
