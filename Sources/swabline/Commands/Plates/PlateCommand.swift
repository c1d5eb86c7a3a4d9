import ArgumentParser
import LabDomain
import LabOperations

/// Plates.
struct Plate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plate",
        abstract: "Lay out plates and print their worklists.",
        subcommands: [
            LayOut.self, List.self, WorklistCommand.self, Combine.self, FailWellCommand.self,
            Rerun.self, Abandon.self,
        ])

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
        @Option(help: "The kit's lot; else the one in date that expires first.") var lot: String?
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
                only: only.isEmpty ? nil : only, lot: lot)
            try perform(command, options, keys, output) {
                "Plate \($0.plate): \(count($0.samples, "sample")) and \($0.controls) controls in "
                    + "\($0.wells) wells, \($0.assay)\(lotText($0.lot)); "
                    + "\($0.leftWaiting) left waiting.\n" + warningLines($0.warnings)
                    + "Next: swabline plate worklist \($0.plate)"
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
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
            commandName: "abandon",
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
}

/// `, lot X` where there is one.
func lotText(_ lot: String?) -> String { lot.map { ", lot \($0)" } ?? "" }

/// Warnings, each on its line.
func warningLines(_ warnings: [Wording]?) -> String {
    (warnings ?? []).map { "Mind: \($0.text)\n" }.joined()
}
