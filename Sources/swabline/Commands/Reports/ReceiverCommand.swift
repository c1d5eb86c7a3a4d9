import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// To whom reports go.
struct ReceiverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receiver", abstract: "Say to whom reports are sent, and how.",
        subcommands: [List.self, Show.self, Adopt.self, Retire.self],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "The receivers of reports.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try session(options, output) { laboratory, handle in
                try show(try laboratory.receivers(as: handle), output, in: laboratory) { list in
                    guard !list.isEmpty else {
                        return "No receiver: reports are made for nobody."
                    }
                    return table(
                        ["name", "profile", "encoding", "codes", "transport", ""],
                        list.map {
                            [
                                $0.name, $0.profile, $0.encoding.rawValue, $0.codes,
                                $0.transport,
                                $0.isRetired ? "retired" : "",
                            ]
                        })
                }
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Print a receiver's settings as YAML, to read or to start from.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "Print the settings that come with swabline.") var shipped = false
        @Argument(help: "The receiver.") var name: String?

        func validate() throws {
            guard shipped != (name != nil) else {
                throw ValidationError("Name a receiver, or say --shipped.")
            }
        }

        func run() throws {
            guard let name else {
                return try session(output) { print(try Laboratory.shippedReceiver()) }
            }
            try session(options, output) { laboratory, handle in
                print(try laboratory.receiverText(name, as: handle))
            }
        }
    }

    struct Adopt: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "adopt",
            abstract: "Take a receiver into the laboratory, or give it other settings.",
            discussion: """
                From now on each release makes the receiver's messages; what was released before \
                is not told of. Messages that wait already keep their bytes. A file of codes that \
                the settings name is read from beside them and becomes part of them.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "YAML file, or - for standard input.") var file: String

        func run() throws {
            var text = ""
            try session(output) { text = try readReceiver(file) }
            try perform(AdoptReceiver(text: text), options, keys, output) {
                "Reports go to \($0.name) over \($0.transport)."
            }
        }
    }

    struct Retire: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retire",
            abstract: "Send nothing more to a receiver.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The receiver.") var name: String

        func run() throws {
            try perform(RetireReceiver(name: name), options, keys, output) {
                "\($0.name) gets nothing more; \(count($0.waiting, "message")) stay unsent."
            }
        }
    }
}

/// A receiver's settings with the file of codes that lies beside them, if they name one.
func readReceiver(_ file: String) throws -> String {
    let text = try readText(file)
    guard let name = CodeFileBeside.name(in: text) else { return text }
    let folder = file == "-" ? "" : (file as NSString).deletingLastPathComponent
    return try CodeFileBeside.settings(
        text, holding: try read(folder.isEmpty ? name : folder + "/" + name), named: name)
}
