/// Words that code of the house does without, each with what stands in its place.
enum BannedWords {
    /// Ways to end the program where an answer was owed.
    static let everywhere = [
        "fatalError(": "a precondition for a caller's bug, an error for anything else",
        "try!": "try, and let the caller know",
        "as!": "a type that needs no cast, or as?",
    ]

    /// Time, chance and the terminal belong to the shell, the command line itself.
    static let belowTheShell = [
        "Date()": "an instant that is passed in",
        "Date.now": "an instant that is passed in",
        "UUID()": "an identifier from the content or from a generator that is passed in",
        "SystemRandomNumberGenerator": "a generator that is passed in",
        "print(": "a value that the shell prints",
        "debugPrint(": "a value that the shell prints",
    ]

    /// Draws, which name their generator or take the system's.
    static let draws = [".random(", ".randomElement(", ".shuffled(", ".shuffle("]

    /// Notes of work left undone, put together here so that this file does not hold them.
    static let leftovers = ["TO" + "DO", "FIX" + "ME"]

    static func words(in file: SwiftFile) -> [Finding] {
        var banned = everywhere
        if file.target != "swabline" { banned.merge(belowTheShell) { first, _ in first } }
        return banned.sorted { $0.key < $1.key }.flatMap { word, instead in
            file.lines(with: word).map { line in
                Finding(file.path, line, "\(word) is banned; use \(instead)")
            }
        }
    }

    /// Draws from the system's generator, which no seed can repeat.
    static func unseededDraws(in file: SwiftFile) -> [Finding] {
        guard file.target != "swabline" else { return [] }
        return draws.flatMap { draw in
            file.arguments(ofCallsTo: draw)
                .filter { !$0.arguments.contains("using:") }
                .map { Finding(file.path, $0.line, "\(draw) is banned without using:") }
        }
    }

    /// Work left undone belongs into an issue; these words are looked for in comments too.
    static func leftovers(in file: SourceFile) -> [Finding] {
        leftovers.filter { file.text.contains($0) }.flatMap { word in
            file.lines.enumerated()
                .filter { $0.element.holds(word) }
                .map { Finding(file.path, $0.offset + 1, "\(word): do it, or write an issue") }
        }
    }
}
