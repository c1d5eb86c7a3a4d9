import ArgumentParser
import LabDomain
import LabOperations

extension Plate {
    struct Combine: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "combine",
            abstract: "Put two to four plates of 96 wells together on one of 384.",
            discussion: """
                In the order in which they are named they begin at A1, B1, A2 and B2 and take \
                every second row and column. The larger plate has its own worklist and run, which \
                answers for all of them.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The plates, in the order of the quadrants.") var plates: [String]

        func run() throws {
            let command = CombinePlates(plates: plates.map { PlateID($0.uppercased()) })
            try perform(command, options, keys, output) {
                "Plate \($0.plate): \(count($0.samples, "sample")) and \($0.controls) controls of "
                    + "\($0.sources.map(\.text).joined(separator: ", ")).\n"
                    + "Next: swabline plate worklist \($0.plate)"
            }
        }
    }

    struct FailWellCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fail-well",
            abstract: "Take a well out of a plate that waits for its run; its test waits again.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The plate.") var plate: String
        @Argument(help: "The well, such as C7.") var well: String
        @Option(help: "What went wrong: clot, empty tube, missed by the robot.")
        var reason: String

        func run() throws {
            guard let well = WellPosition(text: well) else {
                throw ValidationError("A well is written A1 to P24.")
            }
            let command = FailWell(
                plate: PlateID(plate.uppercased()), well: well, reason: reason)
            try perform(command, options, keys, output) {
                "Well \($0.well) of \($0.plate) failed; the test of \($0.code) waits again."
            }
        }
    }

    struct Rerun: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rerun",
            abstract: "Lay a plate whose run failed out again, well by well as it was.",
            discussion: """
                For a run whose controls failed or that was refused. Tests that wait no longer are \
                left out: their wells need not be read.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The plate.") var plate: String
        @Option(help: "The kit's lot; else the one in date that expires first.") var lot: String?

        func run() throws {
            let command = RerunPlate(plate: PlateID(plate.uppercased()), lot: lot)
            try perform(command, options, keys, output) { answer in
                let left = answer.leftOut.map(\.description).joined(separator: " ")
                return "Plate \(answer.plate) repeats \(answer.rerunOf): "
                    + "\(count(answer.samples, "sample"))\(lotText(answer.lot))"
                    + (left.isEmpty ? ".\n" : "; left out, as they wait no longer: \(left).\n")
                    + warningLines(answer.warnings)
                    + "Next: swabline plate worklist \(answer.plate)"
            }
        }
    }
}
