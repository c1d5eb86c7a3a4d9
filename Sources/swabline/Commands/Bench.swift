import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// Plates.
struct Plate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lay out plates and print their worklists.",
        subcommands: [LayOut.self, List.self, WorklistCommand.self, Abandon.self])

    struct LayOut: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "lay-out",
            abstract: "Fill a plate: retests first, then by deadline, around drawn controls.",
            aliases: ["layout"])
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "first: the routine kit; second: the one that proves positives.")
        var kit: KitRole = .first
        @Option(help: "96 or 384 wells; the laboratory's setting else.") var wells: Int?
        @Option(help: "Samples at most.") var most: Int?
        @Argument(help: "Limit the plate to these tubes and pools.") var only: [String] = []

        func validate() throws {
            guard wells.map({ PlateFormat(rawValue: $0) != nil }) ?? true else {
                throw ValidationError("A plate has 96 or 384 wells.")
            }
            guard most.map({ $0 > 0 }) ?? true else {
                throw ValidationError("--most is at least 1.")
            }
        }

        func run() throws {
            let command = LayOutPlate(
                kit: kit, format: wells.flatMap(PlateFormat.init(rawValue:)), most: most,
                only: only.isEmpty ? nil : only)
            try perform(command, options, keys, output) {
                "Plate \($0.plate): \(count($0.samples, "sample")) and \($0.controls) controls in "
                    + "\($0.wells) wells, \($0.assay); \($0.leftWaiting) left waiting.\n"
                    + "Next: swabline plate worklist \($0.plate)"
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the plates that wait for their run.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "Also those that were read.") var all = false

        func run() throws {
            try session(options, output) { laboratory, handle in
                let plates = try laboratory.plates(onlyUnread: !all, as: handle)
                try show(plates, output, in: laboratory) { plates in
                    guard !plates.isEmpty else { return "No plate waits for its run." }
                    return table(
                        ["plate", "assay", "wells", "samples", "state"],
                        plates.map {
                            [
                                $0.plate.text, $0.assay, "\($0.wells)", "\($0.samples)",
                                $0.state == "laid-out" ? "waits for its run" : $0.state,
                            ]
                        })
                }
            }
        }
    }

    struct Abandon: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give up a plate that will never be read; its tests wait again.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The plate.") var plate: String

        func run() throws {
            try perform(
                AbandonPlate(plate: PlateID(plate.uppercased())), options, keys, output
            ) { "Plate \($0.plate) abandoned; \(count($0.testsAgain, "test")) wait again." }
        }
    }

    struct WorklistCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "worklist", abstract: "Print what goes into which well.")

        enum Form: String, ExpressibleByArgument, CaseIterable {
            case text
            case csv
            case run
            case json
        }

        @OptionGroup var options: LaboratoryOptions
        @Argument(help: "The plate.") var plate: String
        @Option(
            help: "text: a picture and a list; csv; json; run: an empty run file to fill in.")
        var format: Form = .text

        func run() throws {
            let output = try OutputOptions.parse(format == .json ? ["--format", "json"] : [])
            try session(options, output) { laboratory, handle in
                let worklist = try laboratory.worklist(
                    of: PlateID(plate.uppercased()), as: handle)
                switch format {
                case .csv: FileHandle.standardOutput.write(Data(worklist.csv))
                case .run: FileHandle.standardOutput.write(Data(worklist.emptyRun))
                case .json: try printJSON(worklist)
                case .text: print(text(worklist))
                }
            }
        }

        private func text(_ worklist: Worklist) -> String {
            let rows = worklist.wells.map {
                [
                    $0.well.description, $0.content, $0.code, $0.purpose?.rawValue ?? "",
                    $0.members.map(\.text).joined(separator: " "),
                ]
            }
            return "Plate \(worklist.plate), \(worklist.assay), \(worklist.kit.rawValue) kit; "
                + "the run must report \(worklist.channels.joined(separator: ", "))\n\n"
                + worklist.picture + "\n\n"
                + table(["well", "content", "code", "purpose", "members"], rows)
        }
    }
}

/// Runs of instruments.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at and import what an instrument read.",
        subcommands: [Read.self, Import.self])

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import a run: controls first, then every well, then what follows from it.",
            discussion: """
                The file is CSV with the columns plate,well,target,cq: one line for each filled
                well and target, controls included; cq is a number, or `Undetermined` where no
                curve crossed the threshold. `swabline plate worklist PLATE --format run` prints
                such a file to fill in. A file that does not fit the plate is refused whole. Failed
                controls make the run invalid (exit code 3): nobody is reported, every test waits
                again.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The CSV file, or - for standard input.") var file: String
        @Option(help: "The plate that the file must belong to.") var plate: String?

        func run() throws {
            var bytes: [UInt8] = []
            try session(output) { bytes = try read(file) }
            let command = ImportRun(file: bytes, plate: plate.map { PlateID($0.uppercased()) })
            var isValid = true
            try perform(command, options, keys, output, text: text) { isValid = $0.isValid }
            if !isValid { throw ExitCode(3) }
        }

        private func broken(_ rules: [String]) -> String {
            rules.isEmpty
                ? "" : "\nBroken: \(rules.joined(separator: ", ")); see swabline controls chart."
        }

        private func text(_ answer: ImportRun.Answer) -> String {
            guard answer.isValid else {
                return "Run \(answer.run) of \(answer.plate) is INVALID: nobody is reported, "
                    + "\(count(answer.newTests, "test")) again to be done.\n"
                    + answer.controlFaults.map {
                        "  \($0.control.rawValue) in \($0.well) failed for \($0.target)"
                    }.joined(separator: "\n")
                    + broken(answer.brokenRules.map(\.rawValue))
            }
            return "Run \(answer.run) of \(answer.plate): controls held; "
                + "\(answer.detected) detected, \(answer.notDetected) not detected, "
                + "\(answer.grey) grey, \(answer.invalid) invalid.\n"
                + "\(count(answer.newTests, "new test")), "
                + "\(count(answer.recollections, "new recollection")). "
                + "Next: swabline review list"
        }
    }
}

/// Tests that wait.
struct Retest: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the retests, repeats and confirmations that wait for a plate.",
        subcommands: [List.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
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
