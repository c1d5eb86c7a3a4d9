/// The numbered rules of `specs/rules.md`, and the tests that name them.
enum RuleNumbers {
    /// A rule's number and the place where it stands.
    struct Mention: Equatable {
        let number: String
        let path: String
        let line: Int
    }

    /// The rules, as in `- **RES-3** text` or `| **RES-3** | text |`.
    static func stated(in rules: SourceFile) -> [Mention] {
        rules.lines.enumerated().compactMap { index, line in
            guard let match = line.prefixMatch(of: /\s*[-*|]\s*\*\*([A-Z][A-Z0-9]*-[0-9]+)\*\*/)
            else { return nil }
            return Mention(number: String(match.1), path: rules.path, line: index + 1)
        }
    }

    /// The numbers that names of tests open with, as in "RES-3: a tube ..." or "RES-3, RES-4: ...".
    static func named(in tests: SwiftFile) -> [Mention] {
        tests.arguments(ofCallsTo: "@Test(").flatMap { call -> [Mention] in
            let space = call.arguments.prefix { $0.isWhitespace }
            let line = call.line + space.filter(\.isNewline).count
            guard call.arguments.dropFirst(space.count).hasPrefix("\""),
                let name = tests.literals.first(where: { $0.line == line })
            else { return [] }
            return opening(of: name.text).map { .init(number: $0, path: tests.path, line: line) }
        }
    }

    /// Rules that no test names.
    static func unnamed(_ stated: [Mention], among named: [Mention]) -> [Finding] {
        let known = Set(named.map(\.number))
        return stated.filter { !known.contains($0.number) }
            .map { Finding($0.path, $0.line, "no test opens its name with \($0.number)") }
    }

    /// Numbers in names of tests that no rule has.
    static func unstated(_ named: [Mention], among stated: [Mention]) -> [Finding] {
        let known = Set(stated.map(\.number))
        return named.filter { !known.contains($0.number) }
            .map { Finding($0.path, $0.line, "\($0.number) does not stand in specs/rules.md") }
    }

    /// Numbers that two rules have.
    static func repeated(_ stated: [Mention]) -> [Finding] {
        var seen: Set<String> = []
        return stated.filter { !seen.insert($0.number).inserted }
            .map { Finding($0.path, $0.line, "\($0.number) is given twice") }
    }

    private static func opening(of name: String) -> [String] {
        let list = /[A-Z][A-Z0-9]*-[0-9]+((, | and )[A-Z][A-Z0-9]*-[0-9]+)*(?=[: ])/
        guard let numbers = name.prefixMatch(of: list) else { return [] }
        return numbers.0.matches(of: /[A-Z][A-Z0-9]*-[0-9]+/).map { String($0.output) }
    }
}
