import Glibc
import Testing

/// Data written by others, kept outside the checkout: `SWABLINE_REFERENCE`, or
/// `../shared/reference` beside the package.
enum Reference {
    /// The path of a file below the reference folder, whether or not it is there.
    static func path(_ file: String) -> String {
        if let folder = variable("SWABLINE_REFERENCE") { return folder + "/" + file }
        // This file is <package>/Tests/<target>/Reference.swift.
        let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(package)/../shared/reference/\(file)"
    }

    /// Whether a test may run: the file is there, or `CI=true` says that it must be.
    static func has(_ file: String) -> Bool {
        access(path(file), R_OK) == 0 || variable("CI") == "true"
    }

    /// The bytes of a file.
    static func bytes(_ file: String) throws -> [UInt8] {
        let stream = try #require(fopen(path(file), "r"), "\(file) is missing")
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(stream), byte != EOF { bytes.append(UInt8(byte)) }
        return bytes
    }

    /// The lines of a text file, each cut at its commas; for files without quoted fields.
    static func rows(_ file: String) throws -> [[String]] {
        String(decoding: try bytes(file), as: UTF8.self)
            .split(whereSeparator: \.isNewline)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test, and says so, where a reference file is absent; under `CI=true` it then fails.
    static func needs(reference file: String) -> Self {
        .enabled(if: Reference.has(file), "reference/\(file) is absent")
    }
}
