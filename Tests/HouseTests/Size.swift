/// How large a file may grow.
///
/// Both limits are ratchets: they are lowered, never raised, and no file is let off; one that
/// comes near holds two ideas.
enum Size {
    static let lines = 400
    static let columns = 100

    private static let extensions: Set<Substring> = ["swift", "c", "h", "py", "sh"]

    /// Whether people read and write this file as code; data and prose have no limit here.
    static func applies(to file: SourceFile) -> Bool {
        file.isScript || extensions.contains(file.fileExtension)
    }

    static func excess(in file: SourceFile) -> [Finding] {
        let lines = file.lines
        var findings: [Finding] = []
        if lines.count > Self.lines {
            let advice = "has \(lines.count) lines, at most \(Self.lines); one idea a file"
            findings.append(Finding(file.path, lines.count, advice))
        }
        for (index, line) in lines.enumerated()
        where line.utf8.count > columns && line.count > columns {
            let advice = "is \(line.count) columns wide, at most \(columns)"
            findings.append(Finding(file.path, index + 1, advice))
        }
        return findings
    }
}
