internal import Foundation

/// Data written by others, kept outside the checkout: `SWABLINE_REFERENCE`, or
/// `../shared/reference` beside the package.
package enum Reference {
    /// The path of a file below the reference folder, whether or not it is there.
    package static func path(_ file: String) -> String {
        if let folder = environment["SWABLINE_REFERENCE"] { return "\(folder)/\(file)" }
        // This file is <package>/Tests/ReferenceFiles/Reference.swift.
        let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(package)/../shared/reference/\(file)"
    }

    /// Whether a test may run: the file is there, or `CI=true` says that it must be.
    package static func has(_ file: String) -> Bool {
        FileManager.default.isReadableFile(atPath: path(file)) || environment["CI"] == "true"
    }

    /// The bytes of a file.
    package static func bytes(_ file: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path(file))))
    }

    /// The text of a file, bytes that are not UTF-8 replaced.
    package static func text(_ file: String) throws -> String {
        String(decoding: try bytes(file), as: UTF8.self)
    }

    /// The lines of a text file, each cut at its commas; for files without quoted fields.
    package static func rows(_ file: String) throws -> [[String]] {
        try text(file).split(whereSeparator: \.isNewline)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }
}
