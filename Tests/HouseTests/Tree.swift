import Foundation

/// The repository that the rules are held against: what git tracks, and what it would track.
enum Tree {
    /// A listing that could not be made.
    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    /// The package's root, or what `SWABLINE_ROOT` names instead of it.
    static let root: URL = {
        if let root = ProcessInfo.processInfo.environment["SWABLINE_ROOT"] {
            return URL(fileURLWithPath: root, isDirectory: true)
        }
        let parents = URL(fileURLWithPath: #filePath).pathComponents.dropLast(3)
        return URL(fileURLWithPath: NSString.path(withComponents: Array(parents)))
    }()

    /// Whether there is a repository; a downloaded copy without one has nothing to hold to rules.
    static let isCheckout = FileManager.default.fileExists(
        atPath: root.appendingPathComponent(".git").path)

    private static let listing = Result { try list() }
    private static let read = listing.map { $0.compactMap(file(at:)) }
    private static let parsed = read.map { files in
        files.filter { $0.fileExtension == "swift" }.map { SwiftFile($0) }
    }

    /// The paths of all files, from the root.
    static func paths() throws -> [String] { try listing.get() }

    /// All files that are text.
    static func files() throws -> [SourceFile] { try read.get() }

    /// The Swift files under `Sources`.
    static func sources() throws -> [SwiftFile] {
        try parsed.get().filter { $0.path.hasPrefix("Sources/") }
    }

    /// The Swift files under `Tests`.
    static func tests() throws -> [SwiftFile] {
        try parsed.get().filter { $0.path.hasPrefix("Tests/") }
    }

    /// The one text file under this path.
    static func file(_ path: String) throws -> SourceFile {
        guard let file = try files().first(where: { $0.path == path }) else {
            throw Unreadable(description: "\(path) is missing")
        }
        return file
    }

    private static func list() throws -> [String] {
        let git = Process()
        git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        git.arguments = [
            "git", "-C", root.path, "ls-files", "-z", "--cached", "--others", "--exclude-standard",
        ]
        let output = Pipe()
        git.standardOutput = output
        try git.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        git.waitUntilExit()
        guard git.terminationStatus == 0 else {
            throw Unreadable(description: "git could not list the files of \(root.path)")
        }
        return String(decoding: data, as: UTF8.self).split(separator: "\0").map(String.init)
    }

    /// Nothing for a file that git remembers and the disk does not have, and for what is not text.
    private static func file(at path: String) -> SourceFile? {
        let place = root.appendingPathComponent(path).path
        guard let data = FileManager.default.contents(atPath: place),
            let text = String(validating: data, as: UTF8.self)
        else { return nil }
        return SourceFile(
            path, text, isExecutable: FileManager.default.isExecutableFile(atPath: place))
    }
}
