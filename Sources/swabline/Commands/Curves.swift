import ArgumentParser
import Foundation
import LabOperations

/// What amplification curves say by themselves.
struct Curves: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "curves",
        abstract: "Call amplification curves without an instrument's word.",
        subcommands: [Call.self])
}

extension Curves {
    struct Call: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "call",
            abstract: "Call every curve of a file: its own Cq, positive, negative or ambiguous.",
            discussion: """
                The first column is the cycle, each other column a curve; commas, semicolons or \
                tabs lie between the cells, and an empty cell, NA or nan is a gap.

                The Cq is the cycle of the greatest second derivative of a fitted sigmoid, null \
                for a negative curve. The quality runs from 0 to 1; from 0.8 on a positive curve \
                needs nobody's look. Nothing is stored; no laboratory is needed.
                """)

        @Argument(help: "The file, or - for standard input.") var file: String
        @Option(help: "How to answer: json for programs, text for people.")
        var format: OutputOptions.Format = .json

        func run() throws {
            var output = OutputOptions()
            output.format = format
            try session(output) {
                let curves = try CalledCurve.call(file: try read(file))
                switch format {
                case .json: try printJSON(curves)
                case .text: print(text(curves))
                }
            }
        }

        private func text(_ curves: [CalledCurve]) -> String {
            let rows = curves.map { curve in
                [
                    curve.id, curve.cq.map { String(format: "%.2f", $0) } ?? "-", curve.call,
                    String(format: "%.2f", curve.quality), curve.picture,
                    curve.remarks.joined(separator: ", "),
                ]
            }
            return swabline.table(["curve", "Cq", "call", "quality", "", ""], rows)
        }
    }
}
