import Foundation
import Testing

/// Data written by others, kept outside the checkout: `SWABLINE_REFERENCE`, or
/// `../shared/reference` beside the package.
enum Reference {
    /// The path of a file below the reference folder, whether or not it is there.
    static func path(_ file: String) -> String {
        let environment = ProcessInfo.processInfo.environment
        if let folder = environment["SWABLINE_REFERENCE"] { return folder + "/" + file }
        // This file is <package>/Tests/<target>/Reference.swift.
        let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(package)/../shared/reference/\(file)"
    }

    /// Whether a test may run: the file is there, or `CI=true` says that it must be.
    static func has(_ file: String) -> Bool {
        FileManager.default.isReadableFile(atPath: path(file))
            || ProcessInfo.processInfo.environment["CI"] == "true"
    }

    /// The bytes of a file.
    static func bytes(_ file: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(file))))
    }

    /// The text of a file.
    static func text(_ file: String) throws -> String {
        String(decoding: try bytes(file), as: UTF8.self)
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test, and says so, where a reference file is absent; under `CI=true` it then fails.
    static func needs(reference file: String) -> Self {
        .enabled(if: Reference.has(file), "reference/\(file) is absent")
    }
}
