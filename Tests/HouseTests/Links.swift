/// Links between the documents.
enum Links {
    /// Relative links to what is not among the paths, which are those that `reachable` gives.
    static func broken(in document: SourceFile, among paths: Set<String>) -> [Finding] {
        targets(in: document).compactMap { target, line in
            guard !target.hasPrefix("#"), target.prefixMatch(of: /[a-z][a-z0-9+.-]*:/) == nil
            else { return nil }
            let file = target.prefix { $0 != "#" }
            guard let path = resolve(String(file), from: document.path) else {
                return Finding(document.path, line, "\(target) leads out of the repository")
            }
            if path.isEmpty || paths.contains(path) { return nil }
            return Finding(document.path, line, "\(target) leads nowhere")
        }
    }

    /// The files and the folders that hold them.
    static func reachable(from files: [String]) -> Set<String> {
        var paths = Set(files)
        for file in files {
            var parts = file.split(separator: "/").dropLast()
            while !parts.isEmpty, paths.insert(parts.joined(separator: "/")).inserted {
                parts.removeLast()
            }
        }
        return paths
    }

    /// What `[text](target)` and `[name]: target` lead to, outside of code.
    private static func targets(in document: SourceFile) -> [(target: String, line: Int)] {
        var isFenced = false
        return document.lines.enumerated().flatMap { index, line -> [(target: String, line: Int)] in
            if line.drop(while: { $0 == " " }).hasPrefix("```") { isFenced.toggle() }
            guard !isFenced, line.contains("](") || line.contains("]:") else { return [] }
            let prose = line.replacing(/`[^`]*`/, with: "`")
            let inline = prose.matches(of: /\]\(<?([^)\s>]+)>?(\s+"[^"]*")?\)/).map(\.1)
            let reference = prose.prefixMatch(of: /\s{0,3}\[[^\]]+\]:\s+(\S+)/).map(\.1)
            return (inline + [reference].compactMap { $0 }).map { (String($0), index + 1) }
        }
    }

    /// The path from the root, empty for the root itself; nothing when it leads out of it.
    private static func resolve(_ target: String, from document: String) -> String? {
        var parts: [Substring] =
            target.hasPrefix("/") ? [] : document.split(separator: "/").dropLast()
        for part in target.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(part)
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts.joined(separator: "/")
    }
}
