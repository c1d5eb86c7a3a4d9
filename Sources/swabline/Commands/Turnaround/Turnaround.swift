import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// How long the way of a sample takes.
struct Turnaround: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "turnaround",
        abstract: "How long samples take, and will take.",
        subcommands: [
            TurnaroundReportCommand.self, TurnaroundBoardCommand.self,
            TurnaroundForecastCommand.self, Analyse.self, TurnaroundReplay.self,
            TurnaroundScoreCommand.self,
            TurnaroundTrial.self,
        ])

    /// What a number in a cell counts.
    enum Unit: String, ExpressibleByArgument, CaseIterable {
        case minutes
        case hours
        case days

        var hours: Double {
            switch self {
            case .minutes: 1.0 / 60
            case .hours: 1
            case .days: 24
            }
        }
    }

    struct Analyse: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "analyse",
            abstract: "Sum up recorded durations, with and without the rows that cannot be right.",
            discussion: """
                The file is a table (CSV) with one row for each test and two columns of durations. \
                Quantiles are by linear interpolation. Rows with a negative, an impossibly long or \
                a missing duration are listed, and the figures are given with and without them.
                """)
        @OptionGroup var output: OutputOptions
        @Argument(help: "The CSV file, or - for standard input.") var file: String
        @Option(help: "The column of durations from receipt to the verified result.")
        var receivedToVerified: String
        @Option(help: "The column of durations from collection to receipt.")
        var collectedToReceived: String
        @Option(help: "What the numbers count.") var unit: Unit = .hours
        @Option(help: "The longest duration in hours that can be right.") var longest = 168.0

        func validate() throws {
            guard longest > 0 else { throw ValidationError("--longest is a number above 0.") }
        }

        func run() throws {
            try session(output) {
                let turnaround = try RecordedTurnaround(
                    try read(file),
                    columns: RecordedTurnaround.Columns(
                        collectedToReceived: collectedToReceived,
                        receivedToVerified: receivedToVerified),
                    unit: unit.hours, longest: longest)
                switch output.format {
                case .json: try printJSON(Printed(turnaround))
                case .text: print(text(turnaround))
                }
            }
        }

        /// The figures over all rows stand at the top of the answer for programs.
        private struct Printed: Encodable {
            let turnaround: RecordedTurnaround

            enum CodingKeys: String, CodingKey {
                case rows
                case clean
                case rejected
                case longest = "longest_hours"
            }

            init(_ turnaround: RecordedTurnaround) { self.turnaround = turnaround }

            func encode(to encoder: any Encoder) throws {
                try turnaround.all.encode(to: encoder)
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(turnaround.rows, forKey: .rows)
                try container.encode(turnaround.clean, forKey: .clean)
                try container.encode(turnaround.rejected, forKey: .rejected)
                try container.encode(turnaround.longest, forKey: .longest)
            }
        }

        private func text(_ turnaround: RecordedTurnaround) -> String {
            func hours(_ value: Double?) -> String {
                value.map { String(format: "%.1f", $0) } ?? "-"
            }
            func share(_ value: Double?) -> String {
                value.map { String(format: "%.2f %%", 100 * $0) } ?? "-"
            }
            func rows(_ figures: RecordedTurnaround.Figures, _ which: String) -> [[String]] {
                [
                    ("collected to received", figures.collectedToReceived),
                    ("received to verified", figures.receivedToVerified), ("sum", figures.sum),
                ]
                .map { name, one in
                    [
                        which, name, "\(one.count)", hours(one.median), hours(one.p90),
                        hours(one.p95), hours(one.minimum), hours(one.maximum),
                        share(one.within12Hours), share(one.within24Hours),
                    ]
                }
            }
            let head = [
                "rows", "segment", "n", "median h", "P90", "P95", "min", "max", "in 12 h",
                "in 24 h",
            ]
            let table = swabline.table(
                head, rows(turnaround.all, "all") + rows(turnaround.clean, "clean"))
            let rejected = turnaround.rejected.map { row in
                "  line \(row.line), \(row.column): \(row.reason.rawValue)"
                    + (row.hours.map { " (\(String(format: "%.1f", $0)) h)" } ?? "")
            }
            let shown = rejected.prefix(20) + (rejected.count > 20 ? ["  ..."] : [])
            return table + "\n" + count(rejected.count, "duration") + " left out of the clean rows"
                + (rejected.isEmpty ? "." : ":\n" + shown.joined(separator: "\n"))
        }
    }
}
