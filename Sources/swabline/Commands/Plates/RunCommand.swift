import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// Runs of instruments.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Look at and import what an instrument read.",
        subcommands: [
            Read.self, Import.self, FileCommand.self, LooksCommand.self, Look.self,
        ])

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Import a run: controls first, then every well, then what follows from it.",
            discussion: """
                The file is what the instrument's software exports or saves (`swabline run read \
                --help` lists the kinds); name the plate with --plate where the file does not. \
                Channels are found by the assay's names, and else by its dyes. What the instrument \
                says is held against the curves, and where the two do not go together a second \
                person looks: `swabline run looks`. The file itself is kept, sealed, with its \
                hash; `swabline run file PLATE` gives it back.

                Or it is CSV with the columns plate,well,target,cq: one line for each filled well \
                and target, controls included; cq is a number, or `Undetermined` where no curve \
                crossed the threshold. `swabline plate worklist PLATE --format run` prints such a \
                file to fill in. A file that does not fit the plate is refused whole. Failed \
                controls make the run invalid (exit code 3): nobody is reported, every test waits \
                again.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The file, or - for standard input.") var file: String
        @Option(help: "The plate that was read; else the one that the file names.")
        var plate: String?
        @Option(name: .customLong("run"), help: "Of several runs: its id, or its number from 1.")
        var chosen: String?
        @Option(help: "A column map in YAML, for files of no known kind.") var map: String?
        @Flag(name: .customLong("dry-run"), help: "Tell what would come of it; store nothing.")
        var isDry = false
        @Option(
            name: .customLong("repeat"),
            help: ArgumentHelp("With --dry-run, time this many passes.", visibility: .hidden))
        var passes: Int?
        @Flag(help: ArgumentHelp("With --repeat, write nothing at all.", visibility: .hidden))
        var withoutWriting = false

        func validate() throws {
            guard let passes else { return }
            guard isDry, passes >= 1 else {
                throw ValidationError("--repeat is a number from 1, and goes with --dry-run.")
            }
        }

        func run() throws {
            var bytes: [UInt8] = []
            var hints = InstrumentHints(run: chosen)
            try session(output) {
                bytes = try read(file)
                hints.map = try map.map { (try readText($0), $0) }
            }
            let command = ImportRun(
                file: bytes, plate: plate.map { PlateID($0.uppercased()) }, hints: hints)
            if let passes { return try time(passes, of: command) }
            var isValid = true
            if isDry {
                try foresee(command, options, output, text: text) { isValid = $0.isValid }
            } else {
                try perform(command, options, keys, output, text: text) { isValid = $0.isValid }
            }
            if !isValid { throw ExitCode(3) }
        }

        /// For tools/bench and tools/soak: how long a pass takes, and what memory it leaves.
        private func time(_ passes: Int, of command: ImportRun) throws {
            try session(options, output) { laboratory, handle in
                let record = try TimedPasses(passes) {
                    if withoutWriting {
                        _ = try laboratory.resolveRun(command, as: handle, at: .now)
                    } else {
                        _ = try laboratory.foresee(command, as: handle, at: .now)
                    }
                }
                try show(record, output, in: laboratory) { $0.text }
            }
        }

        private func broken(_ rules: [String]) -> String {
            rules.isEmpty
                ? "" : "\nBroken: \(rules.joined(separator: ", ")); see swabline controls chart."
        }

        private func text(_ answer: ImportRun.Answer) -> String {
            for warning in answer.warnings ?? [] { note("warning: \(warning)") }
            guard answer.isValid else {
                return "Run \(answer.run) of \(answer.plate) is INVALID: nobody is reported, "
                    + "\(count(answer.newTests, "test")) again to be done.\n"
                    + answer.controlFaults.map {
                        "  \($0.control.rawValue) in \($0.well) failed for \($0.target)"
                            + ($0.why.map { ": \($0.rawValue)" } ?? "")
                    }.joined(separator: "\n")
                    + broken(answer.brokenRules.map(\.rawValue))
            }
            return "Run \(answer.run) of \(answer.plate): controls held; "
                + "\(answer.detected) detected, \(answer.notDetected) not detected, "
                + "\(answer.grey) grey, \(answer.invalid) invalid.\n"
                + "\(count(answer.newTests, "new test")), "
                + "\(count(answer.recollections, "new recollection")). "
                + lookText(answer.looks ?? []) + "Next: swabline review list"
        }
    }
}

/// The wells at which a person must look, in a line.
private func lookText(_ looks: [WellLook]) -> String {
    guard !looks.isEmpty else { return "" }
    return "A second person must look at \(looks.map(\.well.description).joined(separator: " ")): "
        + "swabline run looks.\n"
}

extension Run {
    struct FileCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "file",
            abstract: "Give back the file that a run was imported from, to standard output.")
        @OptionGroup var options: LaboratoryOptions
        @Argument(help: "The plate.") var plate: String

        func run() throws {
            try session(options, try OutputOptions.parse([])) { laboratory, handle in
                let file = try laboratory.evidence(
                    of: PlateID(plate.uppercased()), as: handle)
                FileHandle.standardOutput.write(Data(file))
            }
        }
    }

    struct LooksCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "looks",
            abstract: "List the wells whose instrument and curve do not go together.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "A plate; without it every run that waits for a look.") var plate: String?
        @Flag(help: "Also wells at which somebody has looked.") var all = false

        func run() throws {
            try session(options, output) { laboratory, handle in
                let looks = try laboratory.looks(
                    of: plate.map { PlateID($0.uppercased()) }, onlyOpen: !all, as: handle)
                try show(looks, output, in: laboratory) { looks in
                    guard !looks.isEmpty else { return "No well waits for a look." }
                    return table(
                        ["plate", "well", "tube or pool", "says", "because", "decision"],
                        looks.map {
                            [
                                $0.plate.text, $0.well.description, $0.code ?? "control",
                                $0.verdict?.rawValue ?? "-",
                                $0.reasons.map(\.words.text).joined(separator: "; "),
                                $0.decision.map { "\($0.rawValue)" } ?? "-",
                            ]
                        })
                }
            }
        }
    }

    struct Look: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "look",
            abstract: "Decide about a well whose instrument and curve do not go together.",
            discussion: """
                By somebody else than the one who imported the run. Accepted, the well says what \
                its Cq says, or with --by-curve what our own Cq of its curves says; repeated, its \
                test waits again. Nothing of the well is released before.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: ArgumentHelp("The run, or its plate.", valueName: "run")) var name: String
        @Argument(help: "The well, such as C7.") var well: String
        @Flag(help: "What the Cq says counts.") var accept = false
        @Flag(help: "The test is done again.") var `repeat` = false
        @Flag(help: "With --accept: our own Cq of its curves counts, not the instrument's.")
        var byCurve = false
        @Option(help: "The reason, of at most 300 characters.") var why: String?

        func validate() throws {
            guard accept != `repeat` else {
                throw ValidationError("Give --accept or --repeat.")
            }
            guard accept || !byCurve else {
                throw ValidationError("--by-curve goes with --accept.")
            }
        }

        func run() throws {
            guard let well = WellPosition(text: well) else {
                throw ValidationError("A well is written A1 to P24.")
            }
            let command = LookAtWell(
                run: name.uppercased(), well: well, accepts: accept, byCurve: byCurve, why: why)
            try perform(command, options, keys, output) {
                "Well \($0.well) of \($0.plate) \($0.decision.rawValue)"
                    + ($0.verdict.map { ": \($0.rawValue)" } ?? "") + "; "
                    + "\(count($0.newTests, "new test")), "
                    + "\(count($0.left, "well")) left to look at."
            }
        }
    }
}
