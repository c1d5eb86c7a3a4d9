import ArgumentParser
import LabDomain
import LabOperations

/// Devices and programs with keys for the interface.
struct Device: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "device",
        abstract: "Give devices and programs keys for the interface, and take them back.",
        discussion: """
            A program sends its key with every request: Authorization: Bearer KEY. The key has the \
            role and the unit or site of its handle. See specs/openapi.yaml.
            """,
        subcommands: [Add.self, Key.self, List.self, Retire.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Add a device or program, and print its key once.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The name under which it acts, such as analyser-1.") var handle: String
        @Option(help: "What it is.", transform: Role.hire) var role: Role = .device
        @OptionGroup var place: ScopeOptions

        func run() throws {
            try session(options, output) { laboratory, administrator in
                _ = try laboratory.perform(
                    AddPerson(handle: handle, role: role, name: nil, scope: place.scope()),
                    as: administrator, at: .now)
                try Device.showKey(of: handle, by: administrator, in: laboratory, output)
            }
        }
    }

    struct Key: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "key",
            abstract: "Give somebody who is there a new key; the one before it opens nothing.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The name under which it acts.") var handle: String

        func run() throws {
            try session(options, output) { laboratory, administrator in
                try Device.showKey(of: handle, by: administrator, in: laboratory, output)
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List everything with a key.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try session(options, output) { laboratory, handle in
                let zone = try laboratory.rules().settings.zone
                try show(try laboratory.devices(as: handle), output, in: laboratory) { devices in
                    table(
                        ["handle", "role", "unit or site", "key of", ""],
                        devices.map {
                            [
                                $0.handle, $0.role.rawValue, $0.unit ?? $0.site ?? "",
                                zone.minuteText($0.issuedAt), $0.isRetired ? "retired" : "",
                            ]
                        })
                }
            }
        }
    }

    struct Retire: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retire",
            abstract: "End a device's or program's rights; its key opens nothing any longer.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The name under which it acts.") var handle: String

        func run() throws {
            try perform(RetirePerson(handle: handle), options, keys, output) {
                "`\($0.handle)` may act no longer."
            }
        }
    }

    /// A new key, told once.
    private struct Issued: Encodable {
        let handle: String
        let key: String
    }

    private static func showKey(
        of handle: String, by administrator: String, in laboratory: Laboratory,
        _ output: OutputOptions
    ) throws {
        let key = try laboratory.issueKey(for: handle, as: administrator, at: .now)
        try show(Issued(handle: handle, key: key), output, in: laboratory) {
            "\($0.handle)  \($0.key)\nThe key is shown this once; it is kept as a hash alone."
        }
    }
}
