import ArgumentParser
import LabDomain
import LabOperations

/// Assays.
struct AssayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay", abstract: "Show the laboratory's assays, and check one in YAML.",
        discussion: """
            An assay stands in the laboratory's settings, under `assays`. One that comes with
            swabline is named there: `- { ready: cdc-2019-ncov, kit: first }`.
            """,
        subcommands: [List.self, Show.self, Check.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the laboratory's assays, or those that come with swabline.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "List the ones that come with swabline.") var ready = false

        func run() throws {
            if ready {
                return try session(output) {
                    let assays = try Laboratory.readyAssays()
                    switch output.format {
                    case .text: print(words(assays))
                    case .json: try printJSON(assays)
                    }
                }
            }
            try session(options, output) { laboratory, handle in
                try show(try laboratory.assays(as: handle), output, in: laboratory, text: words)
            }
        }

        private func words(_ assays: [AssayEntry]) -> String {
            table(
                ["assay", "kit", "channels", "lots", "pools of"],
                assays.map {
                    [
                        $0.name, $0.kit?.rawValue ?? "-", $0.targets.joined(separator: " "),
                        $0.lots.isEmpty ? "-" : $0.lots.joined(separator: ", "),
                        $0.poolSizes?.map(String.init).joined(separator: ", ") ?? "any",
                    ]
                })
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Print an assay that comes with swabline as YAML, to read or to start from.")
        @OptionGroup var output: OutputOptions
        @Argument(help: "Its name, as `assay list --ready` shows it.") var name: String

        func run() throws {
            try session(output) { print(try Laboratory.readyAssay(name)) }
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Read an assay in YAML and tell every fault with its line and column.")
        @OptionGroup var output: OutputOptions
        @Argument(help: "YAML file, or - for standard input.") var file: String

        func run() throws {
            try session(output) {
                let assay = try Laboratory.checkAssay(try readText(file), file: file)
                switch output.format {
                case .text:
                    let channels = assay.targets.joined(separator: ", ")
                    print("The assay \(assay.name) is sound: \(channels).")
                case .json: try printJSON(assay)
                }
            }
        }
    }
}
