import ArgumentParser
import LabOperations

/// A scenario into the laboratory's own list.
struct ScenarioSave: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "save",
        abstract: "Keep a scenario in the laboratory, where its pages show it.",
        discussion: "One of the same name gets another version; earlier versions stay.")
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var keys: KeyOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "A file, - for standard input, or a name of `scenario list`.")
    var scenario: String

    func run() throws {
        let handle = try options.handle()
        try session(output) {
            let laboratory = try options.open()
            let input = try ScenarioSource.input(scenario, in: laboratory, as: handle)
            let known = try laboratory.scenario(input.head.name, as: handle)?.stored
            let done = try laboratory.perform(
                KeepScenario(input.yaml, of: known?.id, changing: known?.version ?? 0),
                as: handle, key: keys.key, at: .now)
            try show(done.answer, output, in: laboratory) {
                "\($0.scenario)  version \($0.version)"
            }
        }
    }
}
