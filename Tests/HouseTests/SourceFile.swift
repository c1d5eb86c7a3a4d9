/// A text file of the repository, under its path from the root.
struct SourceFile: Sendable {
    let path: String
    let text: String
    let isExecutable: Bool

    init(_ path: String, _ text: String, isExecutable: Bool = false) {
        self.path = path
        self.text = text
        self.isExecutable = isExecutable
    }

    /// The lines without their ends; a line feed at the end of the file begins no further line.
    var lines: [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    /// The folder under `Sources` or `Tests` that the file is in, which SwiftPM calls a target.
    var target: String? {
        let parts = path.split(separator: "/")
        guard parts.count >= 3, parts[0] == "Sources" || parts[0] == "Tests" else { return nil }
        return String(parts[1])
    }

    /// The last part of the path, without the folders.
    var name: Substring { path.split(separator: "/").last ?? "" }

    /// What follows the last dot of the name; nothing for a name without a dot inside it.
    var fileExtension: Substring {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[name.index(after: dot)...]
    }

    /// The program that the first line gives the file to, as in `#!/usr/bin/env bash`.
    var isScript: Bool { text.hasPrefix("#!") }
}
