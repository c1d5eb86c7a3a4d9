import Foundation

/// The built program, run as a user runs it.
struct Program {
    /// What a command answered.
    struct Answer {
        let status: Int32
        let output: String
        let errors: String
    }

    let folder: URL
    var environment: [String: String] = [:]

    /// The repository's root.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The folder of the built products: the one that this test bundle lies in.
    static let products: URL = {
        let arguments = ProcessInfo.processInfo.arguments
        let bundle = arguments.first { $0.contains(".xctest") } ?? arguments[0]
        var folder = URL(fileURLWithPath: bundle)
        while folder.path.count > 1 {
            folder = folder.deletingLastPathComponent()
            let program = folder.appendingPathComponent("swabline").path
            if FileManager.default.isExecutableFile(atPath: program) { return folder }
        }
        return root.appendingPathComponent(".build/debug")
    }()

    /// A program that works in a new empty folder.
    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("swabline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Removes the folder with everything in it.
    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// The program, or another one, ready to be started in the folder.
    func process(_ arguments: [String], path: String? = nil) -> Process {
        let process = Process()
        let program = Self.products.appendingPathComponent("swabline").path
        process.executableURL = URL(fileURLWithPath: path ?? program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // What the caller's shell says of a laboratory of theirs is not for the tests.
        var variables = ProcessInfo.processInfo.environment
            .filter { !$0.key.hasPrefix("SWABLINE_") || $0.key == "SWABLINE_REFERENCE" }
        variables["PATH"] = Self.products.path + ":" + (variables["PATH"] ?? "/usr/bin:/bin")
        process.environment = variables.merging(environment) { _, own in own }
        process.standardInput = FileHandle.nullDevice
        return process
    }

    /// Runs the program to its end.
    @discardableResult
    func run(_ arguments: String...) throws -> Answer { try run(arguments) }

    /// Runs the program, or another one, to its end.
    func run(_ arguments: [String], path: String? = nil) throws -> Answer {
        // Errors go to a file: two full pipes would wait for each other.
        let file = folder.appendingPathComponent(".errors-\(UUID().uuidString)")
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = process(arguments, path: path)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: file)
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Answer(
            status: process.terminationStatus, output: String(decoding: data, as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }

    /// Writes a file into the folder.
    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    /// Makes a laboratory with a technician and a supervisor, and acts as the technician.
    mutating func makeLaboratory() throws {
        environment["SWABLINE_DATABASE"] = "lab.sqlite"
        try run("init")
        try run("person", "add", "li.na", "--role", "technician", "--as", "admin")
        try run("person", "add", "wang.fang", "--role", "supervisor", "--as", "admin")
        environment["SWABLINE_AS"] = "li.na"
    }
}
