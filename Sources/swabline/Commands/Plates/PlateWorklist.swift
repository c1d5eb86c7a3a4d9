import ArgumentParser
import Foundation
import LabDomain
import LabOperations

extension Plate {
    struct WorklistCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "worklist", abstract: "Print what goes into which well.")

        enum Form: String, ExpressibleByArgument, CaseIterable {
            case text
            case csv
            case run
            case gwl
            case hamilton
            case json
        }

        @OptionGroup var options: LaboratoryOptions
        @Argument(help: "The plate.") var plate: String
        @Option(
            help: """
                text: a picture and a list; csv; json; run: an empty run file to fill in; gwl: for \
                Tecan's robots; hamilton: for Hamilton's.
                """)
        var format: Form = .text
        @Option(help: "What the letters of the picture say: kind, risk or slack.")
        var by: Worklist.Lettering = .kind

        func run() throws {
            let output = try OutputOptions.parse(format == .json ? ["--format", "json"] : [])
            try session(options, output) { laboratory, handle in
                let worklist = try laboratory.worklist(
                    of: PlateID(plate.uppercased()), as: handle)
                switch format {
                case .csv: FileHandle.standardOutput.write(Data(worklist.csv))
                case .run: FileHandle.standardOutput.write(Data(worklist.emptyRun))
                case .gwl: FileHandle.standardOutput.write(Data(worklist.gwl))
                case .hamilton: FileHandle.standardOutput.write(Data(worklist.hamilton))
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
            return "Plate \(worklist.plate), \(worklist.assay)\(lotText(worklist.lot)), "
                + "\(worklist.kit.rawValue) kit; "
                + "the run must report \(worklist.channels.joined(separator: ", "))\n\n"
                + worklist.picture(by: by, at: .now) + "\n\n"
                + table(["well", "content", "code", "purpose", "members"], rows)
        }
    }
}

extension Worklist.Lettering: ExpressibleByArgument {}
