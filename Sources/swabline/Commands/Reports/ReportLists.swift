import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// What is in the outbox.
struct ListReports: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show the messages of the outbox, the newest first.",
        discussion: """
            States: \(MessageState.allCases.map(\.rawValue).joined(separator: ", ")).
            """)
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "One receiver's.") var receiver: String?
    @Option(help: "Those in one state.") var state: MessageState?
    @Option(help: "Those about one tube.") var tube: String?
    @Option(help: "How many at most.") var limit = 100

    func run() throws {
        try session(options, output) { laboratory, handle in
            let zone = try laboratory.rules().settings.zone
            let list = try laboratory.messages(
                to: receiver, in: state, about: tube.map { TubeID($0.uppercased()) },
                limit: max(1, limit), as: handle)
            try show(list, output, in: laboratory) { list in
                guard !list.isEmpty else { return "No such message." }
                return table(
                    [
                        "message", "receiver", "tube", "person", "says", "state", "tries",
                        "answer", "due", "next try",
                    ],
                    list.map { entry in
                        [
                            entry.message.text, entry.receiver, entry.tube.text,
                            entry.person.text, entry.says.rawValue, entry.state.rawValue,
                            "\(entry.tries)", entry.answer ?? "", zone.minuteText(entry.dueAt),
                            entry.state == .sent
                                ? entry.nextAt.map { zone.minuteText($0) } ?? "" : "",
                        ]
                    })
            }
        }
    }
}

/// What cannot be written yet.
struct HeldReports: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "held", abstract: "Show what cannot be written yet, with every reason.")
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var keys: KeyOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "One receiver's.") var receiver: String?
    @Option(help: "How many at most.") var limit = 100
    @Flag(help: "Write them once more: something was mended.") var again = false

    func run() throws {
        guard !again else {
            return try perform(WriteHeld(receiver: receiver), options, keys, output) {
                "\(count($0.written, "message")) written, \($0.held) still held."
            }
        }
        try session(options, output) { laboratory, handle in
            let list = try laboratory.heldMessages(
                for: receiver, limit: max(1, limit), as: handle)
            try show(list, output, in: laboratory) { list in
                guard !list.isEmpty else { return "Nothing is held." }
                return list.map { entry in
                    "HELD \(entry.tube), \(entry.person), to \(entry.receiver): "
                        + entry.reasons.joined(separator: "; ")
                }.joined(separator: "\n")
            }
        }
    }
}

/// What receivers have refused.
struct RejectedReports: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejects",
        abstract: "Show what receivers refused: their words, and the field they mean.")
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "One receiver's.") var receiver: String?
    @Option(help: "How many at most.") var limit = 100

    func run() throws {
        try session(options, output) { laboratory, handle in
            let list = try laboratory.rejects(of: receiver, limit: max(1, limit), as: handle)
            try show(list, output, in: laboratory) { list in
                guard !list.isEmpty else { return "No receiver refuses anything." }
                return list.map(Self.words).joined(separator: "\n")
            }
        }
    }

    private static func words(of entry: RejectEntry) -> String {
        var lines = [
            "\(entry.message) to \(entry.receiver), tube \(entry.tube), \(entry.person): "
                + "\(entry.answer) \(entry.words?.words ?? "")"
        ]
        for finding in entry.words?.findings ?? [] {
            let field = finding.field.isEmpty ? "" : " (\(finding.field))"
            lines.append(
                "  \(finding.severity) \(finding.place)\(field): \(finding.words) "
                    + "[\(finding.code)]")
        }
        return lines.joined(separator: "\n")
    }
}

/// Sends a refused message again.
struct ResendReport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resend",
        abstract: "Write a refused message anew after mending, and send that.",
        discussion: """
            The new message has a number of its own. --unchanged sends the refused one as it is: \
            the receiver has mended its side.
            """)
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var keys: KeyOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The message (MSH-10).") var message: String
    @Flag(help: "Send it as it is.") var unchanged = false

    func run() throws {
        try perform(
            ResendMessage(message: MessageID(message.uppercased()), isUnchanged: unchanged),
            options, keys, output
        ) { answer in
            guard let message = answer.message else {
                return "The new message is held: see swabline report held."
            }
            return message == answer.refused
                ? "\(message) is sent again as it is."
                : "\(message) is sent instead of \(answer.refused)."
        }
    }
}

/// One message as it is sent.
struct ShowReport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Write a message to standard output as it is sent; it names the person.")
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The message (MSH-10).") var message: String

    func run() throws {
        try session(options, output) { laboratory, handle in
            let bytes = try laboratory.messageBytes(
                MessageID(message.uppercased()), as: handle)
            FileHandle.standardOutput.write(Data(bytes))
        }
    }
}

extension MessageState: ExpressibleByArgument {}
