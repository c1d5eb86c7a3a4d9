/// The commands in `tools/` and `.ci/`.
enum Scripts {
    /// Files there that are read by commands instead of being one.
    private static let data: Set = ["tools/packages"]

    static func applies(to file: SourceFile) -> Bool {
        guard file.path.hasPrefix("tools/") || file.path.hasPrefix(".ci/") else { return false }
        return !data.contains(file.path) && ["", "sh", "py"].contains(file.fileExtension)
    }

    /// What a command lacks so that it can be started, and understood without being read.
    static func faults(of script: SourceFile) -> [Finding] {
        var faults: [Finding] = []
        if !script.isExecutable {
            faults.append(Finding(script.path, 1, "is not executable; chmod +x"))
        }
        if script.text.prefixMatch(of: /#!\/usr\/bin\/env (bash|python3)\n/) == nil {
            faults.append(Finding(script.path, 1, "does not begin with #!/usr/bin/env"))
        }
        let opening = script.lines.dropFirst().first ?? ""
        if opening.prefixMatch(of: /(# |""")\S+ \S+ \S+/) == nil {
            faults.append(Finding(script.path, 2, "does not begin by saying what it is for"))
        }
        return faults
    }
}
