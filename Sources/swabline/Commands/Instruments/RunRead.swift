import ArgumentParser
import LabDomain
import LabOperations

extension Run {
    struct Read: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "read",
            abstract: "Show what an instrument's file holds; nothing is stored.",
            discussion: """
                Which kind of file it is, its content says: RDML 1.0 to 1.4; QuantStudio, ViiA 7, \
                StepOne and 7500 text and workbooks; Design & Analysis and Diomni; TaqPath; EDS \
                experiments; SDS tables; CFX Cq tables and plate views; LightCycler 480 and 96; \
                Rotor-Gene Q; Mx3005P; and the laboratory's own CSV. No laboratory is needed.

                A cq of null is "not detected" in the words of that format. Anything else is read \
                by --map, a YAML file:

                  instrument: SLAN-96P
                  columns: {well: Well, sample: Sample, target: Gene, dye: Channel, cq: Ct}
                  not-detected: [NoCt]

                Where each channel has columns of its own, write a list `channels` with target, \
                dye, cq and call instead of those columns. Further keys: delimiter (comma, \
                semicolon, tab), sheet, skip (lines before the heading), call and excluded under \
                columns, blank-is-not-detected, zero-is-not-detected, cycles (a Cq from there on \
                is none), first-well (0 or 1) and wells (96 or 384) where wells are numbered.
                """)
        @OptionGroup var output: OutputOptions
        @Argument(help: "The file, or - for standard input.") var file: String
        @Option(name: .customLong("run"), help: "Of several runs: its id, or its number from 1.")
        var chosen: String?
        @Option(help: "96 or 384, where the file numbers its wells and does not say.")
        var wells: Int?
        @Option(help: "A column map in YAML.") var map: String?

        func validate() throws {
            guard wells.map({ PlateFormat(rawValue: $0) != nil }) ?? true else {
                throw ValidationError("A plate has 96 or 384 wells.")
            }
        }

        func run() throws {
            try session(output) {
                let read = try ReadInstrumentFile(
                    try swabline.read(file), run: chosen,
                    plate: wells.flatMap(PlateFormat.init(rawValue:)),
                    map: try map.map { (try readText($0), $0) })
                switch output.format {
                case .json: try printJSON(read)
                case .text: print(text(read))
                }
            }
        }

        private func text(_ read: ReadInstrumentFile) -> String {
            let rows = read.wells.map {
                [
                    "\($0.well)", $0.sample ?? "", $0.target, $0.dye ?? "",
                    $0.cq.map { digits($0, 6) } ?? "-", $0.called ?? "",
                    $0.excluded ? "excluded" : "",
                ]
            }
            let wells = Set(read.wells.map(\.well)).count
            let crossed = read.wells.count { $0.cq != nil }
            let maker = [read.instrument, read.software].compactMap(\.self)
            return ([read.format] + maker).joined(separator: ", ") + "\n"
                + "\(count(read.wells.count, "reading")) in \(count(wells, "well")), "
                + "\(crossed) with a Cq\n"
                + read.warnings.map { "warning: \($0)\n" }.joined() + "\n"
                + table(["well", "sample", "target", "dye", "cq", "called", ""], rows)
        }
    }
}
