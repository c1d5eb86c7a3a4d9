import ArgumentParser

/// What pools cost and miss.
struct Pooling: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pooling",
        abstract: "Which pools, what they cost, what they miss.",
        subcommands: [
            Advise.self, CharacteristicsCommand.self, Optimise.self, Decode.self, Check.self,
        ])
}
