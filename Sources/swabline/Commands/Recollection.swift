import ArgumentParser
import LabDomain
import LabOperations

/// People who must be swabbed again.
struct Recollection: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recollection",
        abstract: "List the people to call back, and end a search.",
        subcommands: [List.self, Close.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "The call list: who is to be swabbed again, where they are, since when.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "Also those that ended.") var all = false

        func run() throws {
            try session(options, output) { laboratory, handle in
                let zone = try laboratory.rules().settings.zone
                let list = try laboratory.recollections(onlyOpen: !all, as: handle)
                try show(list, output, in: laboratory) { list in
                    guard !list.isEmpty else { return "Nobody is to be called back." }
                    return table(
                        [
                            "recollection", "name", "telephone", "address", "unit", "tube",
                            "reason", "state", "due",
                        ],
                        list.map {
                            [
                                $0.recollection.text, $0.name, $0.telephone, $0.address, $0.unit,
                                $0.tube.text, $0.reason.rawValue, $0.state,
                                $0.due.map(zone.minuteText) ?? "-",
                            ]
                        })
                }
            }
        }
    }

    struct Close: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "close",
            abstract: "End a search without a new swab.",
            discussion: """
                A person who is swabbed again needs no closing: registering the new single tube \
                links it and ends the recollection.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The recollection.") var recollection: String
        @Option(help: "How it ended.") var outcome: RecollectionOutcome

        func run() throws {
            try perform(
                CloseRecollection(
                    recollection: RecollectionID(recollection.uppercased()), outcome: outcome),
                options, keys, output
            ) { "Recollection \($0.recollection) ended: \($0.outcome.rawValue)." }
        }
    }
}
