import ArgumentParser
import LabDomain
import LabOperations

/// Tests that wait.
struct Retest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retest",
        abstract: "List the retests, repeats and confirmations that wait for a plate.",
        subcommands: [List.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "What waits for a plate, in the order in which it will be plated.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "Routine tests too.") var all = false

        func run() throws {
            try session(options, output) { laboratory, handle in
                let zone = try laboratory.rules().settings.zone
                let tests = try laboratory.waitingTests(onlyRetests: !all, as: handle)
                try show(tests, output, in: laboratory) { tests in
                    guard !tests.isEmpty else { return "Nothing waits." }
                    return table(
                        ["tube or pool", "kind", "purpose", "kit", "test", "of pool", "due"],
                        tests.map {
                            [
                                $0.subject, $0.kind.rawValue, $0.purpose.rawValue,
                                $0.kit.rawValue, "\($0.ordinal)", $0.pool?.text ?? "",
                                $0.due.map(zone.minuteText) ?? "-",
                            ]
                        })
                }
            }
        }
    }
}
