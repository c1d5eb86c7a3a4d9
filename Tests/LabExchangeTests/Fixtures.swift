import Foundation
import ReferenceFiles
import Testing

/// Inputs and expected outputs in `fixtures`, and the programs that judge them.
enum Fixtures {
    /// The package's folder: this file is <package>/Tests/<target>/Fixtures.swift.
    static let package =
        "/"
        + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    static func bytes(_ file: String) throws -> [UInt8] {
        try contents("\(package)/fixtures/\(file)")
    }

    static func contents(_ path: String) throws -> [UInt8] {
        let name = path.split(separator: "/").suffix(2).joined(separator: "/")
        return Array(
            try #require(FileManager.default.contents(atPath: path), "\(name) is missing"))
    }

    /// One row of `fixtures/manifest.tsv`.
    struct Claim: Sendable, CustomTestStringConvertible {
        let input: String
        let expected: String
        let claim: String
        var testDescription: String { expected }
    }

    /// The rows whose input names a case, `report:<name>`.
    static func claims(about prefix: String) -> [Claim] {
        guard let bytes = try? bytes("manifest.tsv") else { return [] }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
        return lines.compactMap { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.count == 3, cells[0].hasPrefix(prefix) else { return nil }
            return Claim(
                input: String(cells[0].dropFirst(prefix.count)), expected: String(cells[1]),
                claim: String(cells[2]))
        }
    }

    static var isCI: Bool { ProcessInfo.processInfo.environment["CI"] == "true" }

    /// The path of a program, nil when it is not installed.
    static func program(_ name: String) -> String? {
        ["/usr/bin/", "/usr/local/bin/", "/bin/"].map { $0 + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static func isReadable(_ path: String) -> Bool {
        FileManager.default.isReadableFile(atPath: path)
    }

    /// A file outside of the checkout, below the shared folder.
    static func shared(_ file: String) -> String { Reference.path("../\(file)") }

    /// Runs a program on a document and returns its exit status and all that it said.
    static func run(
        _ program: String, _ arguments: [String], on document: [UInt8]
    ) throws -> (status: Int32, words: String) {
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appendingPathComponent(
            "swabline-\(ProcessInfo.processInfo.globallyUniqueString).xml")
        try Data(document).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments + [file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }
}
