import ArgumentParser
import LabDomain
import LabOperations

/// Changes of released results.
struct ResultCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "result",
        abstract: "Correct or withdraw released results; each change has two signatures.",
        discussion: """
            One supervisor proposes, another signs; neither has entered the run. Receivers that \
            were told are told again, under a new number: a correction as C, a result of another \
            person as W.
            """,
        subcommands: [List.self, Correct.self, Withdraw.self, Sign.self, Refuse.self],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Changes that await their second signature.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try session(options, output) { laboratory, handle in
                let zone = try laboratory.rules().settings.zone
                try show(try laboratory.amendments(as: handle), output, in: laboratory) { list in
                    guard !list.isEmpty else { return "No change awaits a signature." }
                    return table(
                        ["change", "tube", "person", "result", "reason", "proposed by", "at"],
                        list.map {
                            [
                                $0.amendment.text, $0.tube.text, $0.person.text,
                                $0.outcome?.rawValue ?? "withdrawn", $0.reason.rawValue,
                                $0.proposedBy, zone.minuteText($0.proposedAt),
                            ]
                        })
                }
            }
        }
    }

    struct Correct: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "correct",
            abstract: "Propose another result for a tube that was tested by itself.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The tube's barcode.") var tube: String
        @Option(help: "The right result: detected or not-detected.") var outcome: Outcome
        @Option(help: "Why: \(reasons).") var reason: AmendmentReason

        func run() throws {
            try perform(
                ProposeAmendment(
                    scan: tube, person: nil, change: .correction(outcome), reason: reason),
                options, keys, output, text: words)
        }
    }

    struct Withdraw: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "withdraw",
            abstract: "Propose to withdraw a result that is another person's.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The tube's barcode.") var tube: String
        @Option(help: "The person's identifier, where several are in the tube.")
        var person: String?
        @Option(help: "Why: \(reasons).") var reason: AmendmentReason

        func run() throws {
            try perform(
                ProposeAmendment(
                    scan: tube, person: person.map { PersonID($0.uppercased()) },
                    change: .withdrawal, reason: reason),
                options, keys, output, text: words)
        }
    }

    struct Sign: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign",
            abstract: "Sign a proposed change: it counts from now on.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The change.") var amendment: String

        func run() throws {
            try perform(
                DecideAmendment(
                    amendment: AmendmentID(amendment.uppercased()), isAccepted: true),
                options, keys, output
            ) { "\($0.amendment) signed: the result of \($0.person) in \($0.tube) is changed." }
        }
    }

    struct Refuse: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "refuse",
            abstract: "Refuse a proposed change: the result stays.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The change.") var amendment: String

        func run() throws {
            try perform(
                DecideAmendment(
                    amendment: AmendmentID(amendment.uppercased()), isAccepted: false),
                options, keys, output
            ) { "\($0.amendment) refused: the result of \($0.person) in \($0.tube) stays." }
        }
    }

    private static let reasons = AmendmentReason.allCases.map(\.rawValue)
        .joined(separator: ", ")

    private static func words(_ answer: ProposeAmendment.Answer) -> String {
        "\(answer.amendment) proposed for \(answer.person) in \(answer.tube); another "
            + "supervisor signs it: swabline result sign \(answer.amendment)."
    }
}

extension Outcome: ExpressibleByArgument {}
extension AmendmentReason: ExpressibleByArgument {}
