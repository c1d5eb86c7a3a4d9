/// What a target offers to others, and whether it is said what that is.
enum DocComments {
    /// Declarations marked `package` or `public` without a `///` line before them.
    ///
    /// A property may go without where its name and its type say it all. Extensions need none, nor
    /// do members whose meaning a protocol of Swift has fixed.
    static func missing(in file: SwiftFile) -> [Finding] {
        let lines = file.file.lines
        return file.code.indices.compactMap { index in
            guard let name = declared(on: file.code[index]) else { return nil }
            let above = lines[..<index].reversed().map { $0.drop { $0 == " " } }
                .first { !$0.hasPrefix("@") }
            if above?.hasPrefix("///") == true { return nil }
            return Finding(file.path, index + 1, "\(name) needs a /// sentence")
        }
    }

    /// The declaration that a line offers to others, unless it explains itself.
    private static func declared(on line: Substring) -> Substring? {
        guard accessLevels.contains(where: { line.contains($0) }) else { return nil }
        var rest = line.drop { $0 == " " }
        while let attribute = rest.prefixMatch(of: /@\w+(\([^)]*\))?\s*/) {
            rest = rest[attribute.range.upperBound...]
        }
        guard let access = rest.prefixMatch(of: /(package|public|open)\s+/) else { return nil }
        rest = rest[access.range.upperBound...]
        let words = rest.split { !$0.isNamePart }
        guard let kind = words.first(where: { kinds.contains($0) || others.contains($0) }),
            kinds.contains(kind), !witnesses.contains(where: { rest.hasPrefix($0) })
        else { return nil }
        return rest.prefix { $0 != "{" && $0 != "=" }
    }

    private static let accessLevels = ["package", "public", "open"]
    private static let kinds: Set<Substring> = [
        "struct", "enum", "class", "actor", "protocol", "func", "init", "macro",
    ]
    private static let others: Set<Substring> = [
        "extension", "import", "let", "var", "typealias", "subscript",
    ]
    private static let witnesses = [
        "static func ==", "static func <", "func hash(into", "func encode(to", "init(from ",
        "var description:", "var debugDescription:", "func prepare(", "func perform(_ prepared:",
    ]
}
