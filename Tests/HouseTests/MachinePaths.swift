/// Traces of one machine, which mean nothing on the next.
enum MachinePaths {
    /// Where people keep their own files, put together so that this file names no such path.
    static let homes = ["home", "root", "work", "Users"].map { "/\($0)/" }

    /// Absolute paths into somebody's own folders; such a word inside a longer path, and web
    /// addresses, are none.
    static func absolute(in file: SourceFile) -> [Finding] {
        homes.filter { file.text.contains($0) }.flatMap { home in
            file.lines.enumerated().filter { $0.element.begins(home) }.map {
                Finding(file.path, $0.offset + 1, "\(home) is a path of one machine")
            }
        }
    }

    /// Files that a build makes and git should not keep.
    static func built(among paths: [String]) -> [Finding] {
        paths.filter { path in
            path.split(separator: "/").contains {
                $0.hasPrefix(".build") || $0 == "Package.resolved"
            }
        }.map { Finding($0, 1, "is made by the build and should not be tracked") }
    }
}

extension Substring {
    /// Whether an absolute path beginning with this stands here, not as the inside of a longer one.
    fileprivate func begins(_ path: String) -> Bool {
        ranges(of: path).contains { range in
            guard range.lowerBound > startIndex else { return true }
            let before = self[index(before: range.lowerBound)]
            return !(before.isNamePart || ".-~}".contains(before))
        }
    }
}
