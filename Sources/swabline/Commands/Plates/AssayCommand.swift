import ArgumentParser
import LabDomain
import LabOperations

/// Assays.
struct AssayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay",
        abstract: "Show the laboratory's assays, check one in YAML, and put one into force.",
        discussion: """
            An assay stands in the laboratory's settings, under `assays`. One that comes with \
            swabline is named there: `- { ready: cdc-2019-ncov, kit: first }`.
            """,
        subcommands: [List.self, Show.self, Check.self, Adopt.self], defaultSubcommand: List.self)

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

    struct Adopt: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a kit of the laboratory another assay; it takes effect at once.",
            discussion: """
                The file is the assay alone, with `kit: first` or `kit: second` in it; all other \
                settings stay as they are. Verdicts remember the version that made them. A plate \
                that was laid out with another version cannot be read by the new one: while any \
                waits for its run the assay is refused, unless --even-while-waiting is given.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "YAML file, or - for standard input.") var file: String
        @Option(help: "Whose place it takes: first or second.") var kit: KitRole = .first
        @Flag(help: "Also while plates laid out with it wait for their run.")
        var evenWhileWaiting = false

        func run() throws {
            var text = ""
            try session(output) { text = try readText(file) }
            let command = AdoptAssay(kit: kit, text: text, evenWhileWaiting: evenWhileWaiting)
            try perform(command, options, keys, output) { answer in
                (answer.version == answer.earlier
                    ? "The \(answer.kit.rawValue) kit is read as before, by \(answer.version)."
                    : "The \(answer.kit.rawValue) kit is read by \(answer.version) now.")
                    + (answer.waiting > 0
                        ? " \(count(answer.waiting, "plate")) can be read no more: swabline plate "
                            + "abandon." : "")
            }
        }
    }
}
