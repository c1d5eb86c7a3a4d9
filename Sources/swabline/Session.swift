import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// Runs the body of a command and turns every error into words and an exit code.
func session(_ output: OutputOptions, _ body: () throws -> Void) throws {
    do {
        try body()
    } catch let error as ValidationError {
        throw error
    } catch let code as ExitCode {
        throw code
    } catch {
        throw show(Explanation(error), output)
    }
}

/// Opens the laboratory for a command and its actor.
func session(
    _ options: LaboratoryOptions, _ output: OutputOptions,
    _ body: (Laboratory, String) throws -> Void
) throws {
    let handle = try options.handle()
    try session(output) { try body(try options.open(), handle) }
}

/// Performs a command and shows its answer.
func perform<Asked: Command>(
    _ command: Asked, _ options: LaboratoryOptions, _ keys: KeyOptions, _ output: OutputOptions,
    text: (Asked.Answer) -> String, then: (Asked.Answer) -> Void = { _ in }
) throws {
    try session(options, output) { laboratory, handle in
        let done = try laboratory.perform(command, as: handle, key: keys.key, at: .now)
        if done.isRepeated, output.format == .text {
            note("Done before under this key; nothing was changed. The first answer:")
        }
        try show(done.answer, output, in: laboratory, text: text)
        then(done.answer)
    }
}

/// Shows what a command would answer, and stores nothing.
func foresee<Asked: Command>(
    _ command: Asked, _ options: LaboratoryOptions, _ output: OutputOptions,
    text: (Asked.Answer) -> String, then: (Asked.Answer) -> Void = { _ in }
) throws {
    try session(options, output) { laboratory, handle in
        let foreseen = try laboratory.foresee(command, as: handle, at: .now)
        note(
            foreseen.isRepeated
                ? "A trial: this was done before, and would not be done again. The first answer:"
                : "A trial: nothing was stored. What the command would answer:")
        try show(foreseen.answer, output, in: laboratory, text: text)
        then(foreseen.answer)
    }
}

/// Shows an answer as text or as JSON whose instants are in the laboratory's zone.
func show<Answer: Encodable>(
    _ answer: Answer, _ output: OutputOptions, in laboratory: Laboratory,
    text: (Answer) -> String
) throws {
    switch output.format {
    case .text: print(text(answer))
    case .json: try printJSON(answer, zone: try laboratory.rules().settings.zone)
    }
}

func printJSON(_ value: some Encodable, zone: Zone = .china) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    if let key = Timestamp.zone { encoder.userInfo[key] = zone }
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
}

/// A line for the person at the keyboard that is not the answer.
func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}

private func show(_ trouble: Explanation, _ output: OutputOptions) -> ExitCode {
    if output.format == .json { try? printJSON(["error": trouble]) }
    note("swabline: \(trouble.message)")
    for place in trouble.places { note("  " + words(of: place)) }
    if !trouble.remedy.isEmpty { note("  -> \(trouble.remedy)") }
    return trouble.kind.exitCode
}

extension Explanation.Kind {
    /// The shell's exit code, after BSD's sysexits.
    fileprivate var exitCode: ExitCode {
        switch self {
        case .refused: ExitCode(1)
        case .badData: ExitCode(65)
        case .unknown: ExitCode(66)
        case .exists: ExitCode(73)
        case .io: ExitCode(74)
        case .busy: ExitCode(75)
        case .notPermitted: ExitCode(77)
        }
    }
}

/// `line 7, column 3 (document_number): what; what to do`.
func words(of place: Refusal.Place) -> String {
    var at: [String] = []
    if let line = place.line { at.append("line \(line)") }
    if let column = place.column { at.append("column \(column)") }
    let subject = place.subject.map { at.isEmpty ? $0 : " (\($0))" } ?? ""
    let head = at.joined(separator: ", ") + subject
    return (head.isEmpty ? "" : head + ": ") + place.message.text
        + (place.remedy.isEmpty ? "" : " -> \(place.remedy)")
}

/// Reads a whole file, or standard input for `-`.
func read(_ path: String) throws -> [UInt8] {
    if path == "-" { return [UInt8](FileHandle.standardInput.readDataToEndOfFile()) }
    guard let file = FileHandle(forReadingAtPath: path) else {
        throw Refusal(
            .unknown, "The file \(path) cannot be read.", remedy: "Check its name and its rights.")
    }
    return [UInt8](try file.readToEnd() ?? Data())
}

/// Makes sure before any work that a new file can be written, and that none is overwritten.
func refuseIfTaken(_ path: String) throws {
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY, 0o600)
    guard descriptor >= 0 else {
        let isThere = errno == EEXIST
        throw Refusal(
            isThere ? .exists : .file,
            isThere
                ? "There is a file at \(path) already; nothing was done."
                : "No file can be made at \(path); nothing was done.",
            remedy: "Name a file that does not exist yet, in a folder that may be written.")
    }
    close(descriptor)
    unlink(path)
}

/// Reads a text file.
func readText(_ path: String) throws -> String { String(decoding: try read(path), as: UTF8.self) }
